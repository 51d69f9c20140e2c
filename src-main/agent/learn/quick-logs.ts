// Numbers in, their natural logarithms out, to within 2e-15 and at a third of the time of Math.log: for a crowd of a thousand people, of
// whom four are taken each second.
//
// A number is 2^e m with m from 1 to 2. Of m the first 8 bits are looked up, and the rest is corrected by a short series, as in
// quick-normals.ts (P. T. P. Tang, ACM TOMS 16(4), 1990). Bits are read through a second view of the same memory, which has the low half
// of a number first on every machine that this program runs on.
const STEPS = 256;
const EXPONENTS = 2048;
const BIAS = 1023;

/** By the first eight bits of m: one over the middle of its step, and the logarithm of that middle. */
const inverses = new Float64Array(STEPS);
const logarithms = new Float64Array(STEPS);
for (let i = 0; i < STEPS; i += 1) {
  const middle = 1 + (i + 0.5) / STEPS;
  inverses[i] = 1 / middle;
  logarithms[i] = -Math.log(inverses[i] as number);
}
/** By the exponent as it is written: what takes it away again. */
const scales = Float64Array.from({ length: EXPONENTS }, (_, e) => 2 ** (BIAS - e));

/** Numbers, and the same memory as bits. */
export interface Numbers {
  readonly values: Float64Array;
  readonly bits: Uint32Array;
}

export function numbersOf(count: number): Numbers {
  const values = new Float64Array(count);
  return { values, bits: new Uint32Array(values.buffer) };
}

/** Puts the logarithm of each in its place. @param numbers above 0 and neither the least nor the greatest that there are: 1e-300 to 1e300 */
export function takeLogs({ values, bits }: Numbers): void {
  for (let j = 0; j < values.length; j += 1) {
    const high = bits[2 * j + 1] as number;
    const exponent = high >>> 20;
    const step = (high >>> 12) & (STEPS - 1);
    // At most 1/512 away: what is left out of the series is below 1e-17.
    const r = (values[j] as number) * (scales[exponent] as number) * (inverses[step] as number) - 1;
    const series = r * (1 - r * (1 / 2 - r * (1 / 3 - r * (1 / 4 - r / 5))));
    values[j] = (exponent - BIAS) * Math.LN2 + (logarithms[step] as number) + series;
  }
}
