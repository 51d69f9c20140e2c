// What a feature is, and how raw values become a vector. In: values where NaN says "cannot be computed in this window".
// Out: a finite vector in fixed order, with the values that had to be filled in marked.

/** `count` is a number of things, `ratio` a number without unit that may exceed 1. */
export type Unit =
  | 'ms'
  | '1/s'
  | 'words/min'
  | 'Hz'
  | 'bits'
  | 'count'
  | 'share'
  | 'ratio'
  | 'px'
  | 'px/s'
  | 'px/s²'
  | 'px/s³'
  | 'rad'
  | 'rad/px'
  | 'characters'
  | 'words'
  | '/100 words';

/** The domain in which a feature is closest to normal: `log` for positive magnitudes, `linear` for signed values and shares. */
export type Scale = 'log' | 'linear';

export interface Feature {
  /** Unique in its table, dotted: `dwell.mean`. */
  readonly name: string;
  readonly unit: Unit;
  readonly scale: Scale;
  /** For the dashboard: a noun phrase in plain words that never names a key. */
  readonly words: string;
  /** For the reader of the code and of a model card: the exact rule, its limits included. */
  readonly definition: string;
}

export const feature = (name: string, unit: Unit, scale: Scale, words: string, definition: string): Feature => ({
  name,
  unit,
  scale,
  words,
  definition,
});

export interface CompleteVector {
  /** In the order of the feature table; every value is finite. */
  readonly vector: Float32Array;
  /** 1 where the value came from the fallback because the window could not give one. */
  readonly missing: Uint8Array;
}

/**
 * Fills what could not be computed.
 * @param values one per feature; NaN (or anything that is not a finite float32) means missing
 * @param fallback the population's mean vector, same length; 0 is taken where it is left out
 * @throws RangeError when the lengths differ
 */
export function completeVector(values: Float64Array, fallback?: Float32Array): CompleteVector {
  if (fallback !== undefined && fallback.length !== values.length) {
    throw new RangeError(`fallback holds ${fallback.length} values, the feature table ${values.length}`);
  }
  const vector = Float32Array.from(values);
  const missing = new Uint8Array(vector.length);
  for (let i = 0; i < vector.length; i += 1) {
    if (Number.isFinite(vector[i])) continue;
    const mean = fallback?.[i] ?? 0;
    vector[i] = Number.isFinite(mean) ? mean : 0;
    missing[i] = 1;
  }
  return { vector, missing };
}

/** A value in the domain of its feature: ln(1 + value) for `log`, so that a time of 0 ms stays finite; itself for `linear`. */
export function onScale(scale: Scale, value: number): number {
  return scale === 'log' ? Math.log1p(Math.max(value, 0)) : value;
}
