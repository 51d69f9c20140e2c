// How often a person turns to the correction key: as a habit it tells people apart a little. In: counts. Out: his share against the
// population's, and the ratio of a window's counts. The share of a person is beta distributed (Beta-binomial model; Skellam,
// J. Royal Statistical Society B 10, 1948), so that few enrolled keystrokes promise little.

/** Pairs of successive keystrokes, and those of them that end in the correction key without having begun with it. */
export interface CorrectionCounts {
  readonly pairs: number;
  readonly corrections: number;
}

/** The population: mean share and how many pairs one person's share is worth knowing before his own have been seen. */
export interface CorrectionPrior {
  readonly share: number;
  readonly concentration: number;
}

/** No window's habit counts for more than this, in natural-log units: people also have bad days. */
const LIMIT = 4;

/** ln ratio owner : population of a window's counts. 0 when nothing was typed. */
export function correctionRatio(
  { share, concentration }: CorrectionPrior,
  own: CorrectionCounts,
  window: CorrectionCounts,
): number {
  const [a, b] = [share * concentration, (1 - share) * concentration];
  const owner = logBetaBinomial(a + own.corrections, b + own.pairs - own.corrections, window);
  return Math.min(LIMIT, Math.max(-LIMIT, owner - logBetaBinomial(a, b, window)));
}

/** ln of the chance of these counts in a given order: rising factorials of a and b over that of a + b. */
function logBetaBinomial(a: number, b: number, { pairs, corrections }: CorrectionCounts): number {
  return logRising(a, corrections) + logRising(b, pairs - corrections) - logRising(a + b, pairs);
}

function logRising(x: number, times: number): number {
  let sum = 0;
  for (let i = 0; i < times; i += 1) sum += Math.log(x + i);
  return sum;
}
