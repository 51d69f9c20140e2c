// The state around an event in, the vector that the isolation forest reads out: 14 features in this order, with unit and meaning in
// one table. Where something does not apply (no address, no session) a feature has the value of nothing having happened.
import type { Scene } from './watch.ts';
import { addressFigures } from './address-watch.ts';
import { isNewAddress, isNewNetwork } from './habits.ts';
import { sessionFigures } from './sessions.ts';
import { sumOf } from './sliding.ts';

export interface LogFeature {
  readonly name: string;
  readonly of: 'address' | 'user' | 'session';
  /** Empty for counts and shares. */
  readonly unit: string;
  /** For a sentence: `failed logins from the address in the window`. */
  readonly words: string;
}

export const LOG_FEATURES = [
  { name: 'failedLogins', of: 'address', unit: '', words: 'failed logins from the address in the window' },
  { name: 'distinctUsers', of: 'address', unit: '', words: 'different users tried from the address' },
  { name: 'failRatio', of: 'address', unit: '', words: 'share of its attempts that failed' },
  { name: 'meanGapS', of: 'address', unit: 's', words: 'mean time between its attempts' },
  { name: 'methodVariance', of: 'address', unit: '', words: 'mix of its ways to authenticate' },
  { name: 'hourDeviation', of: 'user', unit: '', words: "distance of the login from the user's usual hours" },
  { name: 'newAddress', of: 'user', unit: '', words: 'an address never seen of this user' },
  { name: 'firstSudo', of: 'user', unit: '', words: "the user's first command as root" },
  { name: 'failedSudo', of: 'user', unit: '', words: 'refused commands as root' },
  { name: 'newNetwork', of: 'user', unit: '', words: 'a network never seen of this user' },
  { name: 'privilegeS', of: 'session', unit: 's', words: 'time from login to the first command as root' },
  { name: 'commandRate', of: 'session', unit: '/min', words: 'commands as root' },
  { name: 'livingOff', of: 'session', unit: '', words: 'commands that a shell can be had from' },
  { name: 'accountChanges', of: 'session', unit: '', words: 'changes to accounts' },
] as const satisfies readonly LogFeature[];

export type LogFeatureName = (typeof LOG_FEATURES)[number]['name'];

export const FEATURE_COUNT = LOG_FEATURES.length;

/** @returns 14 finite numbers. */
export function vectorOf(scene: Scene, windowMs: number): Float32Array {
  const { event, address, user, habits, session } = scene;
  const { atMs } = event;
  const windowS = windowMs / 1000;
  const from = address === null ? NOTHING_FROM_ADDRESS : addressFigures(address, atMs, windowMs);
  const of = session === null ? null : sessionFigures(session, atMs, windowMs);
  // A command says nothing of where from: its session does.
  const mine = session !== null && (event.address === null || session.address === event.address);
  const tried = event.address !== null && habits !== null ? event.address : null;
  const newAddress = mine ? session.newAddress : tried !== null && habits !== null && isNewAddress(habits, tried);
  const newNetwork = mine ? session.newNetwork : tried !== null && habits !== null && isNewNetwork(habits, tried);
  return Float32Array.of(
    from.failed,
    from.users,
    from.failRatio,
    Math.min(windowS, from.meanGapS ?? windowS),
    from.methodVariance,
    session?.hourDeviation ?? 0,
    Number(newAddress),
    Number(session?.firstPrivilegeEver ?? false),
    user === null ? 0 : sumOf(user.privilegeFailed, atMs),
    Number(newNetwork),
    of?.privilegeS ?? windowS,
    of?.commandRate ?? 0,
    of?.livingOff ?? 0,
    of?.changes ?? 0,
  );
}

/** Whether a feature has the value of nothing having happened. */
export const isNeutral = (name: LogFeatureName, value: number, windowMs: number): boolean =>
  name === 'meanGapS' || name === 'privilegeS' ? value >= windowMs / 1000 : value === 0;

const NOTHING_FROM_ADDRESS = { failed: 0, users: 0, failRatio: 0, meanGapS: null, methodVariance: 0 } as const;
