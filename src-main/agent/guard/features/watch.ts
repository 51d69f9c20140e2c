// Events in the order of the log in, the state that features and rules look at out: what came from each address, for each user and in
// each session within the window, and what is usual for whom. Bounded in each of them: a flood of new addresses pushes out the ones
// that have been quiet longest.
import type { LogEvent } from '../parse/event.ts';
import { addressWatch, noteAttempt, noteFailure, noteLine, type AddressWatch } from './address-watch.ts';
import { createBounded, type Bounded } from './bounded.ts';
import { livesOffTheLand } from './commands.ts';
import { createConnections } from './connections.ts';
import { hourDeviation, isFirstPrivilege, isNewAddress, isNewNetwork, newHabits, type Habits } from './habits.ts';
import { recentOf, see, type Recent } from './recent.ts';
import { noteChange, noteCommand, sessionOf, unseenSession, type Session } from './sessions.ts';
import { addTo, slidingOf, type Sliding } from './sliding.ts';

export interface UserWatch {
  readonly user: string;
  readonly failed: Sliding;
  /** That failed for this user. */
  readonly addresses: Recent;
  readonly privilegeFailed: Sliding;
}

/** What all addresses together do. */
export interface MachineWatch {
  readonly failed: Sliding;
  readonly addresses: Recent;
  readonly users: Recent;
}

/** Who is at work as root, to tell whose doing a change is: the programs that make it do not say. */
interface Actor {
  readonly session: Session;
  readonly atMs: number;
  /** Empty for a shell of root's own. */
  readonly command: string;
}

/** What there is to know about one event. */
export interface Scene {
  readonly event: LogEvent;
  readonly line: string;
  /** Whether it adds to the counts: the same attempt may be told twice. */
  readonly counted: boolean;
  readonly address: AddressWatch | null;
  readonly user: UserWatch | null;
  readonly habits: Habits | null;
  readonly session: Session | null;
  readonly machine: MachineWatch;
  /** Seconds from the login to this command; null where there is none. */
  readonly sinceLoginS: number | null;
  /** When the account was made, where that was seen. */
  readonly createdMs: number | null;
}

export interface WatchSizes {
  readonly windowMs: number;
  readonly addresses: number;
  readonly users: number;
}

export interface Watch {
  readonly take: (event: LogEvent, line: string) => Scene;
  readonly habits: Bounded<string, Habits>;
  readonly machine: MachineWatch;
  readonly address: (address: string) => AddressWatch | undefined;
  readonly sizes: () => { readonly addresses: number; readonly users: number; readonly evicted: number };
}

/** People, where addresses and names that were tried may be anything. */
const PEOPLE = 512;
const SESSIONS = 512;
const NEW_ACCOUNTS = 128;
const ADDRESSES_OF_A_USER = 64;
const OF_ALL = 512;
const OF_A_SESSION: ReadonlySet<LogEvent['kind']> = new Set(['privilege-failed', 'logout', 'schedule-changed']);
/** A change to an account this long after a command as root is taken for that command's doing. */
const DOING_MS = 60_000;
/** A shell, which may do anything, or one of the programs that change accounts. */
const CAN_CHANGE =
  /^$|^su$|(?:^|\/)(?:ba|da|z|c|k|fi)?sh\b|\b(?:user|group|passwd|shadow|ch(?:age|sh|fn|passwd)|vipw|vigr|add|del)/;
const isRoot = (target: string | null): boolean => target === null || target === 'root';

