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

/** Beyond this a product is not multiplied any further, so that it stays a number. */
const LARGE = 1e250;

/** ln of x (x + 1) ... (x + times - 1), with one logarithm for as many of them as have room in a number. @param x above 0, below 1e50 */
function logRising(x: number, times: number): number {
  let [sum, product] = [0, 1];
  for (let i = 0; i < times; i += 1) {
    product *= x + i;
    if (product < LARGE) continue;
    sum += Math.log(product);
    product = 1;
  }
  return sum + Math.log(product);
}
