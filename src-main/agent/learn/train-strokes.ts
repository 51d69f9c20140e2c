// The owner's mouse windows and the prior in, all that the stroke model keeps of them out: the profile, and the usual values for
// explanations.
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import type { MouseWindowPrior } from './mouse-prior.ts';
import { mouseProfileOf, type MouseProfile, type MouseWindow } from './mouse-profile.ts';

export interface TrainedStrokes {
  readonly profile: MouseProfile;
  /** Mean and standard deviation (n) of each feature over the windows that have it; 0 and 0 where fewer than six do. */
  readonly owner: { readonly mean: readonly number[]; readonly sd: readonly number[] };
}

const LEAST_COMPARED = 6;

/** @param windows two or more that share nothing, in order of time */
export function trainStrokes(windows: readonly MouseWindow[], prior: MouseWindowPrior): TrainedStrokes {
  return { profile: mouseProfileOf(windows, windows.length * prior.seconds, prior), owner: usualOf(windows) };
}

function usualOf(windows: readonly MouseWindow[]): TrainedStrokes['owner'] {
  const usual = MOUSE_79_FEATURES.map((_, i) => {
    const known = windows.map(({ vector }) => vector[i] ?? Number.NaN).filter(Number.isFinite);
    if (known.length < LEAST_COMPARED) return { mean: 0, sd: 0 };
    const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
    return { mean, sd: Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length) };
  });
  return { mean: usual.map(({ mean }) => mean), sd: usual.map(({ sd }) => sd) };
}
