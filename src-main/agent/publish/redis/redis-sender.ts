// Commands in, each done by Redis once and in its order out, also over connections that break: what Redis has not taken waits in memory, up
// to a bound. Nothing here can hold up the agent: `take` puts a text into a list.
//
// One batch is under way at a time, as a transaction that also writes down how far it came. Where its answer is lost, that mark tells
// whether it was done; and one that a slow network brings after all, when it was done again, finds the mark moved and does nothing (WATCH,
// https://redis.io/docs/latest/develop/using-commands/transactions/). Only a Redis that loses its memory at that very moment may get a batch
// twice; its readers know by the numbers.
import type { Alarm } from '../../collect/keep-running.ts';
import { waitMs, type RedisLink } from './redis-link.ts';
import { troubleOf, type RedisTrouble } from './redis-trouble.ts';

/** A command as Redis takes it, of a number that only rises. */
export interface RedisCommand {
  readonly seq: number;
  readonly args: readonly string[];
}

export interface SenderView {
  /** Since the start. */
  readonly sent: number;
  readonly lastSentMs: number | null;
  readonly waiting: number;
  readonly waitingBytes: number;
  /** The oldest, let go because too much waited. */
  readonly dropped: number;
  /** While there is a connection, and yet it does not take them. */
  readonly trouble: RedisTrouble | null;
  readonly failures: number;
}

export interface RedisSender {
  readonly take: (command: RedisCommand) => void;
  /** There is a connection again. */
  readonly wake: () => void;
  readonly view: () => SenderView;
  /** Sends what waits, for a second at most. Never rejects. */
  readonly stop: () => Promise<void>;
}

export interface SenderParts {
  readonly link: Pick<RedisLink, 'run' | 'view'>;
  /** A key of this sender's own, where the mark is kept. */
  readonly markKey: string;
  readonly mostBytes: number;
  readonly alarm: Alarm;
  readonly random: () => number;
  /** `view` says something else of what is wrong. */
  readonly changed?: () => void;
}

/** What comes in one tick goes together. */
const GATHER_MS = 50;
const BATCH_COMMANDS = 200;
const BATCH_BYTES = 256 * 1024;
/** When it is stopped. */
const LAST_MS = 1000;
/** Longer than any connection is tried for. */
const MARK_SECONDS = 86_400;
/** Of an entry, besides its texts: the list, the object, the number. */
const OVERHEAD_BYTES = 120;

const bytesOf = ({ args }: RedisCommand): number => args.reduce((sum, { length }) => sum + length, OVERHEAD_BYTES);
const sizeOf = (commands: readonly RedisCommand[]): number => commands.reduce((sum, one) => sum + bytesOf(one), 0);

export function createRedisSender(parts: SenderParts): RedisSender {
  const { link, markKey, mostBytes, alarm, random, changed } = parts;
  let queue: RedisCommand[] = [];
  let flying: readonly RedisCommand[] = [];
  let bytes = 0;
  const counts = { sent: 0, dropped: 0 };
  let lastSentMs: number | null = null;
  let trouble: RedisTrouble | null = null;
  let failures = 0;
  /** Whether those up to this number were done is not known. */
  let unsureUntil: number | null = null;
  let turn: Promise<void> | null = null;
  let ended = false;
  let silence: (() => void) | null = null;

  function bound(): void {
    let oldest = 0;
    // The newest stays, whatever its size.
    for (; bytes > mostBytes && oldest < queue.length - 1; oldest += 1) bytes -= bytesOf(queue[oldest] as RedisCommand);
    if (oldest === 0) return;
    counts.dropped += oldest;
    queue = queue.slice(oldest);
  }
  function nextBatch(): readonly RedisCommand[] {
    let size = 0;
    const after = queue.findIndex((command, i) => {
      size += bytesOf(command);
      return i > 0 && (i >= BATCH_COMMANDS || size > BATCH_BYTES);
    });
    return queue.splice(0, after === -1 ? queue.length : after);
  }
  function done(commands: readonly RedisCommand[]): void {
    bytes -= sizeOf(commands);
    counts.sent += commands.length;
    lastSentMs = Date.now();
  }
  async function send(): Promise<void> {
    flying = nextBatch();
    const last = flying.at(-1);
    if (last === undefined) return;
    try {
      await link.run(async (client) => {
        // Answered before anything else: from here on the mark must not move.
        await client.watch(markKey);
        const mark = unsureUntil === null ? 0 : Math.min(unsureUntil, Number((await client.get(markKey)) ?? 0));
        const rest = flying.filter(({ seq }) => !(seq <= mark));
        if (rest.length === 0) return;
        const transaction = client.multi();
        for (const { args } of rest) transaction.addCommand([...args]);
        await transaction.set(markKey, String(last.seq), { expiration: { type: 'EX', value: MARK_SECONDS } }).exec();
      });
      done(flying);
      if (unsureUntil !== null && last.seq >= unsureUntil) unsureUntil = null;
    } catch (error) {
      queue = [...flying, ...queue];
      unsureUntil = Math.max(unsureUntil ?? 0, last.seq);
      throw error;
    } finally {
      flying = [];
      bound();
    }
  }
  const isThere = (): boolean => !ended && link.view().status === 'connected';
  const pump = (): Promise<void> =>
    (turn ??= pumpAll().finally(() => {
      turn = null;
      // What came in between.
      if (queue.length > 0 && silence === null && isThere()) schedule(GATHER_MS);
    }));
  async function pumpAll(): Promise<void> {
    try {
      while (queue.length > 0 && isThere()) await send();
      const again = failures > 0;
      [trouble, failures] = [null, 0];
      if (again) changed?.();
    } catch (error) {
      // Of a connection that is lost its link tells, and wakes this when there is another.
      if (isThere()) fail(error);
    }
  }
  function fail(error: unknown): void {
    failures += 1;
    trouble = troubleOf(error, 'Redis');
    schedule(waitMs(failures, random));
    changed?.();
  }
  function schedule(ms: number): void {
    silence?.();
    silence = alarm.after(ms, () => {
      silence = null;
      void pump();
    });
  }
  return {
    take: (command) => {
      if (ended) return;
      queue.push(command);
      bytes += bytesOf(command);
      bound();
      if (silence === null && turn === null && isThere()) schedule(GATHER_MS);
    },
    wake: () => schedule(0),
    view: () => ({
      ...{ sent: counts.sent, lastSentMs, waiting: queue.length + flying.length, waitingBytes: bytes },
      ...{ dropped: counts.dropped, trouble, failures },
    }),
    stop: async () => {
      silence?.();
      const late = Promise.withResolvers<void>();
      const cancel = alarm.after(LAST_MS, late.resolve);
      await Promise.race([pump(), late.promise]);
      cancel();
      ended = true;
    },
  };
}
