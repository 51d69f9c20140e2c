import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Modality } from '../../src-preload/contract.ts';
import { snapshotOf, type SnapshotParts } from './snapshot.ts';
import type { Tick } from './pipeline.ts';
import type { Track, TrackView } from './track.ts';

function track(modality: Modality, view: Partial<TrackView> = {}): Track {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    modality,
    shared: modality === 'app',
    needsTrust: () => false,
    standing: () => ({ maturity: 'none', have: 0, need: 1, refused: false, trouble: null, versions: [] }),
    useVersion: () => Promise.reject(new Error('there is no other version')),
    takeUnlearned: () => null,
    forget: nothing,
    accept: () => undefined,
    tick: () => Promise.resolve(null),
    wantsTraining: () => false,
    train: () => Promise.resolve(''),
    trained: () => false,
    mature: () => false,
    interrupt: () => undefined,
    view: () => ({
      status: 'learning',
      reason: null,
      fix: null,
      evidence: { have: 4, need: 20 },
      enrolment: { have: 0, need: 1500 },
      ...view,
    }),
    load: nothing,
    reset: nothing,
    release: nothing,
  };
}

const parts = (more: Partial<SnapshotParts>): SnapshotParts => ({
  version: '1',
  nowMs: 1_000_000,
  source: 'live',
  sinceMs: 0,
  lastInputMs: 1_000_000,
  ticks: [],
  point: { atMs: 1_000_000, trust: null, low: null, high: null, state: 'LEARNING' },
  tracks: [track('keystroke'), track('mouse', { enrolment: { have: 0, need: 300 } }), track('app')],
  protection: { paused: null, locking: null, screen: 'open' },
  desktopIdle: false,
  missing: () => null,
  through: () => null,
  budget: null,
  events: { published: 0, refused: 0, dropped: 0, lastRefusal: null },
  notices: [],
  ...more,
});

test('learning tells how far it is and how long it takes', () => {
  // 570 of 1500 keystrokes are missing; at 150 a minute that is 3.8 minutes.
  const typing = track('keystroke', { enrolment: { have: 930, need: 1500 } });
  const { enrolment, sentence, trust } = snapshotOf(parts({ tracks: [typing, track('mouse')] }));
  assert.deepEqual(enrolment, { share: 0.62, sentence: '62 %, about 4 min of typing to go.' });
  assert.equal(sentence, 'SecLyzer is learning. 62 %, about 4 min of typing to go.');
  assert.equal(trust, null);
});

test('paused or behind a locked screen, that is all there is to say', () => {
  const paused = { sinceMs: 1, untilMs: null };
  const point = { atMs: 1, trust: 99, low: 98, high: 100, state: 'NORMAL' } as const;
  const away = (protection: SnapshotParts['protection']): string => snapshotOf(parts({ point, protection })).sentence;
  assert.equal(away({ paused, locking: null, screen: 'open' }), 'Paused: nothing is watched or learned meanwhile.');
  assert.equal(
    away({ paused: null, locking: null, screen: 'locked' }),
    'The screen is locked: nothing is watched until it is unlocked.',
  );
});

test('a missing source is said with what to do, and never has a score', () => {
  const gone = { reason: 'no X display', fix: 'Start SecLyzer inside your desktop session.' };
  const scores = new Map([['keystroke', { raw: 1, llr: 1, share: 1, strongest: 'x', points: 2 }]] as const);
  const tick: Tick = {
    point: { atMs: 990_000, trust: 80, low: 70, high: 90, state: 'NORMAL' },
    decision: null,
    scores,
  };
  const { modalities, enrolment } = snapshotOf(parts({ missing: () => gone, ticks: [tick] }));
  assert.deepEqual(
    modalities.map(({ status, reason, fix, score }) => [status, reason, fix, score]),
    Array.from({ length: 3 }, () => ['unavailable', gone.reason, gone.fix, null]),
  );
  const through = (given: Partial<SnapshotParts>) =>
    snapshotOf(parts({ through: () => 'XInput2', ...given })).modalities[0]?.through;
  assert.deepEqual([through({}), through({ missing: () => gone })], ['XInput2', null]);
  assert.match(enrolment.sentence, /Neither keyboard nor mouse can be seen/);
});

test('the score of a card is the probability of its ratio; points add up over the minute', () => {
  const tick = (llr: number, points: number): Tick => ({
    point: { atMs: 990_000, trust: 80, low: 70, high: 90, state: 'NORMAL' },
    decision: null,
    scores: new Map([
      ['keystroke', { raw: 0, llr, share: 0.2, strongest: 'hold times 2.0 sd longer than yours', points }],
    ] as const),
  });
  const typing = track('keystroke', { status: 'scoring' });
  const point = { atMs: 1, trust: 60, low: 50, high: 70, state: 'MONITORING' } as const;
  const { modalities, sentence } = snapshotOf(
    parts({ tracks: [typing], ticks: [tick(0, 1.5), tick(-Math.log(4), -4)], point }),
  );
  assert.ok(Math.abs((modalities[0]?.score ?? 0) - 20) < 1e-9);
  assert.equal(modalities[0]?.pointsLastMinute, -2.5);
  assert.equal(modalities[0]?.strongest, 'hold times 2.0 sd longer than yours');
  assert.equal(sentence, 'This may not be you. Typing differs from yours.');
});

test('what weighs nothing is shown on its card and is no reason in the sentence; its words may come at any time', () => {
  const writing = track('linguistic', { status: 'waiting', evidence: { have: 12, need: 60 } });
  const said = { raw: -3, llr: -3, share: 1, strongest: 'sentences of 6 words where yours have 14', points: 0 };
  const tick: Tick = {
    point: { atMs: 990_000, trust: 95, low: 90, high: 98, state: 'NORMAL' },
    decision: null,
    scores: new Map([['linguistic', said]] as const),
  };
  const { modalities, sentence } = snapshotOf(parts({ tracks: [writing], ticks: [tick], point: tick.point }));
  assert.equal(modalities[0]?.strongest, said.strongest);
  assert.equal(sentence, 'Nothing typed or moved lately tells who is here; nothing speaks against you.');
  const [waiting] = snapshotOf(parts({ tracks: [writing] })).modalities;
  assert.equal(waiting?.reason, 'Waits for input: a score needs 60 words.');
});
