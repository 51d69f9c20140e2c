// The table of processes. In: the lists that the agent keeps, the chosen column. Out: the rows in order.
import type { ProcessRow, TopProcesses } from '../src-preload/contract.ts';

export const COLUMNS = ['name', 'pid', 'cpuPercent', 'rssMiB', 'vmsMiB', 'threads', 'startedMs'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  readonly by: Column;
  readonly up: boolean;
}

/** As many as the longer of the agent's lists. */
export const ROWS = 10;

/** What is text and what is a number goes upwards at first, what is an amount downwards: the most is what is looked for. */
export const firstOrder = (by: Column): Order => ({ by, up: by === 'name' || by === 'pid' });

/** The same column again turns the order. */
export const nextOrder = (before: Order, by: Column): Order =>
  before.by === by ? { by, up: !before.up } : firstOrder(by);

/**
 * Those that use most of the processor and of memory, each once. Processes that are equal stand by their number, so that a list of idle
 * ones does not move.
 */
export function orderedRows({ byCpu, byMemory }: TopProcesses, { by, up }: Order): readonly ProcessRow[] {
  const all = [...new Map([...byMemory, ...byCpu].map((row) => [row.pid, row])).values()];
  const compare = (a: ProcessRow, b: ProcessRow): number =>
    by === 'name' ? a.name.localeCompare(b.name, 'en') : a[by] - b[by];
  return all.toSorted((a, b) => (up ? compare(a, b) : compare(b, a)) || a.pid - b.pid).slice(0, ROWS);
}

/** The same processes in the same places, with their figures of now; who has gone from the lists keeps his last ones. */
export function heldRows({ byCpu, byMemory }: TopProcesses, shown: readonly ProcessRow[]): readonly ProcessRow[] {
  const now = new Map([...byMemory, ...byCpu].map((row) => [row.pid, row]));
  return shown.map((row) => now.get(row.pid) ?? row);
}
