// Input and log lines of a life in, each handed over when its time has come: input over POST /ingest, lines at the end of a log file that is
// rotated now and then. Ends when it is over.
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import type { InputEvent } from '../agent/events.ts';
import type { SoakClient } from './soak-client.ts';
import { soakLogHour, type TimedLine } from './soak-log.ts';
import type { SoakFed } from './soak-record.ts';
import { pause } from './soak-visits.ts';

export interface FeedParts {
  readonly client: Pick<SoakClient, 'ingest'>;
  readonly input: Iterator<InputEvent, never>;
  readonly logFile: string;
  readonly lifeMs: () => number;
  readonly over: AbortSignal;
}

export interface Feed {
  readonly fed: () => SoakFed;
  readonly done: Promise<void>;
}

/** Of the wall; at speed 10 it is a second of life. */
const STEP_MS = 100;
const MOST_AT_ONCE = 1000;
/** The agent refuses what is older than a minute. */
const LATE_MS = 30_000;
const HOUR_MS = 3_600_000;
const ROTATE_EVERY_HOURS = 3;

export function feed({ client, input, logFile, lifeMs, over }: FeedParts): Feed {
  let [events, refused, late, logLines] = [0, 0, 0, 0];
  const startMs = lifeMs();
  let next = input.next().value;

  async function hands(): Promise<void> {
    for (; !over.aborted; await pause(STEP_MS, over)) {
      const nowMs = lifeMs();
      const batch: InputEvent[] = [];
      for (; next.ts / 1000 <= nowMs && batch.length < MOST_AT_ONCE; next = input.next().value) {
        if (next.ts / 1000 < nowMs - LATE_MS) late += 1;
        else batch.push(next);
      }
      if (batch.length === 0) continue;
      const no = await client.ingest(batch);
      events += batch.length;
      refused += no < 0 ? batch.length : no;
    }
  }

  async function server(): Promise<void> {
    let hour = 0;
    let waiting: readonly TimedLine[] = [];
    for (; !over.aborted; await pause(STEP_MS * 5, over)) {
      const nowMs = lifeMs();
      for (; startMs + hour * HOUR_MS <= nowMs; hour += 1) {
        waiting = [...waiting, ...soakLogHour(startMs + hour * HOUR_MS, hour)];
        if (hour > 0 && hour % ROTATE_EVERY_HOURS === 0) {
          renameSync(logFile, `${logFile}.1`);
          writeFileSync(logFile, '');
        }
      }
      const due = waiting.filter(({ atMs }) => atMs <= nowMs);
      if (due.length === 0) continue;
      waiting = waiting.filter(({ atMs }) => atMs > nowMs);
      appendFileSync(logFile, `${due.map(({ line }) => line).join('\n')}\n`);
      logLines += due.length;
    }
  }
  const done = Promise.all([hands(), server()]).then(() => undefined);
  return { fed: () => ({ events, refused, late, logLines }), done };
}
