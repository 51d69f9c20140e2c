// The lines around the agent's own sentences, from a drill that was made up by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drill, Snapshot } from '../../src-preload/contract.ts';
import { DRILL, SNAPSHOT } from '../agent/publish/agent.fixture.ts';
import { SETTINGS } from '../agent/publish/settings.fixture.ts';
import { announcement, outcome, progressLine } from './drill-words.ts';

const START_MS = 1_700_000_000_000;
const END_MS = START_MS + 15_000;
const NOTICED: Drill = {
  startedMs: START_MS,
  untilMs: START_MS + 120_000,
  endedMs: START_MS + 15_000,
  keystrokes: 55,
  lowestTrust: 8.7,
  alarms: [
    { state: 'MONITORING', seconds: 9, keystrokes: 34, reason: 'Trust fell: hold times.' },
    { state: 'LOCKDOWN', seconds: 15, keystrokes: 55, reason: 'Trust fell: times before a space.' },
  ],
  sentence: 'Noticed after 9 s and 34 keystrokes: typing did not fit.',
};
/** With typing out of sight. */
const blind: Snapshot = {
  ...SNAPSHOT,
  modalities: SNAPSHOT.modalities.map((view) => ({ ...view, status: 'unavailable' as const })),
};

test('what came of it: the sentence, the alarms, how far trust fell, how long it was', () => {
  assert.deepEqual(outcome(NOTICED, SNAPSHOT, END_MS), [
    'Noticed after 9 s and 34 keystrokes: typing did not fit.',
    '',
    'Monitoring    after 9 s, 34 keystrokes   Trust fell: hold times.',
    'Lockdown      after 15 s, 55 keystrokes  Trust fell: times before a space.',
    'Lowest trust  8 of 100',
    'Watched       15 s, 55 keystrokes',
  ]);
  assert.deepEqual(outcome({ ...NOTICED, alarms: [], lowestTrust: null }, blind, END_MS).slice(2), ['Watched  15 s']);
});

test('a drill that never began has no figures; one whose agent is gone has those until then', () => {
  const never = { ...NOTICED, endedMs: START_MS - 1000, alarms: [], sentence: 'No drill: it was ended.' };
  assert.deepEqual(outcome(never, SNAPSHOT, END_MS), ['No drill: it was ended.']);
  const [said, ...rows] = outcome({ ...NOTICED, endedMs: null }, SNAPSHOT, END_MS);
  assert.equal(said, `The agent has stopped, which ended the drill. Until then: ${NOTICED.sentence}`);
  assert.equal(rows.at(-1), 'Lowest trust  8 of 100');
  const calm = { ...NOTICED, endedMs: null, alarms: [], sentence: 'Hand the keyboard over now.' };
  assert.match(outcome(calm, SNAPSHOT, END_MS)[0] ?? '', /Until then: Not noticed so far\.$/);
  assert.deepEqual(outcome(calm, SNAPSHOT, START_MS - 1), ['The agent has stopped before the drill began.']);
});

test('how far it is, on the clock of the agent', () => {
  const line = (nowMs: number, snapshot = SNAPSHOT): string =>
    progressLine({ ...DRILL, startedMs: 5000, untilMs: 125_000, keystrokes: 41 }, snapshot, nowMs);
  assert.equal(line(0), 'The drill begins in 5 s');
  assert.equal(line(64_000), '1:01 left   trust 91   normal   41 keystrokes');
  assert.equal(line(126_000, blind), '0:00 left   trust 91   normal   typing is not judged');
});

test('before it begins: what is judged, how long, and whether the screen may lock', () => {
  const lines = announcement({ ...SNAPSHOT, source: 'live' }, SETTINGS, 2);
  assert.match(lines[1] ?? '', /Judged: typing\.$/);
  assert.match(lines[2] ?? '', /^It ends after 2 min, or as soon as/);
  assert.match(lines.at(-1) ?? '', /^The screen stays open/);
  const locking = { ...SETTINGS, settings: { ...SETTINGS.settings, lock: { enabled: true } } };
  assert.match(announcement(SNAPSHOT, locking, 2).at(-1) ?? '', /You have turned locking on: 10 s after lockdown/);
});
