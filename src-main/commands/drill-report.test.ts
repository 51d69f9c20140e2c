// The report and its words, from pushes that were made up by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision, Push, Snapshot, State } from '../../src-preload/contract.ts';
import { SETTINGS, SNAPSHOT } from '../agent/publish/agent.fixture.ts';
import { drillReport } from './drill-report.ts';
import { announcement, obstacleTo, outcome, progressLine } from './drill-words.ts';

const START_MS = 1_700_000_000_000;

function snapshot(second: number, have: number, trust: number, state: State = 'NORMAL'): Snapshot {
  const modalities = SNAPSHOT.modalities.map((view) =>
    view.modality === 'keystroke' ? { ...view, evidence: { ...view.evidence, have, need: 20 } } : view,
  );
  return { ...SNAPSHOT, atMs: START_MS + second * 1000, trust, state, modalities };
}
const seen = (...args: Parameters<typeof snapshot>): Push => ({ push: 'snapshot', data: snapshot(...args) });
function decided(second: number, from: State, to: State, reason: string): Push {
  const data: Decision = { atMs: START_MS + second * 1000, from, to, trust: 20, points: {}, reason };
  return { push: 'decision', data };
}

const NOTICED = [
  seen(0, 0, 97),
  seen(4, 12, 96),
  { push: 'trustPoint', data: { atMs: START_MS + 6000, trust: 8.7, low: 1, high: 30, state: 'NORMAL' } },
  seen(8, 31, 41),
  decided(9, 'NORMAL', 'MONITORING', 'Trust fell: hold times.'),
  seen(9, 34, 41, 'MONITORING'),
  decided(15, 'MONITORING', 'LOCKDOWN', 'Trust fell: times before a space.'),
  seen(16, 55, 12, 'LOCKDOWN'),
] satisfies readonly Push[];

test('each alarm with its seconds and keystrokes; one that was jumped over comes with the worse one', () => {
  const { noticed, seconds, keystrokes, alarms, lowestTrust, reasons } = drillReport(snapshot(0, 0, 97), NOTICED);
  assert.equal(noticed, true);
  assert.equal(seconds, 16);
  assert.deepEqual(keystrokes, { least: 55, most: 55 });
  assert.deepEqual(alarms, [
    { state: 'MONITORING', seconds: 9, keystrokes: { least: 34, most: 34 } },
    { state: 'RESTRICTED', seconds: 15, keystrokes: { least: 34, most: 55 } },
    { state: 'LOCKDOWN', seconds: 15, keystrokes: { least: 34, most: 55 } },
  ]);
  assert.equal(lowestTrust, 8.7);
  assert.deepEqual(reasons, ['Trust fell: hold times.', 'Trust fell: times before a space.']);
});

test('the result in words', () => {
  const report = drillReport(snapshot(0, 0, 97), NOTICED);
  assert.deepEqual(outcome(report, 'lockdown', 20), [
    'Your colleague was noticed after 9 s and 34 keystrokes.',
    '',
    'Monitoring    after 9 s, 34 keystrokes',
    'Restricted    after 15 s, 34 to 55 keystrokes',
    'Lockdown      after 15 s, 34 to 55 keystrokes',
    'Lowest trust  8 of 100',
    'Watched       16 s, 55 keystrokes',
    'Reasons       Trust fell: hold times.',
    '              Trust fell: times before a space.',
    '',
    'Where two numbers stand, the truth lies between them: keystrokes are counted once a second, and old ones that leave the count hide new ones.',
    'Trust stays low until you unlock the screen with your password, or have typed on for a while yourself.',
    "Nothing was learned from your colleague's typing.",
  ]);
});

test('not noticed: how much was typed, whether that was enough to tell, and how to keep it from being learned', () => {
  const report = drillReport(snapshot(0, 0, 97), [seen(0, 0, 97), seen(60, 11, 94)]);
  assert.deepEqual([report.noticed, report.alarms, report.lowestTrust], [false, [], 94]);
  assert.deepEqual(report.mayHaveLearned, ['keystroke']);
  const lines = outcome(report, 'interrupted', 20);
  assert.equal(lines[0], 'You ended the drill early: this is what was seen until then.');
  assert.equal(lines[1], 'Your colleague was not noticed in 1 min and 11 keystrokes.');
  assert.match(
    lines.join('\n'),
    /So little tells nothing about typing: a score needs 20 keystrokes within half a minute/,
  );
  assert.match(lines.at(-1) ?? '', /Lock the screen and unlock it now/);
});

