// For tests. A clock that stands until it is told to go, and alarms that ring on the way.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Alarm } from './keep-running.ts';

export interface FakeAlarm extends Alarm {
  /** Lets this many milliseconds go by, and what the alarms set off come to its end. */
  readonly pass: (ms: number) => Promise<void>;
}

export function fakeAlarm(): FakeAlarm {
  let nowMs = 0;
  let waiting: readonly { readonly atMs: number; readonly ring: () => void }[] = [];
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  };
  return {
    nowMs: () => nowMs,
    after: (ms, ring) => {
      const alarm = { atMs: nowMs + ms, ring };
      waiting = [...waiting, alarm];
      return () => (waiting = waiting.filter((other) => other !== alarm));
    },
    pass: async (ms) => {
      const endMs = nowMs + ms;
      await settled();
      for (;;) {
        const due = waiting.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        waiting = waiting.filter((other) => other !== due);
        nowMs = due.atMs;
        due.ring();
        await settled();
      }
      nowMs = endMs;
    },
  };
}
