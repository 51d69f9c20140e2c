import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision, State } from '../../../src-preload/contract.ts';
import type { Unlearned } from '../track.ts';
import { createVouching, isAlarm, type Vouching } from './vouching.ts';

const START_MS = 1_700_000_000_000;

interface Stage {
  readonly vouching: Vouching;
  /** A tick so many seconds after the start, with so many keystrokes that could not be learned before it. */
  readonly tick: (atS: number, state: State, trust: number, keys?: number) => void;
  readonly fall: (atS: number, to: State, keys?: number) => void;
  /** Keystrokes of what was kept around the alarm; null when there is nothing. */
  readonly kept: (alarmS: number) => number | null;
  readonly taught: string[];
  inUse: number | null;
  mayLearn: boolean;
}

function build(): Stage {
  const taught: string[] = [];
  let waiting = 0;
  const takeUnlearned = (): Unlearned | null => {
    const events = waiting;
    waiting = 0;
    if (events === 0) return null;
    return { modality: 'keystroke', events, teach: (profile) => taught.push(`${events} to ${profile}`) };
  };
  const stage = { taught, inUse: 1 as number | null, mayLearn: true };
  const vouching = createVouching({
    tracks: [{ takeUnlearned }],
    inUse: () => stage.inUse,
    mayLearn: () => stage.mayLearn,
    isSure: (trust) => trust >= 93,
  });
  const atMs = (atS: number): number => START_MS + 1000 * atS;
  const play = (atS: number, state: State, trust: number, keys: number, decision: Decision | null): void => {
    waiting += keys;
    vouching.tick({ point: { atMs: atMs(atS), trust, low: 0, high: 100, state }, decision });
  };
  return Object.assign(stage, {
    vouching,
    tick: (atS: number, state: State, trust: number, keys = 0) => play(atS, state, trust, keys, null),
    fall: (atS: number, to: State, keys = 0) => {
      const decision = { atMs: atMs(atS), from: 'MONITORING', to, trust: 40, points: {}, reason: '' } as const;
      play(atS, to, 40, keys, decision);
    },
    kept: (alarmS: number) => {
      const episode = vouching.take(atMs(alarmS));
      return episode === null ? null : episode.unlearned.reduce((sum, { events }) => sum + events, 0);
    },
  });
}

test('an alarm is a fall to restricted or lower, not the way back up', () => {
  const falls: readonly (readonly [State, State, boolean])[] = [
    ['NORMAL', 'MONITORING', false],
    ['MONITORING', 'RESTRICTED', true],
    ['RESTRICTED', 'LOCKDOWN', true],
    ['NORMAL', 'LOCKDOWN', true],
    ['LOCKDOWN', 'RESTRICTED', false],
    ['RESTRICTED', 'NORMAL', false],
  ];
  for (const [from, to, is] of falls) assert.equal(isAlarm({ from, to }), is, `${from} to ${to}`);
});

test('from before the fall until the password all is kept for whoever vouches for it, and given out once', () => {
  const { tick, fall, kept, vouching } = build();
  tick(0, 'NORMAL', 99, 100);
  tick(2, 'NORMAL', 80, 10);
  tick(4, 'MONITORING', 60, 20);
  fall(6, 'RESTRICTED', 30);
  tick(8, 'RESTRICTED', 30, 5);
  assert.equal(vouching.canTeach(START_MS + 6000), true);
  vouching.reauthenticated();
  tick(10, 'NORMAL', 90, 1000);
  assert.deepEqual([kept(6), kept(6), vouching.canTeach(START_MS + 6000)], [65, null, false]);
});

test('both alarms of one fall are of one episode, in the profile that was in use at the first', () => {
  const stage = build();
  stage.tick(0, 'NORMAL', 99);
  stage.inUse = 2;
  stage.fall(6, 'RESTRICTED', 30);
  stage.inUse = 1;
  stage.fall(12, 'LOCKDOWN', 40);
  stage.vouching.reauthenticated();
  const episode = stage.vouching.take(START_MS + 12_000);
  assert.deepEqual([episode?.alarmsMs, episode?.profile], [[START_MS + 6000, START_MS + 12_000], 2]);
  for (const one of episode?.unlearned ?? []) one.teach(2);
  assert.deepEqual(stage.taught, ['70 to 2']);
  assert.equal(stage.kept(6), null);
});

test('without an alarm nothing is kept: doubt that passes is forgotten', () => {
  const { tick, fall, kept } = build();
  tick(0, 'NORMAL', 80, 500);
  tick(2, 'NORMAL', 95);
  fall(10, 'RESTRICTED', 7);
  tick(12, 'NORMAL', 94);
  assert.equal(kept(10), 7);
});

test('a long time of middling trust leaves the last minutes before an alarm, not the first', () => {
  const { tick, fall, kept, vouching } = build();
  for (let atS = 0; atS < 3600; atS += 2) tick(atS, 'NORMAL', 85, 1);
  fall(3600, 'RESTRICTED', 1);
  vouching.reauthenticated();
  const keys = kept(3600) ?? 0;
  assert.ok(keys >= 75 && keys <= 151, `${keys} keystrokes, one every 2 s: 2.5 to 5 min`);
});

test('trust that comes back by itself ends the episode; half an hour later it is forgotten', () => {
  const { tick, fall, vouching } = build();
  fall(0, 'RESTRICTED', 30);
  tick(60, 'NORMAL', 94, 20);
  const can = (): boolean => vouching.canTeach(START_MS);
  tick(60 + 1800, 'NORMAL', 99);
  assert.equal(can(), true);
  tick(60 + 1802, 'NORMAL', 99);
  assert.equal(can(), false);
});

test('of many alarms the last four can be confirmed', () => {
  const { fall, vouching } = build();
  for (let i = 0; i < 6; i += 1) {
    fall(10 * i, 'RESTRICTED', 5);
    vouching.reauthenticated();
  }
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5].map((i) => vouching.canTeach(START_MS + 10_000 * i)),
    [false, false, true, true, true, true],
  );
});

test('nobody can vouch for what no hand made', () => {
  const { fall, kept, vouching } = build();
  fall(0, 'RESTRICTED', 30);
  vouching.spoil();
  vouching.reauthenticated();
  assert.equal(kept(0), null);
});

test('of a drill nothing is kept, also not what came before it', () => {
  const stage = build();
  stage.tick(0, 'NORMAL', 80, 50);
  stage.mayLearn = false;
  stage.tick(2, 'NORMAL', 80, 50);
  stage.fall(4, 'RESTRICTED', 50);
  stage.mayLearn = true;
  stage.tick(6, 'RESTRICTED', 30, 1);
  stage.vouching.reauthenticated();
  assert.equal(stage.kept(4), null);
});
