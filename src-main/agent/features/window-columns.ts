// The frames of the movements of a window in, window after window; out, each column of all of them in rising order. A window that moves
// on by a second keeps most of its movements: what is over is taken out of the order and what is new put into it, both in one pass.
import { at, sortedQuantile } from './distribution.ts';
import { COLUMNS, type MotionFrames } from './motion-frames.ts';
import type { Percentiles } from './motion-statistics.ts';
import { roomFor } from './room.ts';

/** @returns what {@link motionStatistics} would find out by itself; good until the next call */
export type WindowColumns = (movements: readonly MotionFrames[]) => Percentiles;

export function windowColumns(): WindowColumns {
  let before: ReadonlySet<MotionFrames> = new Set();
  const orders = new Map(COLUMNS.map((name) => [name, sortedColumn()]));
  const percentiles: Percentiles = (name, percents) => {
    const sorted = orders.get(name)?.values();
    if (sorted === undefined || sorted.length < 2) return percents.map(() => Number.NaN);
    return percents.map((percent) => sortedQuantile(sorted, percent / 100));
  };
  return (movements) => {
    const now = new Set(movements);
    const gone = [...before].filter((one) => !now.has(one));
    const came = movements.filter((one) => !before.has(one));
    before = now;
    if (gone.length + came.length === 0) return percentiles;
    for (const [name, { moveOn, begin }] of orders) {
      const columnOf = ({ columns }: MotionFrames): Float64Array => columns[name];
      // What compares with nothing is not found again: then all is put in order anew.
      if (!moveOn(gone.map(columnOf), came.map(columnOf))) begin(movements.map(columnOf));
    }
    return percentiles;
  };
}

interface SortedColumn {
  /** @param gone, came in rising order each. @returns false where not all that is gone was there; nothing has changed then. */
  readonly moveOn: (gone: readonly Float64Array[], came: readonly Float64Array[]) => boolean;
  readonly begin: (all: readonly Float64Array[]) => void;
  readonly values: () => Float64Array;
}

function sortedColumn(): SortedColumn {
  let sorted: Float64Array = new Float64Array(0);
  let spare: Float64Array = new Float64Array(0);
  let count = 0;
  const [roomGone, roomCame] = [roomFor(), roomFor()];
  const makeRoom = (most: number): void => {
    if (spare.length < most) spare = new Float64Array(2 * most);
  };
  const swap = (filled: number): void => {
    [sorted, spare, count] = [spare, sorted, filled];
  };
  return {
    values: () => sorted.subarray(0, count),
    begin: (all) => {
      makeRoom(lengthOf(all));
      const filled = put(all, spare);
      spare.subarray(0, filled).sort();
      swap(filled);
    },
    moveOn: (gone, came) => {
      const [out, fresh] = [inOrder(gone, roomGone), inOrder(came, roomCame)];
      makeRoom(count + fresh.length);
      const filled = moved({ sorted, count, out, fresh, into: spare });
      if (filled < 0) return false;
      swap(filled);
      return true;
    },
  };
}

interface Move {
  readonly sorted: Float64Array;
  readonly count: number;
  readonly out: Float64Array;
  readonly fresh: Float64Array;
  readonly into: Float64Array;
}

/** From one value that goes or comes to the next all that lies between is copied. @returns how many there are; -1 where one that goes is not there. */
function moved({ sorted, count, out, fresh, into }: Move): number {
  let [i, filled, o, f] = [0, 0, 0, 0];
  while (o < out.length || f < fresh.length) {
    const goes = o < out.length && !(f < fresh.length && at(fresh, f) < at(out, o));
    const value = goes ? at(out, o) : at(fresh, f);
    while (i < count && at(sorted, i) < value) into[filled++] = at(sorted, i++);
    if (!goes) {
      into[filled++] = value;
      f += 1;
    } else if (i < count && at(sorted, i) === value) {
      i += 1;
      o += 1;
    } else return -1;
  }
  while (i < count) into[filled++] = at(sorted, i++);
  return filled;
}

const lengthOf = (parts: readonly Float64Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** One after the other. @returns how many numbers they are */
function put(parts: readonly Float64Array[], into: Float64Array): number {
  let filled = 0;
  for (const part of parts) {
    into.set(part, filled);
    filled += part.length;
  }
  return filled;
}

function inOrder(parts: readonly Float64Array[], room: (length: number) => Float64Array): Float64Array {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only;
  const all = room(lengthOf(parts));
  put(parts, all);
  return all.sort();
}
