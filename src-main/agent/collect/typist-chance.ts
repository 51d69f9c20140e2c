// Enters: a stream of random numbers. Leaves: the draws that the invented typists need.
import { createRandom, type Random } from '../learn/random.ts';
import type { Spread } from './typist-profile.ts';

/** A log-normal draw with this mean and standard deviation, so never negative and with a long tail, as human times are. */
export function drawMs({ mean, sd }: Spread, random: Random): number {
  const variance = Math.log(1 + (sd / mean) ** 2);
  return mean * Math.exp(Math.sqrt(variance) * random.normal() - variance / 2);
}

export const happens = (share: number, random: Random): boolean => random.uniform() < share;

/** A key of `weights`, drawn in proportion to its weight. @throws RangeError when there is none */
export function drawWeighted(weights: Readonly<Record<string, number>>, random: Random): string {
  const entries = Object.entries(weights);
  let left = random.uniform() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  const last = entries.at(-1);
  if (last === undefined) throw new RangeError('nothing to draw from');
  return last[0];
}

/** A standard normal number that always is the same for the same words: a person's fixed way with one pair of keys. */
export function fixedNormal(words: string): number {
  // FNV-1a, 32 bits (Fowler, Noll and Vo; RFC 9923).
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193);
  return createRandom(hash >>> 0).normal();
}
