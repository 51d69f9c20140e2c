import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Modality } from '../../../src-preload/contract.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { createCipher } from '../store/cipher.ts';
import type { TrackScore } from '../track.ts';
import type { Entry, EntryWindow } from './entry.ts';
import { prepareEntry, scoreEntry, wantsTraining } from './score-entry.ts';
import { newSubject, openState, sealState, type SubjectState } from './subject-state.ts';

const T = 1_701_423_846_000_000;
const window = (count: number, events: number, fresh: number): EntryWindow => ({
  ...{ modality: 'keystroke', count, events, fresh, values: new Float32Array(140) },
});
const entry = (ts: number, ...windows: readonly EntryWindow[]): Entry => ({
  ...{ ts, host: 'desk', user: 'ada', id: 'f00d', windows, switches: [] },
});
const nobody = newSubject(DEFAULT_SETTINGS);

/** With a model of typing. */
const known = (more: Partial<SubjectState> = {}): SubjectState => ({
  ...nobody,
  learned: { ...nobody.learned, keystroke: { windows: 40, events: 900, need: 1350, version: 1 } },
  ...more,
});

function take(before: SubjectState, one: Entry, llr: number | null) {
  const prepared = prepareEntry(before, one, DEFAULT_SETTINGS);
  const share = prepared.windows[0]?.share ?? 0;
  const said = new Map<Modality, TrackScore>(
    llr === null ? [] : [['keystroke', { raw: llr, llr, share, strongest: '' }]],
  );
  const at = { run: 1, seq: before.at.seq + 1 };
  return scoreEntry(before, { at, entry: one, prepared }, said, DEFAULT_SETTINGS);
}

test('events of a window that held too little count with the next', () => {
  // 20 keystrokes make a window; 12 events of one too small, then 40 of 104 that are new beside them: half of it.
  const first = prepareEntry(nobody, entry(T, window(19, 12, 12)), DEFAULT_SETTINGS);
  assert.deepEqual([first.windows.length, first.carried.keystroke], [0, 12]);
  const state = { ...nobody, carried: first.carried };
  const second = prepareEntry(state, entry(T, window(50, 104, 40)), DEFAULT_SETTINGS);
  assert.deepEqual(
    second.windows.map(({ share, newEvents }) => [share, newEvents]),
    [[0.5, 25]],
  );
  assert.equal(second.carried.keystroke, 0);
});

test('a score is Bayes worked out by hand, and the clock of the entries alone counts', () => {
  // P(owner) = .9 when nothing is known. A ratio of ln 2 against him of which half is new: odds 9 / sqrt 2.
  const { state, score } = take(known(), entry(T, window(50, 100, 50)), -Math.LN2);
  const odds = 9 / Math.SQRT2;
  assert.ok(Math.abs((score.trust ?? 0) - (100 * odds) / (1 + odds)) < 1e-9, `${score.trust}`);
  assert.deepEqual(
    score.modalities.map(({ modality, llr }) => [modality, llr]),
    [['keystroke', -Math.LN2]],
  );
  assert.equal(state.lastUs, T);
  assert.deepEqual(state.at, { run: 1, seq: 1 });
  // The clock was set back: no time has passed, and nothing is a number that is none.
  const back = take(state, entry(T - 3600e6, window(50, 100, 50)), -Math.LN2);
  assert.ok(Math.abs((back.score.trust ?? 0) - (100 * (odds / Math.SQRT2)) / (1 + odds / Math.SQRT2)) < 1e-9);
});

test('three entries in a row are needed for a change of state, as on the machine itself', () => {
  let state = take(known(), entry(T, window(50, 100, 0)), 0).state;
  assert.equal(state.machine.state, 'NORMAL');
  const seen: string[] = [];
  for (let i = 1; i <= 4; i += 1) {
    const scored = take(state, entry(T + i * 5e6, window(50, 100, 100)), -8);
    state = scored.state;
    seen.push(scored.score.state);
  }
  assert.deepEqual(seen, ['NORMAL', 'NORMAL', 'LOCKDOWN', 'LOCKDOWN']);
});

test('an unlocked screen ends the alarm at once, and trust is what it is of anybody', () => {
  const alarmed = known({ machine: { state: 'LOCKDOWN', recent: [] }, trust: { logit: -6, sd: 0.5 }, lastUs: T });
  const { score, state } = take(alarmed, { ...entry(T + 5e6), unlocked: true }, null);
  assert.equal(score.state, 'NORMAL');
  assert.ok(Math.abs((score.trust ?? 0) - 90) < 1e-9, `${score.trust}`);
  assert.equal(take(state, entry(T + 10e6, window(50, 100, 100)), -1).score.state, 'NORMAL');
  assert.equal(take(alarmed, entry(T + 5e6), null).score.state, 'LOCKDOWN');
});

test('without a model there is no score, and windows are kept; with one only those of somebody surely known', () => {
  const learning = take(nobody, entry(T, window(50, 100, 60)), null);
  assert.deepEqual([learning.score.trust, learning.score.state], [null, 'LEARNING']);
  assert.equal(learning.lessons.length, 1);
  // 60 of 100 events are new, so 30 of 50 keystrokes.
  assert.deepEqual(learning.state.learned.keystroke, { windows: 1, events: 30, need: 500, version: 0 });

  const atFirst = take(known(), entry(T, window(50, 100, 60)), 3);
  assert.equal(atFirst.lessons.length, 0, 'trust of 90 is not sure');
  const sure = take(
    known({ machine: { state: 'NORMAL', recent: [] }, trust: { logit: 3, sd: 0.5 }, lastUs: T }),
    entry(T + 5e6, window(50, 100, 60)),
    3,
  );
  assert.equal(sure.lessons.length, 1, 'trust of 95 is');
  const alarmed = take(
    { ...nobody, machine: { state: 'RESTRICTED', recent: [] } },
    entry(T, window(50, 100, 60)),
    null,
  );
  assert.equal(alarmed.lessons.length, 0);
});

test('a model is wanted once there are events enough in windows enough', () => {
  const learned = { windows: 20, events: 500, need: 500, version: 0 };
  assert.equal(wantsTraining('keystroke', learned), true);
  assert.equal(wantsTraining('keystroke', { ...learned, events: 499 }), false);
  assert.equal(wantsTraining('keystroke', { ...learned, windows: 19 }), false);
  assert.equal(wantsTraining('app', { ...learned, windows: 1 }), true);
});

test('the state of a subject is small, and opens for that subject and place alone', () => {
  const cipher = createCipher(Buffer.alloc(32, 1));
  const { state } = take(known(), entry(T, window(50, 100, 50)), 1);
  const sealed = sealState(cipher, 'ada', state);
  assert.deepEqual(openState(cipher, 'ada', state.at, sealed), state);
  assert.ok(sealed.length < 600, `${sealed.length} bytes`);
  assert.throws(() => openState(cipher, 'grace', state.at, sealed), { name: 'SealBroken' });
  // An earlier state with a later place beside it.
  assert.throws(() => openState(cipher, 'ada', { run: 1, seq: 2 }, sealed), { name: 'SealBroken' });
});
