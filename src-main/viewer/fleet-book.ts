// What Redis says of the hosts in, what is known of them out: a row each, which of them have changed, one in full. Holds the last word of a
// host that has fallen silent. The clock is passed in, and it is the viewer's: those of the hosts may be wrong.
import {
  FORGOTTEN_AFTER_MS,
  HOSTS_MOST,
  PRESENCE_EXPIRES_MS,
  type FleetHost,
  type FleetRow,
  type HostPresence,
  type RefusedEntry,
} from '../../src-preload/fleet.ts';
import { hostKey, HOSTS } from '../agent/publish/fleet/presence-keys.ts';
import { checkEntry, checkName, isInstallation, type HostName } from './entry-check.ts';
import { rowViewOf } from './row-view.ts';
import { createTrustMemory, type TrustMemory } from './trust-memory.ts';

/** A member of the sorted set of hosts; `score`: when the host wrote last, by its own clock. */
export interface Listed {
  readonly value: string;
  readonly score: number;
}

/** What was read of one host; null: there is none. */
export interface Found {
  readonly view: string | null;
  readonly name: string | null;
}

export interface FleetBook {
  /** Those of which something new is to be read. */
  readonly unread: (listed: readonly Listed[]) => readonly string[];
  /** @param upMs how long ago the connection came back, for hosts need some time to do so as well; Infinity where it was never lost */
  readonly take: (listed: readonly Listed[], found: ReadonlyMap<string, Found>, nowMs: number, upMs: number) => void;
  readonly rows: () => FleetRow[];
  /** Since the last time that this was asked. */
  readonly changes: () => { readonly rows: FleetRow[]; readonly gone: string[] };
  readonly host: (id: string, nowMs: number) => FleetHost | null;
  readonly refused: () => { readonly count: number; readonly newest: RefusedEntry[] };
}

interface Entry {
  readonly id: string;
  text: string | null;
  presence: HostPresence | null;
  name: HostName | null;
  heardMs: number;
  silent: boolean;
  missingSinceMs: number | null;
  row: FleetRow;
  readonly trust: TrustMemory;
}

/** Signed off, or lost with the Redis: then the host writes itself down again with its next turn. */
const GONE_AFTER_MS = 12_000;
/** The longest that a host waits before it tries to connect again (redis/redis-link.ts), and a turn. */
const COME_BACK_MS = 75_000;
const REFUSED_SHOWN = 20;
const KEY_SHOWN = 120;

