import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GuardStatus, SourceHealth } from '../src-preload/contract.ts';
import { guardReading, readingLog } from '../src-preload/guard.fixture.ts';
import { guessing, guessingAlert } from '../src-preload/incident.fixture.ts';
import {
  aboutText,
  emptyText,
  isBlind,
  lossSentences,
  standingOf,
  stepsOf,
  techniquesText,
  learningSentence,
} from './guard-words.ts';
import { SHOW_OPEN } from './incidents.ts';

const source = (more: Partial<SourceHealth>): SourceHealth => ({ ...readingLog, ...more });
const status = (more: Partial<GuardStatus> = {}): GuardStatus => ({ ...guardReading, ...more });

test('what is read, what is not and the command that would help, and that it is turned off', () => {
  const command = 'sudo usermod -aG adm ada';
  const refused = source({
    ...{ name: 'the log', status: 'unavailable', reason: '/var/log/auth.log is for members of the group adm alone' },
    ...{ fix: `${command}, then log out and in again.`, command },
  });
  const [standing] = standingOf(status({ sources: [refused] }), true);
  assert.equal(standing?.sign.word, 'Unavailable');
  assert.equal(standing?.sentence, '/var/log/auth.log is for members of the group adm alone.');
  assert.equal(standing?.command, command);
  assert.equal(standing?.fix, 'Run this command, then log out and in again.');
  assert.deepEqual(
    standingOf(status(), true).map(({ sign, sentence }) => [sign.word, sentence]),
    [['Reading /var/log/auth.log', '']],
  );
  const gone = source({ ...{ name: 'the journal', status: 'waiting', reason: 'nothing there yet' } });
  assert.equal(standingOf(status({ sources: [gone] }), true)[0]?.sentence, 'The journal: nothing there yet.');
  const untold = source({ name: 'logins', status: 'unavailable', reason: 'no journal', fix: 'Install rsyslog' });
  assert.deepEqual(
    standingOf(status({ sources: [source({}), untold] }), true).map(({ sign, sentence }) => [sign.word, sentence]),
    [
      ['Reading /var/log/auth.log', ''],
      ['Unavailable', 'Logins: no journal.'],
    ],
  );
  assert.equal(standingOf(status(), false)[0]?.sign.word, 'Off');
  assert.equal(standingOf(status({ sources: [] }), null)[0]?.sign.word, 'Starting');
});

test('nothing read where nothing can be read is unknown, and not nought', () => {
  const [unread, idle] = [source({ status: 'unavailable' }), source({ status: 'waiting' })];
  assert.equal(isBlind({ sources: [unread, unread], lines: 0 }), true);
  assert.equal(isBlind({ sources: [unread, idle], lines: 0 }), false);
  assert.equal(isBlind({ sources: [unread], lines: 3 }), false, 'it could be read before');
  assert.equal(isBlind({ sources: [], lines: 0 }), false, 'it is starting');
});

test('a command at the end of its sentence is named there', () => {
  const command = 'sudo apt-get install rsyslog';
  const lacks = source({
    status: 'unavailable',
    reason: 'no log',
    fix: `Run a journal, or install rsyslog: ${command}`,
    command,
  });
  assert.equal(
    standingOf(status({ sources: [lacks] }), true)[0]?.fix,
    'Run a journal, or install rsyslog with this command.',
  );
});

test('what is usual, and what was lost, is said with its number', () => {
  assert.match(learningSentence(status()), /rules alone judge/);
  assert.match(learningSentence(status({ baseline: { have: 256, need: 256, trainedMs: null } })), /^Enough was seen/);
  assert.deepEqual(lossSentences(status()), []);
  assert.equal(
    lossSentences(status({ dropped: 1 }))[0],
    '1 alert came faster than they could be written, and are counted only.',
  );
  assert.match(lossSentences(status({ evicted: 2000 }))[0] ?? '', /^2,000 addresses and names had to make room/);
});

test('who and from where, three of them by name', () => {
  assert.equal(aboutText(guessing), 'from 203.0.113.7');
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ kind: 'user', name }) as const);
  assert.equal(aboutText({ subjects: names }), 'user a, user b, user c and 2 more');
});

test('techniques by number, name and tactic', () => {
  const [first] = guessing.techniques;
  if (first === undefined) throw new Error('the fixture has no technique');
  assert.equal(techniquesText([first]), 'T1110.001 Brute Force: Password Guessing (Credential Access)');
  assert.match(
    techniquesText([first, { id: 'T1078', name: 'Valid Accounts', tactic: 'Initial Access' }]),
    / and 1 more$/,
  );
});

test('an empty list says whether there is nothing, nothing open or nothing that fits', () => {
  assert.equal(emptyText([], SHOW_OPEN, 12_430, 7), 'No incidents in the last 7 days; 12,430 lines read.');
  assert.equal(emptyText([], SHOW_OPEN, 1, 1), 'No incidents in the last 1 day; 1 line read.');
  const seen = [{ ...guessing, acknowledgedMs: 5 }];
  assert.equal(emptyText(seen, SHOW_OPEN, null, 7), 'Nothing is open: 1 incident acknowledged.');
  assert.match(emptyText(seen, { ...SHOW_OPEN, seen: 'all', words: 'x' }, 5, 7), /^None of the incidents fits/);
  assert.match(emptyText([guessing], { ...SHOW_OPEN, words: 'x' }, 5, 7), /^None of the incidents fits/);
});

test('the steps of an attack in their order, each with its first moment', () => {
  const login = {
    ...{ ...guessingAlert, id: 13, firstMs: 900 },
    techniques: [{ id: 'T1078', name: 'Valid Accounts', tactic: 'Initial Access' }],
  };
  const tactics = ['Credential Access', 'Initial Access', 'Persistence'];
  const techniques = [...guessing.techniques, ...login.techniques];
  assert.deepEqual(stepsOf({ tactics, techniques }, [guessingAlert, { ...guessingAlert, firstMs: 500 }, login]), [
    { tactic: 'Credential Access', firstMs: 500, techniques: guessing.techniques },
    { tactic: 'Initial Access', firstMs: 900, techniques: login.techniques },
    { tactic: 'Persistence', firstMs: null, techniques: [] },
  ]);
});
