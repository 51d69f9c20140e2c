// Enters: one process of the agent, from its start. Leaves: what it says, checked, until it ends; then why it ended.
import { ContractError, checkAgentMessage } from '../../src-preload/contract.ts';
import type { AgentMessage, AgentOptions, Notification, UserSettings } from '../../src-preload/contract.ts';
import type { AgentChild, AgentExit } from './agent-child.ts';

/** What an agent says of itself. */
export type AgentSays = Omit<Extract<AgentMessage, { kind: 'status' }>, 'kind'>;

export interface RunEvents {
  readonly ready: () => void;
  readonly status: (status: AgentSays) => void;
  readonly settings: (settings: UserSettings) => void;
  readonly notify: (notification: Notification) => void;
  readonly line: (channel: number, data: unknown) => void;
  readonly ended: (end: RunEnd) => void;
}

/** Told once. */
export interface RunEnd {
  readonly reason: string;
  /** Seconds since `ready`; null when it never came. */
  readonly readyS: number | null;
  /** Another start would end the same way. */
  readonly permanent: boolean;
}

export interface AgentRun {
  readonly child: AgentChild;
  readonly isReady: () => boolean;
  /** Resolves when the agent has written down what it holds, at the latest after `waitMs`; then false, and it is ended. */
  readonly stop: (waitMs: number) => Promise<boolean>;
}

/** The agent's heartbeat comes every 5 s. Counted in ticks, not by the clock, which jumps when the machine sleeps. */
const TICK_MS = 5000;
const MAX_SILENT_TICKS = 6;

/** @param nowMs a clock that never jumps back */
export function startRun(child: AgentChild, options: AgentOptions, events: RunEvents, nowMs: () => number): AgentRun {
  let silentTicks = 0;
  let readyAtMs: number | null = null;
  let failure: string | null = null;
  let permanent = false;
  let stopped = (): void => undefined;

  const end = (reason: string): void => {
    failure ??= reason;
    child.kill();
  };
  const hear = (message: AgentMessage): void => {
    silentTicks = 0;
    if (message.kind === 'failed') ({ reason: failure, permanent } = message);
    if (message.kind === 'stopped') stopped();
    if (message.kind === 'ready') readyAtMs = nowMs();
    passOn(message, events);
  };
  const watch = setInterval(() => {
    if (++silentTicks > MAX_SILENT_TICKS) end('The agent did not answer for 30 s.');
  }, TICK_MS);

  child.onMessage(checked(hear, end));
  child.onExit((exit) => {
    clearInterval(watch);
    stopped();
    const readyS = readyAtMs === null ? null : (nowMs() - readyAtMs) / 1000;
    events.ended({ reason: failure ?? inWords(exit), readyS, permanent });
  });
  child.send({ kind: 'start', options });
  return {
    child,
    isReady: () => readyAtMs !== null,
    stop: async (waitMs) => {
      const inTime = await answered((done) => (stopped = done), child, waitMs);
      if (!inTime) child.kill();
      return inTime;
    },
  };
}

function passOn(message: AgentMessage, events: RunEvents): void {
  switch (message.kind) {
    case 'ready':
      return events.ready();
    case 'status':
      return events.status(message);
    case 'settings':
      return events.settings(message.settings);
    case 'notify':
      return events.notify(message.notification);
    case 'line':
      return events.line(message.channel, message.data);
    case 'failed':
    case 'heartbeat':
    case 'stopped':
      return;
    default:
      return message satisfies never;
  }
}

function checked(hear: (message: AgentMessage) => void, end: (reason: string) => void): (value: unknown) => void {
  return (value) => {
    let message: AgentMessage;
    try {
      message = checkAgentMessage(value);
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      return end(`The agent sent what the program does not understand (${error.message}).`);
    }
    hear(message);
  };
}

/** Asks to stop; true when the answer, or the end, came within `waitMs`. */
function answered(onStopped: (done: () => void) => void, child: AgentChild, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), waitMs);
    onStopped(() => {
      clearTimeout(timer);
      resolve(true);
    });
    child.send({ kind: 'stop' });
  });
}

function inWords(exit: AgentExit): string {
  return exit.kind === 'crashed'
    ? `The agent crashed (${exit.how}).`
    : `The agent ended by itself (exit code ${exit.code}).`;
}
