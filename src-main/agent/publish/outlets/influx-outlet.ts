// Records in, batches to a database once a second out. What it does not take now waits on the disk, over restarts; what it will never take
// is kept aside. Nothing here can hold up the agent: it only listens.
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { InfluxView, RejectedBatch } from '../../../../src-preload/contract.ts';
import { messageOf } from '../../thrown.ts';
import type { Alarm } from '../../collect/keep-running.ts';
import { lineOf, type Tags } from './line-protocol.ts';
import type { OutletRecord } from './outlet-record.ts';
import type { Sent } from './influx-send.ts';
import type { Batch, Spool } from './spool.ts';

export interface InfluxOutlet {
  readonly take: (record: OutletRecord) => void;
  readonly view: () => Omit<InfluxView, 'wanted'>;
  readonly rejected: () => readonly RejectedBatch[];
  /** When what is under way is over. */
  readonly settled: () => Promise<void>;
  /** Writes what waits to the disk. Never rejects. */
  readonly stop: () => Promise<void>;
}

export interface InfluxParts {
  readonly tags: Tags;
  readonly send: (body: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<Sent>;
  readonly spool: Spool;
  /** Of batches that were rejected, each after its reason and a line break. */
  readonly rejected: Spool;
  readonly alarm: Alarm;
  /** From 0 to 1, so that many machines do not come back at once. */
  readonly random: () => number;
  /** What the user should know; null: nothing any more. */
  readonly notice: (text: string | null) => void;
}

const BATCH_MS = 1000;
/** While the database is away batches are larger, or a night of it would be thirty thousand files. A crash costs so much at most. */
const AWAY_BATCH_MS = 10_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** A first failure is often over with the next try. */
const TOLD_AFTER = 3;
/** Of a rejected batch. */
const LINES_SHOWN = 20;
const compress = promisify(gzip);

interface Trouble {
  readonly reason: string;
  readonly fix: string | null;
}

export function createInfluxOutlet({ tags, send, spool, rejected, alarm, random, notice }: InfluxParts): InfluxOutlet {
  let lines: string[] = [];
  let sinceMs = alarm.nowMs();
  let notBeforeMs = -Infinity;
  let failures = 0;
  let trouble: Trouble | null = null;
  let lastRejection: string | null = null;
  let counts = { sent: 0, rejected: 0 };
  let lastSentMs: number | null = null;
  const ended = new AbortController();
  let silence = (): void => undefined;

  async function takeBatch(): Promise<Batch | null> {
    if (lines.length === 0) return null;
    const text = lines.join('\n');
    const count = text.split('\n').length;
    [lines, sinceMs] = [[], alarm.nowMs()];
    return { count, bytes: await compress(text) };
  }
  /** @returns whether it has left: taken, or put aside for good. */
  async function deliver({ count, bytes }: Batch): Promise<boolean> {
    const sent = await send(new Uint8Array(bytes), ended.signal);
    switch (sent.kind) {
      case 'taken':
        [failures, trouble, notBeforeMs] = [0, null, -Infinity];
        counts = { ...counts, sent: counts.sent + count };
        lastSentMs = Date.now();
        notice(null);
        return true;
      case 'rejected': {
        lastRejection = sent.reason;
        counts = { ...counts, rejected: counts.rejected + count };
        await rejected.add({ count, bytes: Buffer.concat([Buffer.from(`${sent.reason}\n`), bytes]) });
        notice(
          `The database does not take some of what it is sent: ${sent.reason}. It is kept: seclyzer influx --rejected`,
        );
        return true;
      }
      case 'refused':
      case 'later': {
        failures += 1;
        const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (0.5 + random() / 2);
        const asked = sent.kind === 'later' ? (sent.afterMs ?? 0) : 0;
        notBeforeMs = alarm.nowMs() + Math.max(wait, asked);
        trouble = { reason: sent.reason, fix: sent.kind === 'refused' ? sent.fix : null };
        if (failures === TOLD_AFTER || sent.kind === 'refused')
          notice(
            `Nothing goes to the database now, and waits on the disk: ${sent.reason}. ${trouble.fix ?? 'It is tried again.'}`,
          );
        return false;
      }
    }
  }
  async function keep(batch: Batch | null): Promise<void> {
    if (batch !== null) await spool.add(batch);
  }
  async function pump(): Promise<void> {
    const away = spool.state().batches > 0 || notBeforeMs > alarm.nowMs();
    if (!away || alarm.nowMs() - sinceMs >= AWAY_BATCH_MS) {
      const batch = await takeBatch();
      // What waits goes first.
      if (away) await keep(batch);
      else if (batch !== null && !(await deliver(batch))) await keep(batch);
    }
    while (!ended.signal.aborted && notBeforeMs <= alarm.nowMs()) {
      const oldest = spool.oldest();
      if (oldest === null || !(await deliver(oldest))) return;
      spool.remove(oldest.name);
    }
  }
  const safely = (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => notice(`What should go to the database can't be kept: ${messageOf(error)}`));
  let turn = Promise.resolve();
  function schedule(): void {
    silence = alarm.after(BATCH_MS, () => {
      turn = safely(pump).then(() => {
        if (!ended.signal.aborted) schedule();
      });
    });
  }
  schedule();

  return {
    take: (record) => {
      const line = lineOf(record, tags);
      if (line !== '') lines.push(line);
    },
    view: () => ({
      status: trouble === null ? 'sending' : trouble.fix === null ? 'waiting' : 'refused',
      ...{ reason: trouble?.reason ?? null, fix: trouble?.fix ?? null },
      ...{ sent: counts.sent, lastSentMs, waitingBytes: spool.state().bytes, dropped: spool.state().dropped },
      ...{ rejected: counts.rejected, rejection: lastRejection },
    }),
    rejected: () =>
      rejected.all().map(({ count, bytes }) => {
        const end = bytes.indexOf('\n');
        const text = gunzipSync(bytes.subarray(end + 1)).toString();
        return { reason: bytes.subarray(0, end).toString(), count, lines: text.split('\n').slice(0, LINES_SHOWN) };
      }),
    settled: () => turn,
    stop: async () => {
      silence();
      // What was under way is given up, and waits on the disk with the rest.
      ended.abort();
      await turn;
      await safely(async () => keep(await takeBatch()));
    },
  };
}
