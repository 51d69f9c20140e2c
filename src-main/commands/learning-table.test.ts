import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEARNING } from '../agent/publish/agent.fixture.ts';
import { alarmLines, localTime, profileLines, versionLines } from './learning-table.ts';

test('profiles: a line a modality, what all share last, and why nothing may be changed', () => {
  assert.deepEqual(profileLines(LEARNING), [
    '1  Usual        in use            Typing        Learned in full from 4,210 keystrokes.',
    '                                  Mouse         62 %, about 6 min of mouse use to go.',
    '2  Dock         is being learned  Typing        0 %, about 10 min of typing to go.',
    '   all of them                    Applications  0 %, about 75 min of work to go.',
  ]);
  const refusal = 'Show first that this is you.';
  assert.deepEqual(profileLines({ ...LEARNING, refusal }).slice(-2), ['', refusal]);
});

test('versions: newest first, with what they were learned from and how well they work', () => {
  const made = localTime(1_700_000_000_000);
  assert.deepEqual(versionLines(LEARNING), [
    `profile  modality  version  made                 because              events    EER`,
    `Usual    Typing          3  ${made}  much more was known   4,210  2.1 %  in use`,
    `Usual    Typing          1  ${made}  first learned         1,500      —`,
  ]);
  assert.deepEqual(versionLines({ ...LEARNING, profiles: [], shared: [] }), ['Nothing has been learned yet.']);
});

test('alarms: when, how far, and what can be done about it', () => {
  const at = LEARNING.alarms.map(({ atMs }) => localTime(atMs));
  assert.deepEqual(alarmLines(LEARNING.alarms), [
    `${at[0]}  lockdown    can be learned from  Trust fell.`,
    `${at[1]}  restricted  was you              Trust fell.`,
  ]);
  assert.deepEqual(alarmLines([]), ['There was no alarm in the last 30 days.']);
});

test('a time is written on the clock of the machine, so that it can be given back', () => {
  const at = new Date(2024, 0, 8, 9, 5, 7);
  assert.equal(localTime(at.getTime()), '2024-01-08 09:05:07');
  assert.equal(Date.parse(localTime(at.getTime())), at.getTime());
});
