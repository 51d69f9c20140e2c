// Enters: a way to start the agent's process, and what it is to do. Leaves: its status, and the process while it is ready.
// A failed agent is started again as restart-policy.ts says.
import type {
  AgentAbsence,
  AgentOptions,
  MainMessage,
  Notification,
  UserSettings,
} from '../../src-preload/contract.ts';
import type { AgentChild } from './agent-child.ts';
import { startRun, type AgentRun, type AgentSays, type RunEvents } from './agent-run.ts';
import { afterFailure } from './restart-policy.ts';

export type AgentStatus = ({ readonly kind: 'running' } & AgentSays) | AgentAbsence;

export interface AgentProcess {
  /** Starts the agent unless it is running; forgets earlier failures. */
  readonly start: () => void;
  /**
   * Lets the agent write what it holds; ends it by force after `waitMs`. Nothing starts again afterwards.
   * @returns whether it was done in time
   */
  readonly stop: (waitMs: number) => Promise<boolean>;
  readonly onStatus: (listener: (status: AgentStatus) => void) => void;
  /** Called whenever an agent gets ready. */
  readonly onReady: (listener: (child: AgentChild) => void) => void;
  readonly onSettings: (listener: (settings: UserSettings) => void) => void;
  readonly onNotify: (listener: (notification: Notification) => void) => void;
  /** What the agent says on a relayed line. */
  readonly onLine: (listener: (channel: number, data: unknown) => void) => void;
  /** The process, if it is ready now. */
  readonly ready: () => AgentChild | null;
  /** Goes nowhere while no agent is ready. */
  readonly send: (message: MainMessage) => void;
}

/** The longest reason that crosses to a page. */
const MAX_REASON = 2000;

/**
 * @param options asked for at each start; where they can't be had, the agent stays stopped with that error's message
 * @param nowMs a clock that never jumps back
 */
export function createAgentProcess(
  spawn: () => AgentChild,
  options: () => Promise<AgentOptions>,
  nowMs: () => number = () => performance.now(),
): AgentProcess {
  const says = announcers();
  let run: AgentRun | null = null;
  let launching = false;
  let failures = 0;
  let restart: NodeJS.Timeout | undefined;
  let stopping: Promise<boolean> | null = null;

  const stopped = (reason: string): void => says.status.tell({ kind: 'stopped', reason: reason.slice(0, MAX_REASON) });
  const events: RunEvents = {
    // The agent tells its first status before it says that it is ready.
    ready: () => {
      if (run !== null) says.ready.tell(run.child);
    },
    status: ({ state, trust, sentence, paused, locking }) =>
      says.status.tell({ kind: 'running', state, trust, sentence, paused, locking }),
    settings: says.settings.tell,
    notify: says.notify.tell,
    line: says.line.tell,
    ended: ({ reason, readyS, permanent }) => {
      run = null;
      if (stopping !== null) return;
      const next = afterFailure(failures, readyS);
      failures = next.failures;
      if (next.delayS === null || permanent) return stopped(reason);
      restart = setTimeout(() => void launch(), next.delayS * 1000);
      says.status.tell({ kind: 'restarting', reason: reason.slice(0, MAX_REASON), delayS: next.delayS });
    },
  };
  const launch = async (): Promise<void> => {
    launching = true;
    says.status.tell({ kind: 'starting' });
    try {
      const given = await options();
      if (stopping === null) run = startRun(spawn(), given, events, nowMs);
    } catch (error) {
      stopped(error instanceof Error ? error.message : String(error));
    } finally {
      launching = false;
    }
  };
  const start = (): void => {
    clearTimeout(restart);
    failures = 0;
    if (run === null && !launching && stopping === null) void launch();
  };
  const stop = (waitMs: number): Promise<boolean> => {
    clearTimeout(restart);
    return (stopping ??= run === null ? Promise.resolve(true) : run.stop(waitMs));
  };
  const ready = (): AgentChild | null => (run?.isReady() === true ? run.child : null);
  return {
    start,
    stop,
    onStatus: says.status.listen,
    onReady: says.ready.listen,
    onSettings: says.settings.listen,
    onNotify: says.notify.listen,
    onLine: says.line.listen,
    ready,
    send: (message) => ready()?.send(message),
  };
}

const announcers = () => ({
  status: announcer<[AgentStatus]>(),
  ready: announcer<[AgentChild]>(),
  settings: announcer<[UserSettings]>(),
  notify: announcer<[Notification]>(),
  line: announcer<[number, unknown]>(),
});

function announcer<Said extends unknown[]>() {
  const listeners: ((...said: Said) => void)[] = [];
  return {
    listen: (listener: (...said: Said) => void) => void listeners.push(listener),
    tell: (...said: Said) => listeners.forEach((listener) => listener(...said)),
  };
}
