// Readings of one thing (a source, a disk, a core) enter, each at its time; the last thousand of every field leave. Rings of numbers:
// one for the times, one a field, so that taking a reading in is a handful of stores.
import type { Readings } from '../../../src-preload/contract.ts';

export interface SeriesBlock {
  /** @param atMs not less than that of the reading before. */
  readonly push: (atMs: number, readings: Readings) => void;
  readonly fields: () => readonly string[];
  readonly lastMs: () => number;
  /** NaN where the last reading has none, or there is no such field. */
  readonly last: (field: string) => number;
  /** Readings from `fromMs` on, oldest first, those without a value left out; null for a field that it has never seen. */
  readonly window: (field: string, fromMs: number) => SeriesWindow | null;
}

export interface SeriesWindow {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export function createSeriesBlock(capacity: number): SeriesBlock {
  const times = new Float64Array(capacity);
  const fields: string[] = [];
  const columns: Float64Array[] = [];
  let written = 0;

  /** For readings with other fields than those before, or in another order. */
  function takeByName(readings: Readings, slot: number): void {
    for (const field of Object.keys(readings)) {
      if (fields.includes(field)) continue;
      fields.push(field);
      columns.push(new Float64Array(capacity).fill(NaN));
    }
    for (const [i, column] of columns.entries()) column[slot] = readings[fields[i] as string] ?? NaN;
  }
  /** Position of the first reading that is not before `fromMs`; positions count up and never wrap. */
  function firstFrom(fromMs: number): number {
    let [low, high] = [Math.max(0, written - capacity), written];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((times[middle % capacity] as number) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  return {
    push: (atMs, readings) => {
      const slot = written % capacity;
      times[slot] = atMs;
      written++;
      // The same fields in the same order each time, as a source writes them: this loop is what the speed of taking in depends on.
      let i = 0;
      for (const field in readings) {
        if (fields[i] !== field) return takeByName(readings, slot);
        (columns[i++] as Float64Array)[slot] = readings[field] ?? NaN;
      }
      if (i < fields.length) takeByName(readings, slot);
    },
    fields: () => fields,
    lastMs: () => (written === 0 ? -Infinity : (times[(written - 1) % capacity] as number)),
    last: (field) => {
      const column = columns[fields.indexOf(field)];
      return column === undefined || written === 0 ? NaN : (column[(written - 1) % capacity] as number);
    },
    window: (field, fromMs) => {
      const column = columns[fields.indexOf(field)];
      if (column === undefined) return null;
      const first = firstFrom(fromMs);
      const window = { times: new Float64Array(written - first), values: new Float64Array(written - first) };
      let count = 0;
      for (let at = first; at < written; at++) {
        const value = column[at % capacity] as number;
        if (Number.isNaN(value)) continue;
        window.times[count] = times[at % capacity] as number;
        window.values[count++] = value;
      }
      return { times: window.times.subarray(0, count), values: window.values.subarray(0, count) };
    },
  };
}
