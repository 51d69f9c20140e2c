// Sequences derived by hand from the rules on top of governor.ts: limits 400 MiB, 6 % and 1024 MiB, a measurement every 5 s from 5 s on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { govern, startGovernor, type GovernorChange, type GovernorState, type Measured } from './governor.ts';
import { STEPS, type Step, type StepId } from './steps.ts';

const LIMITS = { memory: 400, processor: 6, storage: 1024 };
const EASY: Measured = { memory: 300, processor: 1, storage: 20 };

interface Told extends Pick<GovernorChange, 'kind' | 'because' | 'mean'> {
  readonly atS: number;
  readonly id: StepId;
}

interface Run {
  /** Measurements every 5 s for so long. */
  readonly go: (seconds: number, used: Partial<Measured>) => readonly Told[];
  readonly limit: (changed: Partial<typeof LIMITS>) => void;
  readonly sleep: (seconds: number) => void;
  readonly state: () => GovernorState;
}

function run(
  applies: (step: Step) => boolean = () => true,
  mayWeaken: () => boolean = () => true,
): Run & { readonly held: () => readonly StepId[] } {
  let [state, atMs, limits] = [startGovernor(0), 0, LIMITS];
  return {
    go: (seconds, used) => {
      const told: Told[] = [];
      for (const untilMs = atMs + seconds * 1000; atMs < untilMs;) {
        atMs += 5000;
        const sample = { atMs, used: { ...EASY, ...used } };
        const next = govern(state, { sample, limits, applies, mayWeaken: mayWeaken() });
        state = next.state;
        for (const { step, kind, because, mean } of next.changes)
          told.push({ atS: atMs / 1000, id: step.id, kind, because, mean });
      }
      return told;
    },
    limit: (changed) => {
      limits = { ...limits, ...changed };
    },
    sleep: (seconds) => {
      atMs += seconds * 1000;
    },
    state: () => state,
    held: () => state.held.map(({ id }) => id),
  };
}

const ids = (told: readonly Told[]): readonly string[] => told.map(({ atS, id, kind }) => `${atS} ${kind} ${id}`);

test('within the budget nothing changes, however long; on its limit neither', () => {
  assert.deepEqual(run().go(3600, {}), []);
  assert.deepEqual(run().go(3600, { processor: 6, memory: 400, storage: 1024 }), []);
});

test('over it: one step after 30 s, each further one 30 s later, the mildest first; the cause is told', () => {
  const { go } = run();
  const told = go(95, { processor: 9 });
  assert.deepEqual(ids(told), ['30 given-up hop-2s', '60 given-up hop-5s', '90 given-up monitor-5s']);
  assert.deepEqual(told[0], { atS: 30, id: 'hop-2s', kind: 'given-up', because: 'processor', mean: 9 });
});

test('a burst is no reason: 25 s at 20 % in a minute of 1 %, and again every minute, though the mean of a minute is over the limit', () => {
  // Its mean over 30 s is (5 x 20 + 1) / 6 = 16.8 % at the end of the burst, but then the newest is 1 %; while it lasts, 30 s have not gone by.
  const { go } = run();
  assert.deepEqual(go(25, { processor: 20 }), []);
  assert.deepEqual(go(35, {}), []);
  // A mean since the start: after 60 s the last 30 s hold at most 5 s of the burst's end; a burst of 5 s in 30 gives (5 + 25 x 1) / 6.
  for (let i = 0; i < 20; i += 1) {
    assert.deepEqual(go(5, { processor: 30 }), [], 'mean (30 + 5 x 1) / 6 = 5.8 %');
    assert.deepEqual(go(25, {}), []);
  }
});

test('a step back comes after two minutes with a fifth of the limit free, the severest first', () => {
  const { go, held } = run();
  go(60, { processor: 9 });
  assert.deepEqual(held(), ['hop-2s', 'hop-5s']);
  // 5 % is within the limit of 6 %, but 4.8 % is where room begins.
  assert.deepEqual(go(1200, { processor: 5 }), []);
  // The mean of the two minutes is at or below 4.8 when enough 1 % has come: 5 - 4 n / 24 <= 4.8, n >= 1.2, so with the second.
  assert.deepEqual(ids(go(10, { processor: 1 })), ['1270 back hop-5s']);
  // And the next one after another two minutes.
  assert.deepEqual(ids(go(115, {})), []);
  assert.deepEqual(ids(go(5, {})), ['1390 back hop-2s']);
  assert.deepEqual(held(), []);
});

test('memory is relieved by what relieves memory: hops and the monitor’s interval are left alone', () => {
  const { go } = run();
  const told = go(300, { memory: 450 });
  assert.deepEqual(ids(told), [
    '30 given-up idle-models',
    '60 given-up writing-off',
    '90 given-up monitor-off',
    '120 given-up guard-off',
  ]);
  // Nothing else gives memory back: neither keyboard nor mouse goes for it.
  assert.equal(STEPS.find(({ id }) => id === 'mouse-off')?.relieves.includes('memory'), false);
});

