// Enters: a way to start the agent's process, and what it is to do. Leaves: its status, and the process while it is ready.
// A failed agent is started again as restart-policy.ts says.
import type { AgentOptions, State } from '../../src-preload/contract.ts';
import type { AgentChild } from './agent-child.ts';
import { startRun, type AgentRun, type RunEvents } from './agent-run.ts';
import { afterFailure } from './restart-policy.ts';

export type AgentStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly state: State; readonly trust: number | null; readonly sentence: string }
  | { readonly kind: 'restarting'; readonly reason: string; readonly delayS: number }
  /** Until `start` is called. */
  | { readonly kind: 'stopped'; readonly reason: string };

export interface AgentProcess {
  /** Starts the agent unless it is running; forgets earlier failures. */
  readonly start: () => void;
  /** Lets the agent write what it holds; ends it by force after `waitMs`. Nothing starts again afterwards. */
  readonly stop: (waitMs: number) => Promise<void>;
  readonly onStatus: (listener: (status: AgentStatus) => void) => void;
  /** Called whenever an agent gets ready. */
  readonly onReady: (listener: (child: AgentChild) => void) => void;
  /** What the agent says on a relayed line. */
  readonly onLine: (listener: (channel: number, data: unknown) => void) => void;
  /** The process, if it is ready now. */
  readonly ready: () => AgentChild | null;
}

/** @param nowMs a clock that never jumps back */
export function createAgentProcess(
  spawn: () => AgentChild,
  options: AgentOptions,
  nowMs: () => number = () => performance.now(),
): AgentProcess {
  const status = announcer<[AgentStatus]>();
  const ready = announcer<[AgentChild]>();
  const line = announcer<[number, unknown]>();
  let run: AgentRun | null = null;
  let failures = 0;
  let restart: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | null = null;

  const events: RunEvents = {
    // The agent tells its first status before it says that it is ready.
    ready: () => {
      if (run !== null) ready.tell(run.child);
    },
    status: ({ state, trust, sentence }) => status.tell({ kind: 'running', state, trust, sentence }),
    line: line.tell,
    ended: ({ reason, readyS, permanent }) => {
      run = null;
      if (stopping !== null) return;
      const next = afterFailure(failures, readyS);
      failures = next.failures;
      if (next.delayS === null || permanent) return status.tell({ kind: 'stopped', reason });
      restart = setTimeout(launch, next.delayS * 1000);
      status.tell({ kind: 'restarting', reason, delayS: next.delayS });
    },
  };
  const launch = (): void => {
    status.tell({ kind: 'starting' });
    run = startRun(spawn(), options, events, nowMs);
  };
  const start = (): void => {
    clearTimeout(restart);
    failures = 0;
    if (run === null && stopping === null) launch();
  };
  const stop = (waitMs: number): Promise<void> => {
    clearTimeout(restart);
    return (stopping ??= run === null ? Promise.resolve() : run.stop(waitMs));
  };
  return {
    start,
    stop,
    onStatus: status.listen,
    onReady: ready.listen,
    onLine: line.listen,
    ready: () => (run?.isReady() === true ? run.child : null),
  };
}

function announcer<Said extends unknown[]>() {
  const listeners: ((...said: Said) => void)[] = [];
  return {
    listen: (listener: (...said: Said) => void) => void listeners.push(listener),
    tell: (...said: Said) => listeners.forEach((listener) => listener(...said)),
  };
}
