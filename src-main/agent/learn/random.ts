// A seed enters, a stream of reproducible random numbers leaves. Every trainer takes one, so that the same data and
// seed give the same model on every machine. sfc32 by Chris Doty-Humphrey, as in PractRand (RNGs/sfc.h): 96 bits of
// state and a counter, a period of at least 2^32.

export interface Random {
  /** A number in [0, 1), in steps of 2^-32. */
  readonly uniform: () => number;
  /** A draw from the normal distribution with mean 0 and standard deviation 1. */
  readonly normal: () => number;
  /** A whole number in [0, n), n from 1 to 2^31. */
  readonly int: (n: number) => number;
}

const WARM_UP_ROUNDS = 12;

/** @param seed a whole number from 0 to 2^53 - 1. @throws RangeError for any other. */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`a seed is a whole number from 0 on, not ${seed}`);
  const next = sfc32(seed);
  const uniform = () => next() / 2 ** 32;
  return { uniform, normal: boxMuller(uniform), int: (n) => Math.floor(uniform() * n) };
}

function sfc32(seed: number): () => number {
  let a = 0;
  let b = seed >>> 0;
  let c = Math.floor(seed / 2 ** 32);
  let counter = 1;
  const next = () => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) next();
  return next;
}

/** Box and Muller (1958), https://doi.org/10.1214/aoms/1177706645: two uniforms make two independent normals. */
function boxMuller(uniform: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    // 1 - u lies in (0, 1], where the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
