// Reads the hosts out of Redis every two seconds. In: a connection. Out: the book kept up to date, and how it stands. It writes nothing there.
import type { RedisClientType } from '@redis/client';
import { HOSTS_MOST, type RedisStanding } from '../../src-preload/fleet.ts';
import type { Alarm } from '../agent/collect/keep-running.ts';
import { HOSTS, hostKey, NAMES, VIEW } from '../agent/publish/fleet/presence-keys.ts';
import { troubleOf, type RedisTrouble } from '../agent/publish/redis/redis-trouble.ts';
import type { FleetBook, Found } from './fleet-book.ts';

/** What is used of a connection that comes back by itself (publish/redis/redis-link.ts). */
export interface ViewerLine {
  readonly view: () => {
    readonly status: RedisStanding['state'];
    readonly reason: string | null;
    readonly fix: string | null;
  };
  readonly run: <T>(work: (client: RedisClientType) => Promise<T>, withinMs?: number) => Promise<T>;
}

export interface ReaderParts {
  readonly line: ViewerLine;
  readonly book: FleetBook;
  readonly alarm: Alarm;
  readonly wallMs: () => number;
  /** After each look, whether or not it could be had. */
  readonly looked: () => void;
}

export interface FleetReader {
  readonly standing: () => RedisStanding;
  /** In Redis beyond what is listed. */
  readonly beyond: () => number;
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 2000;
const WITHIN_MS = 5000;
/** While there was no connection yet, the first one is not waited for by two seconds. */
const FIRST_EVERY_MS = 100;
/** Reads that are under way at once: a thousand hosts that begin together are no reason to hold a hundred megabytes. */
const AT_ONCE = 200;

export function startReading({ line, book, alarm, wallMs, looked }: ReaderParts): FleetReader {
  let readMs: number | null = null;
  let beyond = 0;
  let trouble: RedisTrouble | null = null;
  /** Infinity from the start until a connection was lost. */
  let upSinceMs = -Infinity;
  let wasUp: boolean | null = null;
  let ended = false;
  let silence = (): void => undefined;

  async function read(client: RedisClientType): Promise<void> {
    const [listed, all] = await Promise.all([
      client.zRangeWithScores(HOSTS, 0, HOSTS_MOST - 1, { REV: true }),
      client.zCard(HOSTS),
    ]);
    const found = await readEach(client, book.unread(listed));
    beyond = Math.max(0, all - listed.length);
    const nowMs = wallMs();
    book.take(listed, found, nowMs, alarm.nowMs() - upSinceMs);
    readMs = nowMs;
  }
  async function look(): Promise<void> {
    const isUp = line.view().status === 'connected';
    if (isUp && wasUp === false && readMs !== null) upSinceMs = alarm.nowMs();
    if (isUp || readMs !== null) wasUp = isUp;
    if (isUp) {
      trouble = await line.run(read, WITHIN_MS).then(
        () => null,
        (error: unknown) => troubleOf(error, 'Redis'),
      );
    }
    looked();
  }
  let current = Promise.resolve();
  function next(): void {
    current = look().then(() => {
      if (!ended) silence = alarm.after(readMs === null ? FIRST_EVERY_MS : EVERY_MS, next);
    });
  }
  next();

  return {
    standing: () => {
      const { status, reason, fix } = line.view();
      if (status === 'connected' && trouble !== null)
        return { state: 'waiting', reason: trouble.reason, fix: trouble.fix, readMs };
      return { state: status, reason, fix, readMs };
    },
    beyond: () => beyond,
    stop: async () => {
      ended = true;
      silence();
      await current;
    },
  };
}

/** The name is asked for only where there is no entry: of a host that is silent. */
async function readEach(client: RedisClientType, ids: readonly string[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const read = async (id: string): Promise<void> => {
      const view = await client.hGet(hostKey(id), VIEW);
      const name = view === null ? await client.hGet(NAMES, id) : null;
      found.set(id, { view, name });
    };
    await Promise.all(some.map(read));
  }
  return found;
}
