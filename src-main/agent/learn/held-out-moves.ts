// The owner's mouse windows in the order of time in; out, one after the other, how a profile made of those before scores each, and the
// same as invented people would have moved it: his own deviation around what another person of the prior is like. Forward in time, as a
// profile is used (prequential: A. P. Dawid, J. Royal Statistical Society A 147, 1984). Numbers alone leave.
import { mouseScorer } from '../infer/mouse-score.ts';
import type { HeldOutWindow } from './held-out-accuracy.ts';
import { coordinates, standardScores, type MouseWindowPrior } from './mouse-prior.ts';
import { mouseProfileOf, type MouseWindow } from './mouse-profile.ts';
import type { Random } from './random.ts';

/** The first profile is of so many windows; the next ones of a quarter more each. */
const FIRST_WINDOWS = 3;
const MORE_WINDOWS = 1.25;
/** The window just before shares its mood, so the profile does not know it. */
const BETWEEN = 1;
/** Of the newest windows. */
const MOST_WINDOWS = 200;
const IMPOSTORS = 10;

/** @param windows that share nothing, in order of time. Nothing comes out for fewer than five. */
export function* heldOutMoves(
  windows: readonly MouseWindow[],
  prior: MouseWindowPrior,
  random: Random,
): Generator<HeldOutWindow> {
  let known = 0;
  let scorer = null;
  const first = Math.max(FIRST_WINDOWS + BETWEEN, windows.length - MOST_WINDOWS);
  for (const [i, window] of windows.entries()) {
    if (i < first) continue;
    const enough = i - BETWEEN;
    if (scorer === null || enough >= MORE_WINDOWS * known) {
      known = enough;
      scorer = scorerOf(windows.slice(0, known), prior);
    }
    const { profile, llrOf, strokes } = scorer;
    const llr = llrOf(window.strokes);
    const point = coordinates(prior, standardScores(prior, window.vector));
    const impostors = Array.from({ length: IMPOSTORS }, () => {
      const person = prior.between.map((variance) => Math.sqrt(variance) * random.normal());
      return llr(point.map((x, d) => x - (profile.owner.mean[d] ?? 0) + (person[d] ?? 0)));
    });
    yield { learned: strokes, genuine: llr(point), impostors };
  }
}

function scorerOf(windows: readonly MouseWindow[], prior: MouseWindowPrior) {
  const profile = mouseProfileOf(windows, windows.length * prior.seconds, prior);
  const strokes = windows.reduce((sum, window) => sum + window.strokes, 0);
  return { profile, strokes, llrOf: mouseScorer(prior, profile).llrOf };
}
