// Logins that succeed and should not have: after guessing, from where or when the user never came, by an account that was made just now.
import { sumOf } from '../features/sliding.ts';
import { countSince } from '../features/recent.ts';
import { minutes, rising, times, type Rule } from './rule.ts';
import { theUser } from './rules-guessing.ts';

export const successAfterFailures: Rule = {
  name: 'success after failures',
  technique: 'T1110.001',
  on: ['login'],
  threshold: 'a login from an address with 3 failed ones in the window; CRITICAL from 8 on',
  why:
    'Guessing that ends has usually found something. Up to five from an address that the user has come from before are a person who ' +
    'mistyped; a key proves more than a password that was guessed, and is worth half.',
  look: ({ event, address, habits }, { windowMs }) => {
    if (address === null || event.user === null) return null;
    const failed = sumOf(address.failed, event.atMs);
    if (failed < 3) return null;
    const users = countSince(address.users, event.atMs - windowMs);
    const known = users <= 1 && habits !== null && habits.addresses.has(address.address);
    const guessed = event.method !== 'publickey';
    const strength =
      rising(failed, [
        [3, 0.45],
        [5, 0.7],
        [8, 0.91],
        [50, 0.97],
      ]) *
      (known && failed <= 5 ? 0.6 : 1) *
      (guessed ? 1 : 0.5);
    return {
      technique: users >= 5 && failed / users <= 3 ? 'T1110.003' : 'T1110.001',
      strength,
      subject: { kind: 'address', name: address.address },
      words: `${theUser(event.user)} logged in from ${address.address} after ${times(failed, 'failed login')} from there ${minutes(windowMs)}`,
      count: failed + 1,
      features: ['failedLogins', 'failRatio', 'distinctUsers'],
    };
  },
};

export const successUnderAttack: Rule = {
  name: 'success under attack',
  technique: 'T1110.004',
  on: ['login'],
  threshold: 'a login by password from an address new for the user while 3 or more addresses are failing for that user',
  why: 'One of many addresses that try a name gets in: each of them alone looks like nothing.',
  look: ({ event, user, habits }, { windowMs }) => {
    if (user === null || event.address === null || event.method === 'publickey') return null;
    if (habits?.addresses.has(event.address) === true) return null;
    const addresses = countSince(user.addresses, event.atMs - windowMs);
    if (addresses < 3) return null;
    return {
      strength: rising(addresses, [
        [3, 0.7],
        [10, 0.88],
      ]),
      subject: { kind: 'user', name: user.user },
      words: `${theUser(user.user)} logged in from ${event.address} while ${addresses} addresses were failing to ${minutes(windowMs)}`,
      count: addresses,
      features: ['newAddress', 'failedLogins'],
    };
  },
};

export const newPlace: Rule = {
  name: 'login from a new place',
  technique: 'T1078',
  on: ['login'],
  threshold:
    'a network never seen of a user with 3 logins or more; with an hour never seen (20 logins or more) it is MEDIUM',
  why: 'A network is a /24 of IPv4 or a /48 of IPv6, what a site is usually given: another address of it is everyday life.',
  look: ({ event, session }) => {
    if (session === null || event.user === null || event.address === null) return null;
    const { newNetwork, newAddress, hourDeviation } = session;
    const oddHour = hourDeviation >= 0.95;
    if (!newAddress && !oddHour) return null;
    const place = newNetwork ? 0.5 : newAddress ? 0.15 : 0;
    const what = [
      ...(newNetwork ? ['a network it never came from'] : newAddress ? ['a new address of a known network'] : []),
      ...(oddHour ? ['at an hour it never does'] : []),
    ];
    return {
      strength: 1 - (1 - place) * (1 - (oddHour ? 0.3 : 0)),
      subject: { kind: 'user', name: event.user },
      words: `${theUser(event.user)} logged in from ${event.address}, ${what.join(' and ')}`,
      count: 1,
      features: ['newNetwork', 'newAddress', 'hourDeviation'],
    };
  },
};

const FRESH_MS = 24 * 3_600_000;

export const freshAccount: Rule = {
  name: 'login of a new account',
  technique: 'T1078',
  on: ['login'],
  threshold: 'a login from another machine within a day of the account being made',
  why: 'Accounts made to come back are used soon (T1136). An administrator who tells a new user the password sees the same once.',
  look: ({ event, createdMs }) => {
    if (createdMs === null || event.user === null || event.address === null || event.atMs - createdMs > FRESH_MS)
      return null;
    return {
      strength: 0.6,
      subject: { kind: 'user', name: event.user },
      words: `${theUser(event.user)} logged in from ${event.address}, an account made ${agoWords(event.atMs - createdMs)} before`,
      count: 1,
      features: ['newAddress'],
    };
  },
};

export const rootByPassword: Rule = {
  name: 'root by password',
  technique: 'T1078',
  on: ['login'],
  threshold: 'a login of root by password from another machine',
  why: "OpenSSH's default refuses it (PermitRootLogin prohibit-password); where it is usual, the user's habits make up for it.",
  look: ({ event, habits }) => {
    const remote =
      event.user === 'root' && event.address !== null && event.method === 'password' && event.program === 'sshd';
    if (!remote || (habits !== null && habits.logins >= 3)) return null;
    return {
      strength: 0.4,
      subject: { kind: 'user', name: 'root' },
      words: `root logged in by password from ${event.address ?? ''}`,
      count: 1,
      features: ['newAddress'],
    };
  },
};

function agoWords(ms: number): string {
  const minutesAgo = Math.max(1, Math.round(ms / 60_000));
  return minutesAgo < 120 ? times(minutesAgo, 'minute') : `${Math.round(minutesAgo / 60)} hours`;
}
