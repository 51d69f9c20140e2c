// A window and the owner's usual values in, the feature that stands out most in plain words out. Never names a key.
import type { Feature } from '../features/feature-table.ts';

export interface Usual {
  /** Mean and standard deviation of each feature over the owner's enrolment windows. */
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

const HIGHER: Readonly<Record<string, readonly [string, string]>> = { ms: ['longer', 'shorter'] };

/**
 * @param isMissing features that the window does not have.
 * @returns for example "hold times 2.4 sd longer than yours", or a sentence that all is usual when nothing exceeds 1.5 sd.
 */
export function strongestReason(
  vector: Float32Array,
  features: readonly Feature[],
  usual: Usual,
  isMissing: (i: number) => boolean,
): string {
  let best = { z: 0, feature: features[0] };
  features.forEach((feature, i) => {
    const sd = usual.sd[i] ?? 0;
    if (sd <= 0 || isMissing(i)) return;
    const z = ((vector[i] ?? 0) - (usual.mean[i] ?? 0)) / sd;
    if (Math.abs(z) > Math.abs(best.z)) best = { z, feature };
  });
  if (best.feature === undefined || Math.abs(best.z) < 1.5) return 'every measure is close to yours';
  const [more, less] = HIGHER[best.feature.unit] ?? ['higher', 'lower'];
  const sds = Math.min(9.9, Math.abs(best.z)).toFixed(1);
  return `${best.feature.words} ${sds} sd ${best.z > 0 ? more : less} than yours`;
}
