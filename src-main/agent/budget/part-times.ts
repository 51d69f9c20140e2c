// Work of the agent's parts enters, with the part that it belongs to; the milliseconds that each has taken of the agent's thread leave. What others do
// while a part waits is counted to it as well, so the parts are a little more than exact, and what nobody measured is the rest.
import type { AgentPart } from '../../../src-preload/contract.ts';
import { threadMs } from '../thread-time.ts';

/** Those that are measured so; the host monitor measures itself. */
export type TimedPart = Exclude<AgentPart, 'monitor' | 'rest'>;

export interface PartTimes {
  readonly time: <T>(part: TimedPart, work: () => T) => T;
  readonly timeAsync: <T>(part: TimedPart, work: () => Promise<T>) => Promise<T>;
  /** Milliseconds since the start. */
  readonly spent: () => Readonly<Record<TimedPart, number>>;
}

/** @param nowMs what the thread has had of the processor so far. */
export function createPartTimes(nowMs: () => number = threadMs): PartTimes {
  const spent: Record<TimedPart, number> = {
    ...{ input: 0, scoring: 0, guard: 0, storage: 0, publishing: 0, measuring: 0 },
  };
  /** What is measured within something else belongs to itself alone. */
  let inner = 0;
  const begin = (): (() => number) => {
    const [fromMs, outer] = [nowMs(), inner];
    inner = 0;
    return () => {
      const tookMs = nowMs() - fromMs;
      const ownMs = tookMs - inner;
      inner = outer + tookMs;
      return ownMs;
    };
  };
  return {
    time: (part, work) => {
      const end = begin();
      try {
        return work();
      } finally {
        spent[part] += end();
      }
    },
    timeAsync: async (part, work) => {
      const fromMs = nowMs();
      try {
        return await work();
      } finally {
        spent[part] += nowMs() - fromMs;
      }
    },
    spent: () => ({ ...spent }),
  };
}
