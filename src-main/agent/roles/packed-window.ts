// A window of features in, few bytes out, and back: one bit a feature that says whether the window tells it, and the features that it tells.
import { KEYSTROKE_FEATURES, MOUSE_FEATURES } from '../features/index.ts';
import type { FeatureTable } from '../infer/model-card.ts';

export type WindowModality = 'keystroke' | 'mouse';

/** The feature table that a window was measured by: one of another version is refused. */
export const TABLES = {
  keystroke: 'keystroke-140/1',
  mouse: 'mouse-38/1',
} as const satisfies Record<WindowModality, FeatureTable>;

export const WIDTHS = {
  keystroke: KEYSTROKE_FEATURES.length,
  mouse: MOUSE_FEATURES.length,
} as const satisfies Record<WindowModality, number>;

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** @param values NaN for what the window does not tell. */
export function packValues(values: Float32Array): Buffer {
  const mask = Buffer.alloc(Math.ceil(values.length / 8));
  const told = Buffer.alloc(BYTES * values.length);
  let at = 0;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    mask[i >> 3] = (mask[i >> 3] ?? 0) | (1 << (i & 7));
    at = told.writeFloatLE(value, at);
  }
  return Buffer.concat([mask, told.subarray(0, at)]);
}

export interface Unpacked {
  readonly values: Float32Array;
  /** Bytes that it took. */
  readonly bytes: number;
}

/** @throws RangeError where the bytes end too early or hold what is no number. */
export function unpackValues(bytes: Buffer, width: number): Unpacked {
  const values = new Float32Array(width).fill(Number.NaN);
  let at = Math.ceil(width / 8);
  for (let i = 0; i < width; i += 1) {
    if (((bytes[i >> 3] ?? 0) & (1 << (i & 7))) === 0) continue;
    const value = bytes.readFloatLE(at);
    if (!Number.isFinite(value)) throw new RangeError(`feature ${i} of a window is ${value}`);
    values[i] = value;
    at += BYTES;
  }
  if (at > bytes.length) throw new RangeError('a window ends in its middle');
  return { values, bytes: at };
}
