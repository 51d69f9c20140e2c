import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredVersion } from '../store/store.ts';
import type { Standing } from '../track.ts';
import { counted, standingSentence, toGo } from './learning-words.ts';

const version = (events: number): StoredVersion => ({
  ...{ modality: 'keystroke', profile: 1, name: 'keystroke-graphs', version: 1, createdMs: 0 },
  ...{ why: 'enrolment', events, accuracy: null },
});
const standing = (more: Partial<Standing>): Standing => ({
  ...{ maturity: 'none', have: 0, need: 1500, refused: false, trouble: null, versions: [] },
  ...more,
});

test('what is missing is said as the time that it takes', () => {
  // 570 of 1500 are missing, at 150 a minute 3.8 min; 299 movements at 20 a minute 15.
  assert.equal(toGo('keystroke', { have: 930, need: 1500 }), '62 %, about 4 min of typing to go.');
  assert.equal(toGo('mouse', { have: 1, need: 300 }), '0 %, about 15 min of mouse use to go.');
  assert.equal(toGo('app', { have: 149, need: 150 }), '99 %, about 1 min of work to go.');
  // Somebody slower: 570 at 23 a minute.
  assert.equal(toGo('keystroke', { have: 930, need: 1500, perMinute: 23 }), '62 %, about 25 min of typing to go.');
});

test('large numbers can be read', () => {
  assert.equal(counted('keystroke', 4210), '4,210 keystrokes');
});

test('where it stands: on the way, enough for a score, in full', () => {
  const sentenceOf = (more: Partial<Standing>): string => standingSentence('keystroke', standing(more));
  assert.equal(sentenceOf({ have: 930 }), '62 %, about 4 min of typing to go.');
  assert.equal(sentenceOf({ have: 1500 }), 'Enough has been seen; the model is being made.');
  const versions = [version(620), version(300)];
  assert.equal(
    sentenceOf({ maturity: 'young', have: 600, need: 600, versions }),
    'Learned from 620 keystrokes: there is a score, but too little is known to lock the screen.',
  );
  assert.equal(
    sentenceOf({ maturity: 'mature', have: 1500, versions: [version(4210)] }),
    'Learned in full from 4,210 keystrokes.',
  );
});

test('what is wrong is said after it, as a sentence', () => {
  const trouble = 'keystroke-graphs needs 200 keystrokes to learn from, there are 30';
  assert.equal(
    standingSentence('keystroke', standing({ have: 30, need: 36, trouble })),
    '83 %, about 1 min of typing to go. Keystroke-graphs needs 200 keystrokes to learn from, there are 30.',
  );
});
