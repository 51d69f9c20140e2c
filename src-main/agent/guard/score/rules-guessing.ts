// Passwords that are guessed: one account by many, many accounts by few, stolen lists; from one address or from many.
import type { AddressWatch } from '../features/address-watch.ts';
import { countSince } from '../features/recent.ts';
import { sumOf } from '../features/sliding.ts';
import type { Scene } from '../features/watch.ts';
import { minutes, rising, times, type Rule } from './rule.ts';
import { shown } from './shown.ts';

/** What they all rest on. */
export const FAILED_LOGINS = 'failed logins';
/** Tries of one name, on average, up to which names are what is varied and not the password. */
const FEW_TRIES = 3;
/** Of failed logins for one account, from an address or at the machine itself. */
const FAILED_STRENGTH = [
  [5, 0.45],
  [10, 0.65],
  [20, 0.82],
  [100, 0.89],
] as const;

interface Guessing {
  readonly address: AddressWatch;
  readonly failed: number;
  readonly users: number;
  readonly tries: number;
}

function guessing({ address, guesses }: Scene): Guessing | null {
  if (address === null || guesses === null) return null;
  const { failed, users } = guesses;
  return { address, failed, users, tries: failed / Math.max(1, users) };
}

/** Somebody who has forgotten a password, where it was known before: one account, from a place that it comes from. */
const forgetful = ({ habits, event }: Scene, users: number): boolean =>
  users === 1 && habits !== null && event.address !== null && habits.addresses.has(event.address);

export const bruteForce: Rule = {
  name: 'brute force',
  evidence: FAILED_LOGINS,
  technique: 'T1110.001',
  on: ['login-failed', 'abandoned'],
  threshold: 'from 5 failed logins of one address in the window; HIGH from 20 on',
  why:
    '5 is what fail2ban allows (maxretry in its jail.conf) and one less than what sshd does in a connection (MaxAuthTries 6): a person ' +
    'seldom needs a second one. The same from an address that the user has come from before is halved: passwords are forgotten.',
  look: (scene, { windowMs }) => {
    const found = guessing(scene);
    if (found === null || found.failed < 5) return null;
    const { address, failed, users, tries } = found;
    // That is for the rule of spraying to tell.
    if (users >= 5 && tries <= FEW_TRIES) return null;
    const known = forgetful(scene, users);
    const strength = rising(failed, FAILED_STRENGTH) * (known && failed < 30 ? 0.5 : 1);
    const whom =
      users === 1 && scene.event.user !== null ? ` for ${shown(scene.event.user)}` : ` for ${times(users, 'user')}`;
    return {
      strength,
      subject: { kind: 'address', name: address.address },
      words: () =>
        `${times(failed, 'failed login')}${whom} from ${address.address} ${minutes(windowMs)}${known ? ', an address that the user has come from before' : ''}`,
      count: failed,
      features: ['failedLogins', 'failRatio', 'meanGapS'],
    };
  },
};

export const localGuessing: Rule = {
  name: 'guessing at the machine',
  evidence: FAILED_LOGINS,
  technique: 'T1110.001',
  on: ['login-failed'],
  threshold: 'from 5 failed logins of one user at the machine itself in the window; HIGH from 20 on',
  why: 'The same as from an address; a lock screen that a child plays with comes to MEDIUM.',
  look: ({ event, user }, { windowMs }) => {
    if (event.address !== null || user === null) return null;
    const failed = sumOf(user.failed, event.atMs);
    if (failed < 5) return null;
    return {
      strength: rising(failed, FAILED_STRENGTH),
      subject: { kind: 'user', name: user.user },
      words: () =>
        `${times(failed, 'failed login')} for ${shown(user.user)} at the machine (${event.program}) ${minutes(windowMs)}`,
      count: failed,
      features: ['failedLogins'],
    };
  },
};

export const spraying: Rule = {
  name: 'password spraying',
  evidence: FAILED_LOGINS,
  technique: 'T1110.003',
  on: ['login-failed', 'abandoned'],
  threshold: 'from 5 users tried by one address in the window, at most 3 times each; HIGH from 10 on',
  why:
    'Few passwords for many names stay below the lockout of each account (faillock: 3). Nobody mistypes five names in five minutes. ' +
    'Which passwords were tried no log says, so that a list of default accounts counts as spraying as well.',
  look: (scene, { windowMs }) => {
    const found = guessing(scene);
    if (found === null || found.users < 5 || found.tries > FEW_TRIES) return null;
    const { address, failed, users, tries } = found;
    return {
      strength: rising(users, [
        [5, 0.62],
        [10, 0.82],
        [40, 0.89],
      ]),
      subject: { kind: 'address', name: address.address },
      words: () =>
        `${times(users, 'user')} tried from ${address.address} ${minutes(windowMs)}, each ${tries < 1.5 ? 'about once' : `about ${tries.toFixed(0)} times`}`,
      count: failed,
      features: ['distinctUsers', 'failedLogins', 'failRatio'],
    };
  },
};

