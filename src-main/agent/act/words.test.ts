import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feature } from '../features/index.ts';
import { decisionReason } from './decision-reason.ts';
import { sentenceFor, type Situation } from './sentence.ts';
import { strongestReason } from './strongest-reason.ts';

const feature = (words: string, unit: Feature['unit']): Feature => ({
  name: words,
  unit,
  scale: 'linear',
  words,
  definition: '',
});
const features = [feature('hold times', 'ms'), feature('share of overlapping keys', 'share')];
const usual = { mean: [100, 0.2], sd: [10, 0.1] };
const all = (): boolean => true;
const strongest = (vector: readonly number[], looksAt: (i: number) => boolean = all, sd = usual.sd): string =>
  strongestReason(Float32Array.from(vector), features, { ...usual, sd }, looksAt, false);

test('the feature that stands out most is named with its distance and direction', () => {
  assert.equal(strongest([124, 0.25]), 'hold times 2.4 sd longer than yours');
  assert.equal(strongest([101, -0.2]), 'share of overlapping keys 4.0 sd lower than yours');
  assert.equal(strongest([110, 0.3]), 'many small differences from yours');
});

test('features that do not count or have no spread are passed over', () => {
  assert.equal(
    strongest([200, 0.2], (i) => i !== 0),
    'many small differences from yours',
  );
  assert.equal(strongest([200, 0.2], all, [0, 0.1]), 'many small differences from yours');
});

test('a window that fits says how much of it does', () => {
  assert.equal(
    strongestReason(Float32Array.of(124, 0.25), features, usual, all, true),
    '1 of 2 measures close to yours',
  );
});

const situation: Situation = {
  state: 'NORMAL',
  trust: 94,
  fits: ['keystroke', 'mouse'],
  differs: [],
  idleMs: 0,
  desktopIdle: false,
  learning: '',
};

test('sentences say what happened', () => {
  assert.equal(sentenceFor(situation), 'This is you. Typing and mouse movement fit.');
  const all = sentenceFor({ ...situation, fits: ['keystroke', 'mouse', 'app'] });
  assert.equal(all, 'This is you. Typing, mouse movement and application use fit.');
  assert.equal(
    sentenceFor({ ...situation, state: 'RESTRICTED', trust: 40, fits: ['mouse'], differs: ['keystroke'] }),
    'This is probably not you. Typing differs from yours. Mouse movement fits.',
  );
  assert.match(sentenceFor({ ...situation, fits: [] }), /^Nothing typed or moved lately tells who is here/);
  assert.equal(
    sentenceFor({ ...situation, idleMs: 180_000 }),
    'No input for 3 min, so nothing new is known about who is here.',
  );
  assert.equal(
    sentenceFor({ ...situation, idleMs: 180_000, desktopIdle: true }),
    'No input for 3 min, and the desktop says that nobody is there, so nothing new is known about who is here.',
  );
  assert.equal(
    sentenceFor({ ...situation, state: 'LEARNING', trust: null, learning: 'SecLyzer is learning.' }),
    'SecLyzer is learning.',
  );
});

test('a decision names the modality that moved trust most in its direction', () => {
  const scores = new Map([
    ['keystroke', { points: -12, strongest: 'hold times 2.4 sd longer than yours' }],
    ['mouse', { points: 3, strongest: 'speed 1.6 sd lower than yours' }],
  ] as const);
  assert.equal(
    decisionReason('NORMAL', 'MONITORING', scores),
    'Trust fell: this may not be the owner. Typing: hold times 2.4 sd longer than yours.',
  );
  assert.equal(
    decisionReason('MONITORING', 'NORMAL', scores),
    'Trust is back: this looks like the owner again. Mouse movement: speed 1.6 sd lower than yours.',
  );
  assert.equal(
    decisionReason('LOCKDOWN', 'RESTRICTED', new Map()),
    'Trust rises, but this is probably not the owner.',
    'a recovery is no fall',
  );
  assert.match(decisionReason('LEARNING', 'NORMAL', scores), /^From now on there is a trust score/);
  assert.match(decisionReason('NORMAL', 'LEARNING', scores), /^There is no score any more/);
  assert.equal(
    decisionReason('RESTRICTED', 'LOCKDOWN', new Map()),
    'Trust fell: somebody else seems to be at the keyboard.',
  );
});
