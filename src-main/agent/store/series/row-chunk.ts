// Single rows of a stream in, one body for their times and one for each field out, and back. Every body holds as many entries as there are
// rows, so that a field can be read without the others.
import { levelOf, valueOf } from './level.ts';
import { numberReader, numberWriter } from './packed-numbers.ts';

const US_PER_MS = 1000;

/** @param times microseconds, ascending. */
export function timesBody(times: ArrayLike<number>): Uint8Array {
  const { put, bytes } = numberWriter();
  // Clocks are mostly read in milliseconds.
  const unit = Array.from(times).every((us) => us % US_PER_MS === 0) ? US_PER_MS : 1;
  put(times.length);
  put(unit);
  let [before, step] = [0, 0];
  for (let i = 0; i < times.length; i++) {
    const at = (times[i] as number) / unit;
    put(at - before - step);
    // The difference of differences: readings come at an even pace.
    [before, step] = [at, before === 0 ? 0 : at - before];
  }
  return bytes();
}

/** Microseconds, ascending. */
export function timesOf(body: Uint8Array): Float64Array {
  const next = numberReader(body);
  const times = new Float64Array(next());
  const unit = next();
  let [before, step] = [0, 0];
  for (let i = 0; i < times.length; i++) {
    const at = before + step + next();
    step = before === 0 ? 0 : at - before;
    before = at;
    times[i] = at * unit;
  }
  return times;
}

/** @param values NaN where there is none. @returns null where there is none at all. */
export function valuesBody(values: ArrayLike<number>): Uint8Array | null {
  const { put, bytes } = numberWriter();
  const runs = runsOf(values);
  if (runs.length < 2) return null;
  put(values.length);
  put(runs.length);
  for (const run of runs) put(run);
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const level = levelOf(value);
    put(level - before);
    before = level;
  }
  return bytes();
}

export function valuesOf(body: Uint8Array): Float64Array {
  const next = numberReader(body);
  const values = new Float64Array(next()).fill(NaN);
  const runs = Array.from({ length: next() }, next);
  let [at, level] = [0, 0];
  for (const [i, run] of runs.entries()) {
    const end = at + run;
    if (i % 2 === 0) at = end;
    for (; at < end; at++) values[at] = valueOf((level += next()));
  }
  return values;
}

/** Lengths of the stretches without and with values in turn, one without (maybe of none) first; the last without is left out. */
function runsOf(values: ArrayLike<number>): number[] {
  const runs: number[] = [];
  let [known, length] = [false, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]) === known) {
      runs.push(length);
      [known, length] = [!known, 0];
    }
    length += 1;
  }
  if (known) runs.push(length);
  return runs;
}
