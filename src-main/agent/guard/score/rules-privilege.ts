// Becoming root: for the first time, in vain, at once after a login that was odd, or to do what attackers do.
import { misuseOf } from '../features/commands.ts';
import { sumOf } from '../features/sliding.ts';
import { minutes, rising, times, type Rule } from './rule.ts';
import { shown, theUser } from './rules-guessing.ts';

const QUICK_S = 10;

export const firstPrivilege: Rule = {
  name: 'first command as root',
  technique: 'T1548.003',
  on: ['privilege'],
  threshold: 'the first sudo, su or pkexec of a user with 3 logins or more',
  why: 'Who never needed root and now does may be somebody else; so may a person with a new task, so it is LOW by itself.',
  look: ({ event, session, habits }) => {
    if (session === null || event.user === null || !session.firstPrivilegeEver || (habits?.privileged ?? 0) > 0)
      return null;
    return {
      strength: 0.45,
      subject: { kind: 'user', name: event.user },
      words: `${theUser(event.user)} became ${event.target ?? 'root'} for the first time`,
      count: 1,
      features: ['firstSudo'],
    };
  },
};

export const refusedPrivilege: Rule = {
  name: 'refused commands as root',
  technique: 'T1548.003',
  on: ['privilege-failed'],
  threshold: 'from 3 wrong passwords in the window; one command of somebody who may not use sudo',
  why: '3 is what sudo asks for in one go (passwd_tries): a person who mistypes ends there. HIGH needs five times as many.',
  look: ({ event, user }, { windowMs }) => {
    if (user === null) return null;
    const failed = sumOf(user.privilegeFailed, event.atMs);
    const barred = event.detail !== 'wrong password' && event.detail !== 'polkit';
    const strength = Math.max(
      barred ? 0.5 : 0,
      rising(failed, [
        [3, 0.45],
        [6, 0.65],
        [15, 0.82],
      ]),
    );
    if (strength === 0) return null;
    const what = barred
      ? `${event.program} refused a command of ${shown(user.user)}: ${event.detail ?? 'not allowed'}`
      : '';
    return {
      strength,
      subject: { kind: 'user', name: user.user },
      words:
        barred && failed < 3
          ? what
          : `${times(failed, 'refused attempt')} of ${shown(user.user)} to become ${event.target ?? 'root'} ${minutes(windowMs)}`,
      count: failed,
      features: ['failedSudo'],
    };
  },
};

export const quickPrivilege: Rule = {
  name: 'root at once after an odd login',
  technique: 'T1548.003',
  on: ['privilege'],
  threshold: `root within ${QUICK_S} s of a login that was LOW or worse itself`,
  why: 'Scripts that break in go on at once. Administration tools do too, but from where they always come.',
  look: ({ event, session, sinceLoginS, habits }) => {
    if (session === null || event.user === null || sinceLoginS === null || sinceLoginS > QUICK_S) return null;
    const habit = habits !== null && habits.privileged >= 3 && habits.quickPrivileged / habits.privileged > 0.1;
    if (session.suspicion < 0.4 || (habit && session.suspicion < 0.8)) return null;
    return {
      strength: session.suspicion >= 0.8 ? 0.82 : 0.62,
      subject: { kind: 'user', name: event.user },
      words: `${theUser(event.user)} became ${event.target ?? 'root'} ${Math.round(sinceLoginS)} s after ${session.address === null ? 'an unusual login' : `an unusual login from ${session.address}`}`,
      count: 1,
      features: ['privilegeS', 'newNetwork'],
    };
  },
};

export const misusedCommand: Rule = {
  name: 'command known for misuse',
  technique: 'T1059.004',
  on: ['privilege'],
  threshold: 'one command as root of the patterns in features/commands.ts',
  why: 'What GTFOBins and the descriptions of the techniques show; each pattern has its own strength, for some are also everyday work.',
  look: ({ event }) => {
    if (event.user === null || event.detail === null) return null;
    const misuse = misuseOf(event.detail);
    if (misuse === null) return null;
    return {
      technique: misuse.technique,
      strength: misuse.strength,
      subject: { kind: 'user', name: event.user },
      words: `${theUser(event.user)} ran a command as ${event.target ?? 'root'} that ${misuse.words}`,
      count: 1,
      features: ['livingOff', 'commandRate'],
    };
  },
};
