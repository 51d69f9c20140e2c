// The owner's mouse windows and the prior in, all that the stroke model keeps of them out: the profile, the usual values for
// explanations, and how well windows were known that the profile had not seen.
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import { mouseScorer } from '../infer/mouse-score.ts';
import type { MouseWindowPrior } from './mouse-prior.ts';
import { mouseProfileOf, type MouseProfile, type MouseWindow } from './mouse-profile.ts';

export interface TrainedStrokes {
  readonly profile: MouseProfile;
  /** Mean and standard deviation (n) of each feature over the windows that have it; 0 and 0 where fewer than six do. */
  readonly owner: { readonly mean: readonly number[]; readonly sd: readonly number[] };
  /** Share of left-out windows whose ratio spoke against the owner; null for fewer than ten windows. */
  readonly heldOut: { readonly windows: number; readonly frr: number } | null;
}

const BLOCKS = 5;
const LEAST_HELD_OUT = 10;
const LEAST_COMPARED = 6;

/** @param windows two or more that share nothing, in order of time */
export function trainStrokes(windows: readonly MouseWindow[], prior: MouseWindowPrior): TrainedStrokes {
  return { profile: profileOf(windows, prior), owner: usualOf(windows), heldOut: heldOutOf(windows, prior) };
}

const profileOf = (windows: readonly MouseWindow[], prior: MouseWindowPrior): MouseProfile =>
  mouseProfileOf(windows, windows.length * prior.seconds, prior);

function usualOf(windows: readonly MouseWindow[]): TrainedStrokes['owner'] {
  const usual = MOUSE_79_FEATURES.map((_, i) => {
    const known = windows.map(({ vector }) => vector[i] ?? Number.NaN).filter(Number.isFinite);
    if (known.length < LEAST_COMPARED) return { mean: 0, sd: 0 };
    const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
    return { mean, sd: Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length) };
  });
  return { mean: usual.map(({ mean }) => mean), sd: usual.map(({ sd }) => sd) };
}

/** Windows next to each other are alike, so each is scored by a profile of all but its fifth of the time. */
function heldOutOf(windows: readonly MouseWindow[], prior: MouseWindowPrior): TrainedStrokes['heldOut'] {
  if (windows.length < LEAST_HELD_OUT) return null;
  const blockOf = (i: number): number => Math.floor((i * BLOCKS) / windows.length);
  let refused = 0;
  for (let block = 0; block < BLOCKS; block += 1) {
    const { llr } = mouseScorer(
      prior,
      profileOf(
        windows.filter((_, i) => blockOf(i) !== block),
        prior,
      ),
    );
    refused += windows.filter((window, i) => blockOf(i) === block && llr(window) < 0).length;
  }
  return { windows: windows.length, frr: refused / windows.length };
}
