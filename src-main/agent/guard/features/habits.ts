// A user's logins in, what is usual for them out: where from, at what hours, and whether they become root. This is what is kept over
// restarts, sealed; what was part of an alarm is not learned.
import { networkOf } from '../parse/names.ts';

/** More would be no habit. */
const NETWORKS = 24;
const ADDRESSES = 48;
/** Logins before something can be said to be new. */
const LOGINS_TO_KNOW = 3;
/** Logins before an hour can be said to be unusual. */
const LOGINS_TO_KNOW_HOURS = 20;
/** An hour counts for those beside it, for nobody comes on the hour. */
const HOURS_BESIDE = 2;

export interface Habits {
  readonly user: string;
  firstMs: number;
  lastMs: number;
  logins: number;
  /** When last, oldest first. */
  readonly networks: Map<string, number>;
  readonly addresses: Map<string, number>;
  /** Logins by hour of local time. */
  readonly hours: number[];
  privileged: number;
  /** Of these, how many came within ten seconds of a login. */
  quickPrivileged: number;
  lastPrivilegeMs: number;
}

export const newHabits = (user: string, atMs: number): Habits => ({
  user,
  firstMs: atMs,
  lastMs: atMs,
  logins: 0,
  networks: new Map(),
  addresses: new Map(),
  hours: Array.from({ length: 24 }, () => 0),
  privileged: 0,
  quickPrivileged: 0,
  lastPrivilegeMs: -Infinity,
});

export function learnLogin(habits: Habits, atMs: number, address: string | null): void {
  habits.logins += 1;
  habits.lastMs = Math.max(habits.lastMs, atMs);
  const hour = new Date(atMs).getHours();
  habits.hours[hour] = (habits.hours[hour] ?? 0) + 1;
  if (address === null) return;
  keep(habits.addresses, address, atMs, ADDRESSES);
  keep(habits.networks, networkOf(address), atMs, NETWORKS);
}

export function learnPrivilege(habits: Habits, atMs: number, quick: boolean): void {
  habits.privileged += 1;
  if (quick) habits.quickPrivileged += 1;
  habits.lastPrivilegeMs = atMs;
  habits.lastMs = Math.max(habits.lastMs, atMs);
}

function keep(map: Map<string, number>, key: string, atMs: number, most: number): void {
  map.delete(key);
  map.set(key, atMs);
  if (map.size <= most) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

/** Remote logins known, whatever the user has done at the machine itself. */
const comesFromAfar = ({ addresses }: Habits): boolean => addresses.size > 0;

export const isNewAddress = (habits: Habits, address: string): boolean =>
  habits.logins >= LOGINS_TO_KNOW && !habits.addresses.has(address);
export const isNewNetwork = (habits: Habits, address: string): boolean =>
  habits.logins >= LOGINS_TO_KNOW && comesFromAfar(habits) && !habits.networks.has(networkOf(address));
export const isFirstPrivilege = (habits: Habits): boolean => habits.logins >= LOGINS_TO_KNOW && habits.privileged === 0;

/**
 * How unusual an hour is: 0 at the user's busiest, 1 where there was never a login within two hours of it. 0 while too little is known.
 * @param atMs its hour is that of local time
 */
export function hourDeviation(habits: Habits, atMs: number): number {
  if (habits.logins < LOGINS_TO_KNOW_HOURS) return 0;
  const around = habits.hours.map((_, hour) => {
    let sum = 0;
    for (let step = -HOURS_BESIDE; step <= HOURS_BESIDE; step += 1) sum += habits.hours[(hour + step + 24) % 24] ?? 0;
    return sum;
  });
  const busiest = Math.max(...around);
  return busiest === 0 ? 0 : 1 - (around[new Date(atMs).getHours()] ?? 0) / busiest;
}

/** As text, to be sealed. */
export const writeHabits = (habits: Habits): string =>
  JSON.stringify({ ...habits, networks: [...habits.networks], addresses: [...habits.addresses] });

/** JSON writes null for the moment that never was. */
type Stored = Omit<Habits, 'networks' | 'addresses' | 'lastPrivilegeMs'> & {
  readonly networks: [string, number][];
  readonly addresses: [string, number][];
  readonly lastPrivilegeMs: number | null;
};

/** @param text of `writeHabits`, out of its seal. */
export function readHabits(text: string): Habits {
  const stored = JSON.parse(text) as Stored;
  return {
    ...stored,
    networks: new Map(stored.networks),
    addresses: new Map(stored.addresses),
    lastPrivilegeMs: stored.lastPrivilegeMs ?? -Infinity,
  };
}
