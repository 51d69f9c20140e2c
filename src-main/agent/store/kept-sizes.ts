// The database in, how much of it is what out: sealed bytes and the oldest moment, by part of the data. Reads lengths alone, no content.
import type { Database } from './driver.ts';
import type { StorePart } from './erasure.ts';
import { streamOf, timesCode } from './series/streams.ts';

export interface KeptSize {
  readonly bytes: number;
  /** Milliseconds since the epoch; null where there is none, or it is of no time. */
  readonly sinceMs: number | null;
}

export type KeptSizes = Readonly<Record<StorePart, KeptSize>>;

interface SizeRow {
  readonly bytes: number | null;
  readonly since: number | null;
}

const US_PER_MS = 1000;
const SERIES_A_STREAM = 1000;

export function createKeptSizes(db: Database): () => KeptSizes {
  // Figures of the machine, and of what the program itself takes of it.
  const machineStreams = [streamOf('host'), streamOf('own')];
  const size = (sql: string) => db.prepare<[], SizeRow>(sql);
  const ofMachine = machineStreams
    .map((stream) => `(series >= ${timesCode(stream)} AND series < ${timesCode(stream) + SERIES_A_STREAM})`)
    .join(' OR ');
  const machineCodes = machineStreams.map(({ code }) => code).join(', ');
  const facts = `SELECT sum(length(value)) AS bytes, NULL AS since FROM meta WHERE`;
  const microseconds: Readonly<Record<StorePart, ReturnType<typeof size>[]>> = {
    learned: [
      size('SELECT sum(length(vector)) AS bytes, min(ts) AS since FROM "window"'),
      size('SELECT sum(length(card) + length(about) + coalesce(length(basis), 0)) AS bytes, NULL AS since FROM model'),
      size(`${facts} key NOT LIKE 'monitor-%'`),
    ],
    history: [
      size(`SELECT sum(length(body)) AS bytes, min(from_us) AS since FROM chunk WHERE NOT (${ofMachine})`),
      size(`SELECT sum(length(body)) AS bytes, min(us) AS since FROM tick WHERE stream NOT IN (${machineCodes})`),
    ],
    machine: [
      size(`SELECT sum(length(body)) AS bytes, min(from_us) AS since FROM chunk WHERE ${ofMachine}`),
      size(`SELECT sum(length(body)) AS bytes, min(us) AS since FROM tick WHERE stream IN (${machineCodes})`),
      size('SELECT sum(length(body)) AS bytes, min(us) AS since FROM event'),
      size(`${facts} key LIKE 'monitor-%'`),
    ],
    log: [size('SELECT sum(length(body)) AS bytes, 1000 * min(at_ms) AS since FROM entry WHERE body IS NOT NULL')],
  };
  const sum = (statements: ReturnType<typeof size>[]): KeptSize => {
    const rows = statements.map((statement) => statement.get() ?? { bytes: null, since: null });
    const since = rows.flatMap((row) => (row.since === null ? [] : [row.since / US_PER_MS]));
    return {
      bytes: rows.reduce((all, row) => all + (row.bytes ?? 0), 0),
      sinceMs: since.length === 0 ? null : Math.min(...since),
    };
  };
  const { learned, history, machine, log } = microseconds;
  return () => ({ learned: sum(learned), history: sum(history), machine: sum(machine), log: sum(log) });
}
