// Entries of a collector in, each once in the stream of its partition out. One batch is under way at a time and is sent again until Redis has said
// that it has it; the stream passes over what it has already. While Redis is away entries wait here, the oldest go first and are counted.
import type { Alarm } from '../collect/keep-running.ts';
import type { Cipher } from '../store/cipher.ts';
import { messageOf } from '../thrown.ts';
import type { SealedEntry } from './append.ts';
import { packEntry, sealEntry, type Entry } from './entry.ts';

export interface WriterView {
  readonly sent: number;
  readonly waiting: number;
  readonly dropped: number;
  /** Why they wait; null where they need not. */
  readonly reason: string | null;
}

export interface StreamWriter {
  readonly take: (entry: Entry) => void;
  readonly view: () => WriterView;
  /** When nothing waits any more, or the last try has failed. */
  readonly settled: () => Promise<void>;
  /** Gives what waits a last try. */
  readonly stop: () => Promise<void>;
}

export interface WriterParts {
  /** Rejects where it is not known whether they are there. */
  readonly append: (entries: readonly SealedEntry[]) => Promise<unknown>;
  readonly cipher: Cipher;
  readonly subject: string;
  /** Of the collector: counted from 1, and never the same again. */
  readonly run: number;
  readonly alarm: Alarm;
  /** Redis has not taken something, or takes it again. */
  readonly told?: (view: WriterView) => void;
  /** Entries that wait at the most: 2,000 are nearly three hours of use and 2 MiB. */
  readonly bound?: number;
}

const BOUND = 2000;
const BATCH = 100;
/** The connection has waits of its own; this is for a server that is there and takes nothing. */
const AGAIN_MS = 1000;

interface Waiting {
  readonly seq: number;
  readonly packed: Buffer;
}

export function createStreamWriter(parts: WriterParts): StreamWriter {
  const { append, cipher, subject, run, alarm, told, bound = BOUND } = parts;
  const waiting: Waiting[] = [];
  /** Sent, and not known to be there. */
  let underWay: readonly Waiting[] = [];
  let seq = 0;
  let counts = { sent: 0, dropped: 0 };
  let reason: string | null = null;
  let ended = false;
  let turn: Promise<void> | null = null;
  let silence = (): void => undefined;

  const view = (): WriterView => ({ ...counts, waiting: underWay.length + waiting.length, reason });

  /** @returns whether Redis has it. */
  async function send(): Promise<boolean> {
    if (underWay.length === 0) underWay = waiting.splice(0, BATCH);
    const entries = underWay.map(({ seq: number, packed }) => {
      const at = { run, seq: number };
      return { at, sealed: sealEntry(cipher, subject, at, packed) };
    });
    try {
      await append(entries);
    } catch (error) {
      reason = messageOf(error);
      told?.(view());
      return false;
    }
    counts = { ...counts, sent: counts.sent + entries.length };
    const again = reason !== null;
    [underWay, reason] = [[], null];
    if (again) told?.(view());
    return true;
  }
  async function pump(): Promise<void> {
    while (underWay.length + waiting.length > 0) {
      if (await send()) continue;
      if (!ended) silence = alarm.after(AGAIN_MS, start);
      return;
    }
  }
  function start(): void {
    silence();
    turn ??= pump().finally(() => (turn = null));
  }
  return {
    take: (entry) => {
      seq += 1;
      waiting.push({ seq, packed: packEntry(entry) });
      const excess = Math.max(0, waiting.length - bound);
      // Their numbers stay empty: the scorer counts them as well.
      waiting.splice(0, excess);
      counts = { ...counts, dropped: counts.dropped + excess };
      if (reason === null && !ended) start();
    },
    view,
    settled: async () => {
      await turn;
    },
    stop: async () => {
      ended = true;
      silence();
      await turn;
      if (underWay.length + waiting.length > 0) await pump();
    },
  };
}
