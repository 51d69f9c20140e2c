// What this host tells of itself in, its entry in Redis out: written every few seconds while there is a connection, taken away at a clean
// stop. An entry that says nothing new is kept alive without being sent again. Nothing here can hold up the agent.
import {
  FORGOTTEN_AFTER_MS,
  PRESENCE_EVERY_MS,
  PRESENCE_EXPIRES_MS,
  type HostPresence,
} from '../../../../src-preload/fleet.ts';
import type { Alarm } from '../../collect/keep-running.ts';
import { messageOf } from '../../thrown.ts';
import type { RedisClient, RedisLink } from '../redis/redis-link.ts';
import { HOSTS, hostKey, NAMES, VIEW } from './presence-keys.ts';

/** What is used of a connection that comes back by itself: see RedisLink. */
export type PresenceLine = Pick<RedisLink, 'run'>;

export interface PresenceParts {
  readonly line: PresenceLine;
  readonly presence: () => HostPresence;
  readonly alarm: Alarm;
  /** By the clock on the wall. */
  readonly wallMs: () => number;
  /** Why viewers may miss this host; null: they do not. */
  readonly notice: (text: string | null) => void;
}

export interface PresenceWriter {
  /** When what is under way is over. */
  readonly settled: () => Promise<void>;
  /** Takes the entry away, where there is a connection. Never rejects. */
  readonly stop: () => Promise<void>;
}

/** While there is no connection, so that a host is seen soon after it has one: nothing is sent. */
const AGAIN_AFTER_MS = 1000;
/** Less than the time to the next one. */
const WRITE_WITHIN_MS = 4000;
/** Whoever stops the program waits for it. */
const REMOVE_WITHIN_MS = 1000;
/** How Redis begins an error; a connection that is gone speaks for itself. */
const ANSWER = /^[A-Z]{2,} /;
/** What nobody has heard of for long is taken from the list by whoever is there, once an hour. */
const TIDY_EVERY_TURNS = 3_600_000 / PRESENCE_EVERY_MS;

export function startPresence({ line, presence, alarm, wallMs, notice }: PresenceParts): PresenceWriter {
  let sent: { readonly id: string; readonly text: string } | null = null;
  let told = false;
  let turns = 0;
  let ended = false;
  let silence = (): void => undefined;

  async function write(client: RedisClient): Promise<void> {
    const now = presence();
    const text = JSON.stringify(now);
    const key = hostKey(now.id);
    const kept = sent?.text === text && (await client.pExpire(key, PRESENCE_EXPIRES_MS)) === 1;
    await Promise.all([
      // Together, or an entry could be left behind that never expires.
      ...(kept ? [] : [client.multi().hSet(key, VIEW, text).pExpire(key, PRESENCE_EXPIRES_MS).exec()]),
      ...(kept ? [] : [client.hSet(NAMES, now.id, JSON.stringify({ host: now.host, user: now.user }))]),
      client.zAdd(HOSTS, { score: Math.round(wallMs()), value: now.id }),
    ]);
    // After everything was deleted the installation is another one.
    if (sent !== null && sent.id !== now.id) await remove(client, sent.id);
    sent = { id: now.id, text };
    if (turns++ % TIDY_EVERY_TURNS === 0) await tidy(client, wallMs() - FORGOTTEN_AFTER_MS);
  }
  /** @returns when the next one comes */
  async function turn(): Promise<number> {
    try {
      await line.run(write, WRITE_WITHIN_MS);
      if (told) notice(null);
      told = false;
      return PRESENCE_EVERY_MS;
    } catch (error) {
      const reason = messageOf(error);
      if (!ANSWER.test(reason)) return AGAIN_AFTER_MS;
      notice(`The fleet view may miss this machine: ${reason}`);
      told = true;
      return PRESENCE_EVERY_MS;
    }
  }
  let current = Promise.resolve();
  function next(): void {
    current = turn().then((ms) => {
      if (!ended) silence = alarm.after(ms, next);
    });
  }
  next();

  return {
    settled: () => current,
    stop: async () => {
      ended = true;
      silence();
      await current;
      if (sent === null) return;
      const { id } = sent;
      // It expires anyway; then viewers say that it was not heard of any more.
      await line.run((client) => remove(client, id), REMOVE_WITHIN_MS).catch(() => undefined);
    },
  };
}

const remove = (client: RedisClient, id: string): Promise<unknown> =>
  Promise.all([client.del(hostKey(id)), client.zRem(HOSTS, id), client.hDel(NAMES, id)]);

async function tidy(client: RedisClient, beforeMs: number): Promise<void> {
  const old = await client.zRangeByScore(HOSTS, -Infinity, beforeMs);
  if (old.length === 0) return;
  await Promise.all([client.zRem(HOSTS, old), client.hDel(NAMES, old)]);
}
