// What two agents did on the same input in, one with everything around it failing and one with nothing around it; and what reached Redis and a
// database. Out: figures that say whether the first was disturbed, and whether anything was lost or came twice.
import { parseRecord } from '../agent/publish/redis/redis-record.ts';
import type { OutageAgentReport } from './outage-agent.ts';

export interface Punctuality {
  readonly ticks: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

/** Nearest rank. */
export function punctuality(lateMs: readonly number[]): Punctuality {
  const sorted = lateMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { ticks: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) };
}

type Points = OutageAgentReport['points'];

export interface Agreement {
  /** Points that both kept, and those that one of them alone had after the first and before the last common one. */
  readonly common: number;
  readonly alone: number;
  /** In points of trust. */
  readonly mostApart: number;
  readonly sameStates: boolean;
}

export function agreement(a: Points, b: Points): Agreement {
  const others = new Map(b.map((point) => [point.atMs, point]));
  const pairs = a.flatMap((mine) => {
    const other = others.get(mine.atMs);
    return other === undefined ? [] : [{ mine, other }];
  });
  const [fromMs, toMs] = [pairs[0]?.mine.atMs ?? 0, pairs.at(-1)?.mine.atMs ?? 0];
  const within = (points: Points): number => points.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).length;
  return {
    common: pairs.length,
    alone: within(a) + within(b) - 2 * pairs.length,
    mostApart: Math.max(0, ...pairs.map(({ mine, other }) => apart(mine.trust, other.trust))),
    sameStates: pairs.every(({ mine, other }) => mine.state === other.state),
  };
}

const apart = (a: number | null, b: number | null): number =>
  a === null || b === null ? (a === b ? 0 : 100) : Math.abs(a - b);

export interface Delivery {
  /** Different ones. */
  readonly came: number;
  readonly twice: number;
  /** Numbers below the highest that never came. */
  readonly missing: number;
  /** After one with a higher number. */
  readonly late: number;
  readonly unreadable: number;
}

/** The scores among them, by the millisecond that they are of; of those that say a trust. */
export const scoredMs = (messages: readonly string[]): readonly number[] =>
  messages.flatMap((text) => {
    const parsed = parseRecord(text);
    return parsed.ok && parsed.record.type === 'score' && parsed.record.trust !== null ? [parsed.record.ts / 1000] : [];
  });

/** By the numbers that a sender gives its records. */
export function delivery(messages: readonly string[]): Delivery {
  const numbers = messages.map((text) => {
    const parsed = parseRecord(text);
    return parsed.ok ? parsed.record.seq : null;
  });
  const known = numbers.filter((seq) => seq !== null);
  const different = new Set(known);
  return {
    came: different.size,
    twice: known.length - different.size,
    missing: Math.max(0, ...known) - different.size,
    late: known.filter((seq, i) => i > 0 && seq < (known[i - 1] ?? 0)).length,
    unreadable: numbers.length - known.length,
  };
}

/** Of what was decided, by the time that a database has it under. */
export function stored(
  decidedMs: readonly number[],
  storedMs: readonly number[],
): Omit<Delivery, 'unreadable' | 'late'> {
  const different = new Set(storedMs);
  return {
    came: different.size,
    twice: storedMs.length - different.size,
    missing: decidedMs.filter((atMs) => !different.has(atMs)).length,
  };
}