test('both at once: memory’s steps first, and the processor’s when those are used up', () => {
  const { go } = run();
  const told = go(180, { memory: 450, processor: 9 });
  assert.deepEqual(
    told.map(({ id, because }) => `${id} ${because}`),
    [
      'idle-models memory',
      'writing-off memory',
      'monitor-off memory',
      'guard-off memory',
      'hop-2s processor',
      'hop-5s processor',
    ],
  );
});

test('what relieves two resources comes back when both have room', () => {
  const { go } = run();
  go(60, { memory: 450 });
  assert.deepEqual(ids(go(600, { memory: 300, processor: 5.5 })), ['180 back idle-models']);
  // 5.5 - 4.5 n / 24 <= 4.8 from n = 3.7 on: with the fourth measurement.
  assert.deepEqual(ids(go(125, {})), ['680 back writing-off']);
});

test('what the user has turned off is no step, and comes back at once when he turns it off while it is given up', () => {
  let writing = false;
  const { go, held } = run(({ id }) => id !== 'writing-off' || writing);
  assert.deepEqual(ids(go(60, { memory: 450 })), ['30 given-up idle-models', '60 given-up monitor-off']);
  writing = true;
  assert.deepEqual(ids(go(30, { memory: 450 })), ['90 given-up writing-off']);
  writing = false;
  assert.deepEqual(ids(go(5, { memory: 390 })), ['95 needless writing-off']);
  assert.deepEqual(held(), ['idle-models', 'monitor-off']);
});

test('while somebody else may be at the keyboard nothing is given up that would have noticed him', () => {
  let sure = false;
  const { go, held } = run(undefined, () => sure);
  go(1200, { processor: 50 });
  assert.deepEqual(held(), ['hop-2s', 'hop-5s', 'monitor-5s', 'guard-slow', 'writing-off', 'apps-off', 'monitor-off']);
  sure = true;
  assert.deepEqual(ids(go(65, { processor: 50 })), [
    '1205 given-up guard-off',
    '1235 given-up mouse-off',
    '1265 given-up keyboard-off',
  ]);
});

test('what must be given up again soon after it came back takes twice as long the next time, and so on', () => {
  const hasty = run();
  const times: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    const [down] = hasty.go(30, { processor: 9 });
    let back: Told | undefined;
    while (back === undefined) [back] = hasty.go(5, {});
    times.push(back.atS - (down?.atS ?? 0));
  }
  assert.deepEqual(times, [120, 240, 480, 960, 1920, 1920]);

  const steady = run();
  const waits: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const [down] = steady.go(30, { processor: 9 });
    // It is back after two minutes, and more than ten go by with room.
    const [back] = steady.go(800, {});
    waits.push((back?.atS ?? 0) - (down?.atS ?? 0));
  }
  assert.deepEqual(waits, [120, 120, 120]);
});

test('storage: a step after 30 s, the next after ten minutes, for freed pages take an hour’s upkeep; back below a fifth free', () => {
  const { go } = run();
  assert.deepEqual(ids(go(700, { storage: 1100 })), ['30 given-up short-events', '630 given-up short-readings']);
  assert.deepEqual(ids(go(600, { storage: 900 })), [], '819.2 MiB are four fifths');
  assert.deepEqual(ids(go(240, { storage: 819 })), ['1305 back short-readings', '1425 back short-events']);
});

test('what could not be measured gives nothing up and brings nothing back', () => {
  const { go } = run();
  assert.deepEqual(go(600, { processor: null, memory: null, storage: null }), []);
  // One measurement is no mean: half a minute must have been seen.
  assert.deepEqual(go(25, { processor: 9 }), []);
  assert.deepEqual(ids(go(5, { processor: 9 })), ['630 given-up hop-2s']);
  assert.deepEqual(go(600, { processor: null }), []);
});

test('a machine that slept begins anew: what was measured before says nothing', () => {
  const { go, sleep, held } = run();
  go(25, { processor: 9 });
  sleep(3600);
  assert.deepEqual(ids(go(30, { processor: 9 })), []);
  assert.deepEqual(ids(go(5, { processor: 9 })), ['3660 given-up hop-2s']);
  assert.deepEqual(held(), ['hop-2s']);
});

test('a larger budget takes effect at once, step by step, where what was measured then leaves room within it', () => {
  const { go, limit, held } = run();
  go(65, { processor: 9 });
  limit({ processor: 11 });
  // 9 % is more than four fifths of 11 %: it may not stay, so there is the usual patience.
  assert.deepEqual(go(30, { processor: 7 }), []);
  limit({ processor: 12 });
  assert.deepEqual(ids(go(15, { processor: 7 })), ['100 fits hop-5s', '105 fits hop-2s']);
  assert.deepEqual(held(), []);
});