export function createFleetBook(startMs: number): FleetBook {
  const entries = new Map<string, Entry>();
  const dirty = new Set<string>();
  const gone = new Set<string>();
  /** As they were read last, those of refused entries too. */
  let scores: ReadonlyMap<string, number> = new Map();
  let refusals = 0;
  let refused: readonly RefusedEntry[] = [];

  function refuse(key: string, reason: string, atMs: number): void {
    refusals += 1;
    const shown = key.slice(0, KEY_SHOWN);
    refused = [{ key: shown, reason, atMs }, ...refused.filter((one) => one.key !== shown)].slice(0, REFUSED_SHOWN);
  }
  function redraw(entry: Entry): void {
    const { id, presence, name, silent, heardMs } = entry;
    const view = presence === null ? null : rowViewOf(presence);
    const { host, user } = presence ?? name ?? { host: null, user: null };
    const before = entry.row;
    entry.row = { id, heardMs, silent, host, user, view };
    // That it was heard of again is no news as long as it was not silent.
    const same = JSON.stringify({ ...before, heardMs: 0 }) === JSON.stringify({ ...entry.row, heardMs: 0 });
    if (!same || (silent && before.heardMs !== heardMs)) dirty.add(id);
  }
  function hear(entry: Entry, presence: HostPresence, nowMs: number): void {
    const { trust, low, high, state } = presence;
    [entry.presence, entry.silent, entry.heardMs] = [presence, false, nowMs];
    entry.trust.add({ atMs: nowMs, trust, low, high, state });
    redraw(entry);
  }
  function takeOne({ value: id, score }: Listed, { view, name }: Found, nowMs: number): void {
    const known = entries.get(id);
    const entry = known ?? newEntry(id, score, nowMs);
    if (view === null) {
      // Between the two readings it may have expired.
      if (known !== undefined) return;
      entry.name = name === null ? null : checkName(name);
      entry.silent = true;
      add(entry);
      return redraw(entry);
    }
    if (entry.presence !== null && entry.text === view) return hear(entry, entry.presence, nowMs);
    const checked = checkEntry(id, view);
    if ('refused' in checked) return refuse(hostKey(id), checked.refused, nowMs);
    entry.text = view;
    add(entry);
    hear(entry, checked.ok, nowMs);
  }
  function add(entry: Entry): void {
    if (entries.has(entry.id) || entries.size >= 2 * HOSTS_MOST) return;
    entries.set(entry.id, entry);
    gone.delete(entry.id);
    dirty.add(entry.id);
  }
  function drop(id: string): void {
    entries.delete(id);
    dirty.delete(id);
    gone.add(id);
  }
  const inOrder = ({ value, score }: Listed): boolean => isInstallation(value) && Number.isFinite(score);

  return {
    unread: (listed) =>
      listed.flatMap((one) => (inOrder(one) && scores.get(one.value) !== one.score ? [one.value] : [])),
    take: (listed, found, nowMs, upMs) => {
      const there = new Map<string, number>();
      for (const one of listed) {
        const before = scores.get(one.value);
        if (!inOrder(one)) {
          if (!Object.is(before, one.score))
            refuse(`${HOSTS} ${one.value}`, 'not the id of an installation, or no moment', nowMs);
          there.set(one.value, one.score);
          continue;
        }
        const read = found.get(one.value);
        if (read !== undefined) there.set(one.value, one.score);
        else if (before !== undefined) there.set(one.value, before);
        const isOld = !entries.has(one.value) && read?.view === null && one.score < nowMs - FORGOTTEN_AFTER_MS;
        if (read !== undefined && !isOld) takeOne(one, read, nowMs);
      }
      scores = there;
      for (const entry of entries.values()) {
        entry.missingSinceMs = there.has(entry.id) ? null : (entry.missingSinceMs ?? nowMs);
        const missingMs = entry.missingSinceMs === null ? 0 : nowMs - entry.missingSinceMs;
        const settled = upMs > COME_BACK_MS;
        if ((settled && missingMs > GONE_AFTER_MS) || nowMs - entry.heardMs > FORGOTTEN_AFTER_MS) drop(entry.id);
        else if (settled && !entry.silent && nowMs - entry.heardMs > PRESENCE_EXPIRES_MS) {
          entry.silent = true;
          redraw(entry);
        }
      }
    },
    rows: () => Array.from(entries.values(), ({ row }) => row),
    changes: () => {
      const rows = [...dirty].flatMap((id) => entries.get(id)?.row ?? []);
      const left = [...gone];
      dirty.clear();
      gone.clear();
      return { rows, gone: left };
    },
    host: (id, nowMs) => {
      const entry = entries.get(id);
      if (entry === undefined) return null;
      const { row, presence, trust } = entry;
      return { row: { ...row, heardMs: entry.heardMs }, presence, history: trust.read(nowMs), sinceMs: startMs };
    },
    refused: () => ({ count: refusals, newest: [...refused] }),
  };
}

/** By its own clock it may have written in the future, or long ago: what is still there was written within its expiry. */
function newEntry(id: string, score: number, nowMs: number): Entry {
  const heardMs = Math.max(0, Math.min(score, nowMs));
  return {
    ...{ id, text: null, presence: null, name: null, heardMs, silent: false, missingSinceMs: null },
    row: { id, heardMs, silent: false, host: null, user: null, view: null },
    trust: createTrustMemory(),
  };
}
