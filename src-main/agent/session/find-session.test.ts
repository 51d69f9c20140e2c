import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bus } from '../../dbus.ts';
import { findSession } from './find-session.ts';

const [SESSIONS, USER] = ['/org/freedesktop/login1/session', '/org/freedesktop/login1/user/_1000'];
const CLUES = { pid: 4711, id: 'c2', uid: 1000 };

/** A logind that knows these answers and refuses everything else. */
function logind(answers: Readonly<Record<string, unknown>>): Bus {
  const answer = async (question: string): Promise<unknown> => {
    if (!(question in answers)) throw new Error(`no ${question}`);
    return answers[question];
  };
  return {
    call: (_target, member, _signature, args = []) => answer(`${member} ${args.join(' ')}`),
    property: ({ path }, name) => answer(`${path.split('/').at(-1)} ${name}`),
  } as Bus;
}

const found = async (answers: Readonly<Record<string, unknown>>): Promise<string> =>
  (await findSession(logind(answers), CLUES)).path;

test('the session of the process is the first choice', async () => {
  const answers = { 'GetSessionByPID 4711': `${SESSIONS}/c1`, 'GetSession c2': `${SESSIONS}/c2` };
  assert.equal(await found({ ...answers, 'c1 LockedHint': false, 'c2 LockedHint': false }), `${SESSIONS}/c1`);
});

test('then the one that the environment names, unless it is gone', async () => {
  const answers = {
    'GetSession c2': `${SESSIONS}/c2`,
    'GetUser 1000': USER,
    '_1000 Display': ['c3', `${SESSIONS}/c3`],
  };
  assert.equal(await found({ ...answers, 'c2 LockedHint': false, 'c3 LockedHint': false }), `${SESSIONS}/c2`);
  assert.equal(await found({ ...answers, 'c3 LockedHint': true }), `${SESSIONS}/c3`);
});

test('at last the first graphical one of the user', async () => {
  const answers = {
    'GetUser 1000': USER,
    '_1000 Display': ['', '/'],
    '_1000 Sessions': [
      ['4', `${SESSIONS}/_34`],
      ['5', `${SESSIONS}/_35`],
    ],
    '_34 Type': 'tty',
    '_35 Type': 'wayland',
    '_34 LockedHint': false,
    '_35 LockedHint': false,
  };
  assert.equal(await found(answers), `${SESSIONS}/_35`);
  await assert.rejects(found({ ...answers, '_35 Type': 'tty' }), /^Error: logind knows no session of this user$/);
});
