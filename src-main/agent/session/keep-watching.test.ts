import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { keepWatching } from './keep-watching.ts';
import type { SessionEvent, SessionParts, SessionWatch } from './watch-session.ts';

interface Found {
  readonly missing: string | null;
  readonly locked: boolean;
}

/** Watches one after the other, each finding what is told, and an alarm clock that the test rings. */
async function scene(finds: readonly Found[]) {
  const [events, delays, stopped]: [SessionEvent[], number[], number[]] = [[], [], []];
  let rings: (() => void)[] = [];
  let starts = 0;
  const start = async (): Promise<SessionWatch> => {
    const number = starts;
    starts += 1;
    const { missing, locked } = finds[Math.min(number, finds.length - 1)] ?? { missing: null, locked: false };
    return {
      missing,
      locked: () => locked,
      idle: () => false,
      lockAbility: () => ({ available: missing === null, reason: missing, fix: null }),
      lock: async () => ({ locked: true, by: String(number) }),
      stop: async () => void stopped.push(number),
    };
  };
  const parts = { onEvent: (event) => events.push(event), onChange: () => undefined } as Partial<SessionParts>;
  const watch = await keepWatching(parts as SessionParts, start, {
    nowMs: () => 0,
    after: (ms, ring) => {
      delays.push(ms);
      rings.push(ring);
      return () => (rings = rings.filter((one) => one !== ring));
    },
  });
  const ring = async (): Promise<void> => {
    for (const due of rings.splice(0)) due();
    for (let turn = 0; turn < 5; turn += 1) await soon();
  };
  return { watch, events, delays, stopped, ring, starts: () => starts };
}

const NO_BUS = { missing: 'there is no system bus', locked: false };

test('a bus that comes late is found, and what its screen is by then is told', async () => {
  const { watch, events, delays, stopped, ring } = await scene([NO_BUS, NO_BUS, { missing: null, locked: true }]);
  assert.equal(watch.lockAbility().available, false);
  await ring();
  assert.deepEqual([delays, stopped], [[5_000, 30_000], [1]]);
  await ring();
  assert.deepEqual([watch.missing, watch.locked(), events], [null, true, ['locked']]);
  assert.deepEqual(await watch.lock(), { locked: true, by: '2' });
  assert.deepEqual([delays.length, stopped], [2, [1, 0]], 'with everything there it looks no more');
});

test('what is missing for good is looked for every ten minutes, until the end', async () => {
  const { watch, delays, ring, starts } = await scene([NO_BUS]);
  for (let look = 0; look < 5; look += 1) await ring();
  assert.deepEqual(delays, [5_000, 30_000, 120_000, 600_000, 600_000, 600_000]);
  await watch.stop();
  await ring();
  assert.equal(starts(), 6);
});

test('with everything there nothing is looked for', async () => {
  const { delays } = await scene([{ missing: null, locked: false }]);
  assert.deepEqual(delays, []);
});
