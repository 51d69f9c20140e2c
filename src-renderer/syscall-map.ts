// The heat map of system calls. In: what the helper counted second by second. Out: a row a call, the most frequent first, with a cell for
// each power of two of microseconds.
import type { HostView, SyscallView } from '../src-preload/contract.ts';
import { quantity } from './format.ts';

export interface SyscallCell {
  readonly count: number;
  /** 0-1, by the logarithm of the count: a cell of ten must be seen beside one of a million. */
  readonly heat: number;
}

export interface SyscallRow {
  readonly name: string;
  readonly count: number;
  readonly errors: number;
  readonly cells: readonly SyscallCell[];
}

export interface SyscallMap {
  /** Length of the time that was counted. */
  readonly seconds: number;
  /** Each column's shortest time in words. */
  readonly columns: readonly string[];
  readonly rows: readonly SyscallRow[];
  /** Calls that have no row. */
  readonly others: number;
}

/** Seconds that are added up: one alone flickers. */
export const KEPT = 30;
const ROWS = 16;
/** All that is shorter than two microseconds is one column, and all from a second on. */
const FIRST_NS_POWER = 10;
const LAST_NS_POWER = 30;

/** A second that is there already is not counted twice. */
export function withSecond(
  kept: readonly SyscallView[],
  { syscalls }: Pick<HostView, 'syscalls'>,
): readonly SyscallView[] {
  if (!syscalls.ok) return [];
  const next = syscalls.reading;
  return next.ts === kept.at(-1)?.ts ? kept : [...kept, next].slice(-KEPT);
}

/** `1 µs`, `512 µs`, `1 ms`, `524 ms`, `1 s`. */
function timeWords(nsPower: number): string {
  const us = 2 ** (nsPower - FIRST_NS_POWER);
  if (us < 1024) return `${us} µs`;
  return us < 2 ** 20 ? `${us / 1024} ms` : `${us / 2 ** 20} s`;
}

const columnOf = (nsPower: number): number =>
  Math.min(LAST_NS_POWER, Math.max(FIRST_NS_POWER, nsPower)) - FIRST_NS_POWER;

export function syscallMap(kept: readonly SyscallView[]): SyscallMap {
  const byName = new Map<string, { count: number; errors: number; cells: number[] }>();
  for (const { name, count, errors, latencyLog2Ns } of kept.flatMap(({ calls }) => calls)) {
    const row = byName.get(name) ?? { count: 0, errors: 0, cells: [] };
    byName.set(name, row);
    row.count += count;
    row.errors += errors;
    for (const [power, some] of latencyLog2Ns.entries()) {
      const column = columnOf(power);
      row.cells[column] = (row.cells[column] ?? 0) + some;
    }
  }
  const all = [...byName].toSorted(([, a], [, b]) => b.count - a.count);
  const shown = all.slice(0, ROWS);
  const columns = Math.max(0, ...shown.map(([, { cells }]) => cells.length));
  const most = Math.max(1, ...shown.flatMap(([, { cells }]) => cells.map((count) => count ?? 0)));
  const cellOf = (count = 0): SyscallCell => ({ count, heat: Math.log1p(count) / Math.log1p(most) });
  return {
    seconds: kept.reduce((sum, { seconds }) => sum + seconds, 0),
    columns: Array.from({ length: columns }, (_, column) => timeWords(column + FIRST_NS_POWER)),
    rows: shown.map(([name, { count, errors, cells }]) => ({
      ...{ name, count, errors },
      cells: Array.from({ length: columns }, (_, column) => cellOf(cells[column])),
    })),
    others: all.length - shown.length,
  };
}

/** `read: 120 calls of 64 µs up to 128 µs` */
export function cellWords(
  { name }: SyscallRow,
  { count }: SyscallCell,
  columns: readonly string[],
  column: number,
): string {
  const from = column === 0 ? 'less than' : `${columns[column]} up to`;
  const to = timeWords(column + FIRST_NS_POWER + 1);
  const bounds = column === LAST_NS_POWER - FIRST_NS_POWER ? `${columns[column]} and more` : `${from} ${to}`;
  return `${name}: ${quantity(count)} ${count === 1 ? 'call' : 'calls'} of ${bounds}`;
}
