// A number in, a whole number of the same order out, and back: its sign, exponent and the first bits of its mantissa. The error is
// relative, so one rule serves per cents, bytes a second and mebibytes, and neighbours in value are neighbours as whole numbers.

/** Of the 23 of a float32: half a step of the last is 0.02 % of the value. */
const BITS = 11;
const SHIFT = 23 - BITS;
const HALF = 1 << (SHIFT - 1);
/** Infinity: what a float32 can't hold is held as the largest that it can. */
const LARGEST = 0x7f7fffff;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** @param value finite. @returns a whole number of at most 20 bits, 0 for 0. */
export function levelOf(value: number): number {
  float[0] = Math.abs(value);
  const size = Math.min((bits[0] as number) + HALF, LARGEST) >>> SHIFT;
  return value < 0 ? -size : size;
}

export function valueOf(level: number): number {
  bits[0] = Math.abs(level) << SHIFT;
  const size = float[0] as number;
  return level < 0 ? -size : size;
}
