import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LearnedModality, ModelVersion } from '../src-preload/contract.ts';
import { dayAndTime } from './format.ts';
import {
  earlierVersions,
  forgottenBy,
  learnedText,
  versionFigures,
  versionInUse,
  versionTitle,
} from './learned-words.ts';

const at = (day: number): number => new Date(2026, 4, day, 9, 12).getTime();
const version = (number: number, inUse = false): ModelVersion => ({
  ...{ version: number, createdMs: at(number), why: 'more', events: 1000 * number + 120, accuracy: null, inUse },
});
const typing = (...versions: readonly ModelVersion[]): LearnedModality => ({
  ...{ modality: 'keystroke', maturity: 'mature', have: 4120, need: 1500, unit: 'keystrokes', sentence: 'Learned.' },
  versions: [...versions],
});

test('a version: when it was made, why, from how much, and how well it tells', () => {
  assert.equal(versionTitle(version(4)), 'Version 4, made Mon 4 May, 09:12: much more was known');
  assert.equal(
    versionFigures(version(4), 'keystrokes'),
    'Learned from 4,120 keystrokes, too little was held out to measure its error',
  );
  const eer = { value: 0.02, low: 0.01, high: 0.04 };
  const accuracy = { window: '', genuineTrials: 1, impostorTrials: 1, eer, far: eer, frr: eer, det: [] };
  assert.match(versionFigures({ ...version(4), accuracy }, 'keystrokes'), /, error 2 % \(1 to 4 %\)$/);
});

test('there is a way back to earlier versions, and none to a later one or to where it is', () => {
  const learned = typing(version(4), version(3, true), version(2), version(1));
  assert.equal(versionInUse(learned)?.version, 3);
  assert.deepEqual(
    earlierVersions(learned).map((one) => one.version),
    [2, 1],
  );
  // A model that was refused: every version is a way out.
  assert.equal(versionInUse(typing(version(2), version(1))), null);
  assert.equal(earlierVersions(typing(version(2), version(1))).length, 2);
});

test('what is forgotten on the way back is named', () => {
  const learned = typing(version(4, true), version(3), version(2), version(1));
  assert.equal(
    forgottenBy(learned, version(3)),
    `Version 4 and everything that was learned of your typing after ${dayAndTime(at(3))} are forgotten. This cannot be undone.`,
  );
  assert.match(forgottenBy(typing(), version(1)), /^Everything that was learned .* is forgotten\./);
  assert.match(forgottenBy(learned, version(1)), /^Versions 2, 3, and 4 and everything .* after Fri 1 May, 09:12/);
});

test('how much of what is asked for', () => {
  assert.equal(learnedText(typing()), '4,120 keystrokes: enough');
  assert.equal(learnedText({ ...typing(), have: 1240 }), '1,240 of 1,500 keystrokes');
});
