// One connection to a Redis that comes back by itself. In: the settings, a clock, chance. Out: the client while there is a connection, and how
// it stands. Each connection is a client of its own: password and certificates may have been exchanged, and nothing of a lost one lives on.
import { createClient, type RedisClientType } from '@redis/client';
import type { Alarm } from '../../collect/keep-running.ts';
import { codeOf } from '../../thrown.ts';
import type { RedisTarget } from './redis-target.ts';
import { troubleOf, type RedisTrouble } from './redis-trouble.ts';
import type { SecretTrouble } from '../secret-text.ts';

export type RedisClient = RedisClientType;

/** waiting: it is tried again by itself. refused: it is, but something must be done first, see `fix`. */
export type LinkStatus = 'off' | 'connecting' | 'connected' | 'waiting' | 'refused';

export interface LinkView {
  readonly status: LinkStatus;
  readonly reason: string | null;
  readonly fix: string | null;
  /** In a row, without a connection in between. */
  readonly failures: number;
}

export interface RedisLink {
  readonly view: () => LinkView;
  /**
   * Runs on the connection of this moment. Rejects at once where there is none: nothing waits in here. Where Redis has not answered in
   * `withinMs` (10 s), as one does that hangs, the connection is given up and it rejects; whether Redis has done it is then unknown.
   */
  readonly run: <T>(work: (client: RedisClient) => Promise<T>, withinMs?: number) => Promise<T>;
  /** For good: whoever waits in `run` is told that. */
  readonly close: () => void;
}

export interface LinkParts {
  /** Read anew for each connection. */
  readonly target: () => RedisTarget | SecretTrouble;
  /** Told of each new connection before it counts as one: subscriptions are made here. A rejection is a failure of the connection. */
  readonly connected?: (client: RedisClient) => Promise<void>;
  /** `view` has changed. */
  readonly changed?: (view: LinkView) => void;
  readonly alarm: Alarm;
  /** From 0 to 1, so that many machines do not come back at once. */
  readonly random: () => number;
}

const CONNECT_MS = 5000;
const ANSWER_MS = 10_000;
/** An idle connection is asked so often whether it still is one. */
const PING_MS = 15_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** What one connection may hold unanswered. */
const MOST_COMMANDS = 10_000;

/** Between half of it and the whole: 1 s, 2 s, 4 s up to a minute. */
export const waitMs = (failures: number, random: () => number): number =>
  Math.max(FIRST_WAIT_MS, Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (0.5 + random() / 2));

export function openRedisLink({ target, connected, changed, alarm, random }: LinkParts): RedisLink {
  let view: LinkView = { status: 'connecting', reason: null, fix: null, failures: 0 };
  let client: RedisClient | null = null;
  /** On its way. */
  let next: RedisClient | null = null;
  let place = 'Redis';
  let busy = 0;
  let ended = false;
  let silence = (): void => undefined;

  const show = (now: LinkView): void => {
    view = now;
    changed?.(now);
  };
  function fail({ reason, fix }: RedisTrouble): void {
    if (ended) return;
    const failures = view.failures + 1;
    silence();
    silence = alarm.after(waitMs(failures, random), () => void begin());
    show({ status: fix === null ? 'waiting' : 'refused', reason, fix, failures });
  }
  function lose(lost: RedisClient, error: unknown): void {
    lost.destroy();
    if (client !== lost) return;
    client = null;
    fail(troubleOf(error, place, true));
  }
  /** @throws the answer of Redis, or that there was none */
  async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
    const late = Promise.withResolvers<never>();
    const cancel = alarm.after(withinMs, () => late.reject(lateError(withinMs)));
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      cancel();
    }
  }
  async function run<T>(work: (now: RedisClient) => Promise<T>, withinMs = ANSWER_MS): Promise<T> {
    const now = client;
    if (now === null) throw new Error(view.reason ?? 'there is no connection to Redis');
    busy += 1;
    try {
      return await inTime(work(now), withinMs);
    } catch (error) {
      if (codeOf(error) === LATE) lose(now, error);
      throw error;
    } finally {
      busy -= 1;
    }
  }
  function keepAwake(): void {
    silence = alarm.after(PING_MS, () => {
      keepAwake();
      // What is under way tells as much; and a reader that waits for news would hold up the question.
      if (busy > 0 || client === null) return;
      const asked = client;
      void run((now) => now.ping()).catch((error: unknown) => lose(asked, error));
    });
  }
  async function begin(): Promise<void> {
    try {
      const found = target();
      if ('reason' in found) return fail(found);
      place = found.place;
      const mine = createClient({
        ...found.options,
        // Tried again here, with what the files hold then.
        socket: { ...found.options.socket, reconnectStrategy: false, connectTimeout: CONNECT_MS },
        ...{ RESP: 3, disableOfflineQueue: true, commandsQueueMaxLength: MOST_COMMANDS },
        // Neither of these is known to every server that is like Redis, and nobody needs them.
        ...{ disableClientInfo: true, maintNotifications: 'disabled' },
      }) as RedisClient;
      next = mine;
      mine.on('error', (error: unknown) => lose(mine, error));
      await inTime(
        mine.connect().then(() => connected?.(mine)),
        ANSWER_MS,
      );
      if (ended) return mine.destroy();
      if (!mine.isReady) throw new Error('it closed the connection at once');
      [client, next] = [mine, null];
      show({ status: 'connected', reason: null, fix: null, failures: 0 });
      keepAwake();
    } catch (error) {
      next?.destroy();
      fail(troubleOf(error, place));
    }
  }
  // Not before whoever asked for it has it: a file that can't be read is told of at once.
  silence = alarm.after(0, () => void begin());
  return {
    view: () => view,
    run,
    close: () => {
      ended = true;
      silence();
      client?.destroy();
      next?.destroy();
      [client, next] = [null, null];
      show({ status: 'off', reason: null, fix: null, failures: 0 });
    },
  };
}

/** The code of the error that says Redis has not answered. */
const LATE = 'REDIS_LATE';

const lateError = (withinMs: number): Error =>
  Object.assign(new Error(`it has not answered in ${withinMs / 1000} s`), { code: LATE });
