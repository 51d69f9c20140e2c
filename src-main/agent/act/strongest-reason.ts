// A window and the owner's usual values in, the feature that stands out most in plain words out. Never names a key.
import type { Feature } from '../features/feature-table.ts';

export interface Usual {
  /** Mean and standard deviation of each feature over the owner's enrolment windows. */
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

const HIGHER: Readonly<Record<string, readonly [string, string]>> = { ms: ['longer', 'shorter'] };

/** Below this a single measure explains nothing. */
const NOTABLE_SD = 1.5;
/** Further away is told as that, for two digits of it would say no more. */
const MOST_SD = 9.9;

/**
 * @param looksAt which features count: those that the window has and that tell people apart.
 * @param fits whether the window as a whole speaks for the owner.
 * @returns for example "hold times 2.4 sd longer than yours".
 */
export function strongestReason(
  vector: Float32Array,
  features: readonly Feature[],
  usual: Usual,
  looksAt: (i: number) => boolean,
  fits: boolean,
): string {
  const distances = features.map((_, i) => {
    const sd = usual.sd[i] ?? 0;
    return sd > 0 && looksAt(i) ? ((vector[i] ?? 0) - (usual.mean[i] ?? 0)) / sd : Number.NaN;
  });
  const known = distances.filter(Number.isFinite);
  if (fits) return `${known.filter((z) => Math.abs(z) < NOTABLE_SD).length} of ${known.length} measures close to yours`;
  const furthest = known.reduce((best, z) => (Math.abs(z) > Math.abs(best) ? z : best), 0);
  const feature = features[distances.indexOf(furthest)];
  if (feature === undefined || Math.abs(furthest) < NOTABLE_SD) return 'many small differences from yours';
  const [more, less] = HIGHER[feature.unit] ?? ['higher', 'lower'];
  return `${feature.words} ${distanceInSd(furthest)} sd ${furthest > 0 ? more : less} than yours`;
}

/** How far from what is usual, in standard deviations, for "… longer than yours". */
export const distanceInSd = (sd: number): string =>
  Math.abs(sd) > MOST_SD ? `over ${MOST_SD}` : Math.abs(sd).toFixed(1);