test('what is not held back until the alarm may have been learned, and typing too when the alarm came late', () => {
  const start = snapshot(0, 0, 97);
  const [typing] = start.modalities;
  assert.ok(typing !== undefined);
  const more: Snapshot = {
    ...start,
    modalities: [typing, { ...typing, modality: 'mouse', status: 'learning' }, { ...typing, modality: 'app' }],
  };
  assert.deepEqual(drillReport(more, NOTICED).mayHaveLearned, ['mouse', 'app']);
  assert.match(
    outcome(drillReport(more, NOTICED), 'lockdown', 20).at(-1) ?? '',
    /typing\. From before the alarm, mouse use and application switches may have been learned as yours\.$/,
  );
  const late = [seen(0, 0, 97), decided(121, 'NORMAL', 'MONITORING', 'Late.')];
  assert.deepEqual(drillReport(start, late).mayHaveLearned, ['keystroke']);
  const backAgain = [...NOTICED, decided(30, 'LOCKDOWN', 'NORMAL', 'The screen was unlocked.')];
  const report = drillReport(start, backAgain);
  assert.deepEqual(report.mayHaveLearned, ['keystroke']);
  assert.deepEqual(report.reasons.length, 2, 'trust that comes back is no reason for an alarm');
});

test('typing that is not watched is not counted as none', () => {
  const start: Snapshot = {
    ...snapshot(0, 0, 97),
    modalities: snapshot(0, 0, 97).modalities.map((view) => ({ ...view, status: 'unavailable' as const })),
  };
  const report = drillReport(start, [decided(9, 'NORMAL', 'MONITORING', 'Mouse.')]);
  assert.deepEqual([report.keystrokes, report.alarms[0]?.keystrokes], [null, null]);
  assert.equal(outcome(report, 'stopped', 20)[1], 'Your colleague was noticed after 9 s.');
  assert.match(progressLine(61, start, report), /^1:01 left {3}trust 97 {3}normal {3}typing is not watched$/);
});

test('no drill where it could show nothing, and why', () => {
  const calm = snapshot(0, 0, 97);
  const why = (change: Partial<Snapshot>): string => obstacleTo({ ...calm, ...change }, 70) ?? '';
  assert.equal(why({}), '');
  const unlearned = calm.modalities.map((view) => ({ ...view, status: 'learning' as const }));
  const enrolment = { share: 0.62, sentence: '62 %, about 25 min of typing to go.' };
  assert.equal(
    why({ state: 'LEARNING', trust: null, modalities: unlearned, enrolment }),
    'SecLyzer does not know you yet: 62 %, about 25 min of typing to go. See: seclyzer enrol',
  );
  assert.match(why({ source: 'replay' }), /plays a recording/);
  assert.match(why({ paused: { sinceMs: 0, untilMs: null } }), /is paused/);
  assert.match(why({ screen: 'locked' }), /screen is locked/);
  assert.match(why({ trust: 69.9 }), /^Trust is 69 of 100, and below 70 there is an alarm as it is\. Lock the screen/);
  assert.match(why({ state: 'MONITORING', trust: 72 }), /^The state is monitoring, with trust at 72 of 100\. Lock/);
  assert.match(why({ modalities: unlearned }), /^Neither typing nor the mouse is judged/);
});

test('before it begins: what is judged, how long, and whether the screen may lock', () => {
  const calm = { ...snapshot(0, 0, 97), source: 'live' as const };
  const lines = announcement(calm, SETTINGS, 2);
  assert.match(lines[1] ?? '', /Judged: typing\.$/);
  assert.match(lines[2] ?? '', /^It ends after 2 min, or as soon as/);
  assert.match(lines.at(-1) ?? '', /^The screen stays open/);
  const locking = { ...SETTINGS, settings: { ...SETTINGS.settings, lock: { enabled: true } } };
  assert.match(announcement(calm, locking, 2).at(-1) ?? '', /You have turned locking on: 10 s after lockdown/);
});
