// Ticks of one stream in, one at a time; their times and the values of a field out, in the order in which they came. They lie side by side in two
// blocks of memory that grow: thousands of small ones, taken over an hour between all else that is taken and given back, would leave holes that
// the C library can't return to the system, and more of them with each hour.
import type { Tick } from './tick-row.ts';

export interface Ticks {
  /** Microseconds. */
  readonly times: () => Float64Array;
  /** As many; NaN where there is none. */
  readonly column: (field: number) => Float64Array;
}

export interface TickTable extends Ticks {
  readonly length: () => number;
  readonly add: (tick: Tick) => void;
  /** The others are forgotten, and the memory that they took is given back. */
  readonly keep: (wanted: (us: number) => boolean) => void;
}

/** Enough that the values of a wide stream are a block that the C library maps by itself, and gives back whole. */
const FIRST_ROWS = 512;

/** @param fields values of each tick. */
export function tickTable(fields: number): TickTable {
  let [times, values, length] = blocks(FIRST_ROWS);

  function blocks(rows: number): [Float64Array, Float64Array, number] {
    return [new Float64Array(rows), new Float64Array(rows * fields), 0];
  }
  const makeRoom = (): void => {
    const [longer, wider] = blocks(2 * times.length);
    longer.set(times);
    wider.set(values);
    [times, values] = [longer, wider];
  };
  return {
    length: () => length,
    times: () => times.slice(0, length),
    column: (field) => {
      const column = new Float64Array(length);
      for (let row = 0; row < length; row++) column[row] = values[row * fields + field] as number;
      return column;
    },
    add: (tick) => {
      if (length === times.length) makeRoom();
      times[length] = tick.us;
      values.set(tick.values, length * fields);
      length += 1;
    },
    keep: (wanted) => {
      const kept = Array.from(times.subarray(0, length).keys()).filter((row) => wanted(times[row] as number));
      const [before, valuesBefore] = [times, values];
      let rows = FIRST_ROWS;
      while (rows < kept.length) rows *= 2;
      [times, values, length] = blocks(rows);
      for (const row of kept) {
        times[length] = before[row] as number;
        values.set(valuesBefore.subarray(row * fields, (row + 1) * fields), length * fields);
        length += 1;
      }
    },
  };
}

/** The values at these places, in their order. In a loop: an hour has thousands, and `Float64Array.from` takes them one by one through an iterator. */
export function picked(values: Float64Array, places: readonly number[]): Float64Array {
  const found = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) found[i] = values[places[i] as number] as number;
  return found;
}
