// Which of his profiles the owner works with now. In: how well each profile explains what was just done. Out: how well the owner does,
// whichever it is, and what is to be believed of the choice from then on. Pure: a hidden Markov chain of one step (L. R. Rabiner,
// Proceedings of the IEEE 77, 1989), whose state is a keyboard and mouse.

/** By profile; positive, and together 1. */
export type Weights = ReadonlyMap<number, number>;

/**
 * Whoever works in one way now may do so in another later: after this time two thirds of what is believed of the choice are gone, a little
 * of it at each tick. Nobody has recorded people changing their keyboards; on two people's recordings as one owner's two keyboards
 * (evaluate/measure-profiles.ts) a minute instead of the hour made a change hardly easier and takeovers harder to notice: 83
 * keystrokes instead of 51.
 */
const CHANGE_AFTER_S = 3600;

/**
 * ln of the mean of exp(ratio), weighed, and the weights after it by Bayes' rule. With one profile it is that one's ratio.
 * @param ratios natural logarithms, by profile; 0, what anybody would do, where a profile says nothing.
 */
export function mix(weights: Weights, ratios: ReadonlyMap<number, number>): { readonly ratio: number; after: Weights } {
  const best = [...weights.keys()].reduce((most, id) => Math.max(most, ratios.get(id) ?? 0), Number.NEGATIVE_INFINITY);
  const weighed = new Map([...weights].map(([id, weight]) => [id, weight * Math.exp((ratios.get(id) ?? 0) - best)]));
  const sum = [...weighed.values()].reduce((total, x) => total + x, 0);
  return { ratio: best + Math.log(sum), after: new Map([...weighed].map(([id, x]) => [id, x / sum])) };
}

/** What is left of a belief after some time. @param shares what is believed when nothing is known of the present. */
export function relax(weights: Weights, shares: Weights, seconds: number): Weights {
  const left = Math.exp(-Math.max(0, seconds) / CHANGE_AFTER_S);
  return new Map([...shares].map(([id, share]) => [id, share + left * ((weights.get(id) ?? share) - share)]));
}

/** The one with the largest weight; null where there is none. */
export function likeliest(weights: Weights): number | null {
  const [first] = [...weights].toSorted(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}