/** Of all addresses together. */
function together({ machine, event }: Scene, windowMs: number) {
  const fromMs = event.atMs - windowMs;
  return {
    failed: sumOf(machine.failed, event.atMs),
    addresses: countSince(machine.addresses, fromMs),
    users: countSince(machine.users, fromMs),
  };
}

export const distributed: Rule = {
  name: 'guessing from many addresses',
  evidence: FAILED_LOGINS,
  technique: 'T1110.003',
  on: ['login-failed', 'abandoned'],
  threshold: 'from 5 addresses and 15 failed logins in the window, at most 4 of each address',
  why:
    'Each address stays below what bans it, together they do not: 4 is one less than fail2ban allows. Names that are tried once each, ' +
    'over all addresses, are a list of stolen names and passwords being worked off (credential stuffing, T1110.004); names that ' +
    'come again from other addresses are few passwords tried on many (spraying, T1110.003); one name is guessing (T1110.001).',
  look: (scene, { windowMs }) => {
    if (!scene.counted || scene.address === null) return null;
    const { failed, addresses, users } = together(scene, windowMs);
    if (addresses < 5 || failed < 15 || failed / addresses > 4) return null;
    const once = users >= 12 && failed / users <= 1.25;
    const what = once
      ? 'each name about once, as stolen lists of names and passwords are tried'
      : `${times(users, 'name')}, each address too seldom to be banned`;
    return {
      technique: once ? 'T1110.004' : users <= 2 ? 'T1110.001' : 'T1110.003',
      strength: rising(failed, [
        [15, 0.62],
        [40, 0.82],
        [400, 0.88],
      ]),
      subject: { kind: 'host', name: once ? 'stolen passwords' : 'guessing from many addresses' },
      words: () =>
        `${times(failed, 'failed login')} from ${times(addresses, 'address', 'addresses')} ${minutes(windowMs)}: ${what}`,
      count: failed,
      features: ['failedLogins', 'distinctUsers'],
    };
  },
};

export const slowGuessing: Rule = {
  name: 'slow guessing',
  evidence: FAILED_LOGINS,
  technique: 'T1110.001',
  on: ['login-failed', 'abandoned'],
  threshold: 'from 20 failed logins of one address in a day; MEDIUM from 50 on',
  why:
    'Tries that come minutes apart never fill a window of five minutes, nor the ten that fail2ban looks back by default (findtime). ' +
    'Twenty in a day are no mistakes any more; a program with an old password does that too, and should be told of it.',
  look: (scene) => {
    const { address, counted, event, guesses } = scene;
    if (address === null || !counted) return null;
    const failed = sumOf(address.failedToday, event.atMs);
    // What came within the window alone is for the rules of the window to tell.
    if (failed < 20 || failed === guesses?.failed) return null;
    return {
      strength: rising(failed, [
        [20, 0.45],
        [50, 0.62],
        [500, 0.78],
      ]),
      subject: { kind: 'address', name: address.address },
      words: () => `${times(failed, 'failed login')} from ${address.address} within a day`,
      count: failed,
      features: ['failedLogins', 'meanGapS'],
    };
  },
};

export const accountLocked: Rule = {
  name: 'account locked',
  technique: 'T1110.001',
  on: ['limit'],
  threshold: 'one account that PAM has locked (pam_faillock)',
  why: 'The machine itself has counted too many failures; a person can do that too, so it is no more than LOW by itself.',
  look: ({ event }) =>
    event.user === null
      ? null
      : {
          strength: 0.45,
          subject: { kind: 'user', name: event.user },
          words: () => `the account ${shown(event.user)} was locked after too many failed logins`,
          count: 1,
          features: ['failedLogins'],
        },
};

export const probing: Rule = {
  name: 'probing',
  technique: 'T1046',
  on: ['probe'],
  threshold: 'from 10 connections of one address in the window that name nobody',
  why: 'Scanners look which version answers and go away. Monitoring does the same at an even pace, so it stays LOW.',
  look: ({ event, address, counted }, { windowMs }) => {
    if (address === null || !counted) return null;
    const probes = sumOf(address.probes, event.atMs);
    if (probes < 10) return null;
    return {
      strength: rising(probes, [
        [10, 0.42],
        [100, 0.55],
      ]),
      subject: { kind: 'address', name: address.address },
      words: () =>
        `${times(probes, 'connection')} from ${address.address} ${minutes(windowMs)} that never named a user`,
      count: probes,
      features: [],
    };
  },
};