export function createWatch({ windowMs, addresses: mostAddresses, users: mostUsers }: WatchSizes): Watch {
  const addresses = createBounded<string, AddressWatch>(mostAddresses);
  const users = createBounded<string, UserWatch>(mostUsers);
  const habits = createBounded<string, Habits>(PEOPLE);
  const sessions = createBounded<string, Session>(SESSIONS);
  const created = createBounded<string, number>(NEW_ACCOUNTS);
  const connections = createConnections();
  const machine: MachineWatch = { failed: slidingOf(windowMs), addresses: recentOf(OF_ALL), users: recentOf(OF_ALL) };
  let actor: Actor | null = null;

  const made = <K, V>(all: Bounded<K, V>, key: K, make: () => V): V => {
    const found = all.get(key);
    if (found !== undefined) return found;
    const fresh = make();
    all.set(key, fresh);
    return fresh;
  };
  const addressOf = (address: string): AddressWatch => made(addresses, address, () => addressWatch(address, windowMs));
  const userOf = (user: string): UserWatch =>
    made(users, user, () => ({
      user,
      failed: slidingOf(windowMs),
      addresses: recentOf(ADDRESSES_OF_A_USER),
      privilegeFailed: slidingOf(windowMs),
    }));
  const sessionNow = (user: string): Session => made(sessions, user, () => unseenSession(user, windowMs));

  const failure = (event: LogEvent, address: AddressWatch | null, user: UserWatch | null): boolean => {
    const { atMs } = event;
    const count = connections.failures(event);
    if (count === 0) return false;
    addTo(machine.failed, atMs, count);
    if (user !== null) {
      addTo(user.failed, atMs, count);
      see(machine.users, user.user, atMs);
    }
    if (address !== null) {
      noteAttempt(address, atMs, event.method);
      noteFailure(address, atMs, event.user, count, windowMs);
      if (event.detail === 'unknown' && event.user !== null) see(address.unknownUsers, event.user, atMs);
      see(machine.addresses, address.address, atMs);
      if (user !== null) see(user.addresses, address.address, atMs);
    }
    return true;
  };
  const login = (event: LogEvent, address: AddressWatch | null): Session | null => {
    const { atMs, user } = event;
    connections.loggedIn(event);
    if (address !== null) {
      noteAttempt(address, atMs, event.method);
      addTo(address.ok, atMs);
    }
    if (user === null) return null;
    const known = made(habits, user, () => newHabits(user, atMs));
    const from = event.address;
    const session = sessionOf(
      {
        ...{ user, address: from, loginMs: atMs, hourDeviation: hourDeviation(known, atMs) },
        newAddress: from !== null && isNewAddress(known, from),
        newNetwork: from !== null && isNewNetwork(known, from),
      },
      windowMs,
    );
    sessions.set(user, session);
    if (user === 'root') actor = { session, atMs, command: '' };
    return session;
  };
  const privilege = (event: LogEvent): { readonly session: Session; readonly sinceLoginS: number | null } | null => {
    const { atMs, user } = event;
    if (user === null) return null;
    const session = sessionNow(user);
    const known = made(habits, user, () => newHabits(user, atMs));
    if (isFirstPrivilege(known)) session.firstPrivilegeEver = true;
    const sinceLoginS = noteCommand(session, atMs, livesOffTheLand(event.detail ?? ''));
    if (isRoot(event.target)) actor = { session, atMs, command: event.detail ?? '' };
    return { session, sinceLoginS };
  };
  const change = ({ atMs, kind, target }: LogEvent): Session | null => {
    if (kind === 'account-added' && target !== null) created.set(target, atMs);
    if (actor === null || Math.abs(atMs - actor.atMs) > DOING_MS || !CAN_CHANGE.test(actor.command)) return null;
    noteChange(actor.session, atMs);
    return actor.session;
  };

  const take = (event: LogEvent, line: string): Scene => {
    const { kind, user: name, atMs } = event;
    let address = event.address === null ? null : addressOf(event.address);
    const user = name === null || kind === 'cron' ? null : userOf(name);
    // Who only tries a name has no part in the session of its owner.
    let session = name !== null && OF_A_SESSION.has(kind) ? (sessions.peek(name) ?? null) : null;
    let counted = true;
    let sinceLoginS: number | null = null;
    switch (kind) {
      case 'login-failed':
      case 'abandoned':
        counted = failure(event, address, user);
        break;
      case 'key-refused':
        connections.failures(event);
        if (address !== null) noteAttempt(address, atMs, event.method);
        break;
      case 'unknown-user':
        if (address !== null && name !== null) see(address.users, name, atMs);
        break;
      case 'probe':
        counted = connections.isProbe(event);
        if (counted && address !== null) addTo(address.probes, atMs);
        break;
      case 'login':
        session = login(event, address);
        break;
      case 'privilege': {
        const done = privilege(event);
        session = done?.session ?? session;
        sinceLoginS = done?.sinceLoginS ?? null;
        break;
      }
      case 'privilege-failed':
        if (user !== null) addTo(user.privilegeFailed, atMs, event.count);
        break;
      case 'banned':
        if (address !== null) address.bannedMs = atMs;
        break;
      case 'account-added':
      case 'account-removed':
      case 'account-changed':
      case 'password-changed':
      case 'group-joined':
        session = change(event);
        break;
      default:
        break;
    }
    // A command belongs to where its session comes from.
    if (address === null && session?.address) address = addresses.peek(session.address) ?? null;
    if (address !== null && counted) noteLine(address, line);
    return {
      ...{ event, line, counted, address, user, session, machine, sinceLoginS },
      habits: name === null ? null : (habits.peek(name) ?? null),
      createdMs: name === null ? null : (created.peek(name) ?? null),
    };
  };

  return {
    take,
    habits,
    machine,
    address: (address) => addresses.peek(address),
    sizes: () => ({
      addresses: addresses.size(),
      users: users.size(),
      evicted: addresses.evicted() + users.evicted(),
    }),
  };
}
