// Stretches of the owner's writing and what people in general do in, Gaussian naive Bayes for two classes out: the owner and somebody
// of the population, each feature normal and independent of the others given the class (Duda, Hart & Stork, Pattern Classification,
// 2001, section 2.6.2; what scikit-learn calls GaussianNB). The owner's mean and variance are drawn towards the population's as far as
// his stretches leave them open (Gelman et al., Bayesian Data Analysis, 2013, sections 2.5 and 3.3).

/** Of one class: mean and variance of each feature. */
export interface Gaussians {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

export interface NaiveBayes {
  readonly owner: Gaussians;
  readonly people: Gaussians;
  /** 1 for the features that count. */
  readonly counted: readonly (0 | 1)[];
}

/** What is known of one feature before the owner is. */
export interface FeaturePrior {
  readonly mean: number;
  /** Standard deviations from person to person, and of one person. */
  readonly between: number;
  readonly within: number;
}

/** So many stretches is the population's scatter within a person worth beside the owner's own. */
const PRIOR_STRETCHES = 20;

/** @param stretches values of each feature on a scale where they are about normal, NaN for missing; none: the owner is anybody */
export function fitNaiveBayes(
  stretches: readonly Float64Array[],
  prior: readonly FeaturePrior[],
  counted: readonly (0 | 1)[],
): NaiveBayes {
  const fitted = prior.map((feature, i) => {
    const known = stretches.map((values) => values[i] ?? Number.NaN).filter(Number.isFinite);
    return ownerOf(known, feature);
  });
  return {
    owner: { mean: fitted.map(({ mean }) => mean), variance: fitted.map(({ variance }) => variance) },
    people: {
      mean: prior.map(({ mean }) => mean),
      variance: prior.map(({ between, within }) => between ** 2 + within ** 2),
    },
    counted,
  };
}

/** Mean and variance of the owner's next value. */
function ownerOf(known: readonly number[], { mean: usual, between, within }: FeaturePrior) {
  const n = known.length;
  if (n === 0) return { mean: usual, variance: between ** 2 + within ** 2 };
  const own = known.reduce((sum, x) => sum + x, 0) / n;
  const squares = known.reduce((sum, x) => sum + (x - own) ** 2, 0);
  const scatter = (PRIOR_STRETCHES * within ** 2 + squares) / (PRIOR_STRETCHES + n - 1);
  const [ofOwn, ofUsual] = [n / scatter, 1 / between ** 2];
  return { mean: (ofOwn * own + ofUsual * usual) / (ofOwn + ofUsual), variance: scatter + 1 / (ofOwn + ofUsual) };
}

/** ln ratio owner : people of one stretch; a feature that is missing, or does not count, says nothing. */
export function bayesRatio(model: NaiveBayes, values: Float64Array): number {
  let sum = 0;
  for (const [i, counts] of model.counted.entries()) {
    const x = values[i] ?? Number.NaN;
    if (counts === 1 && !Number.isNaN(x)) sum += logDensity(model.owner, i, x) - logDensity(model.people, i, x);
  }
  return sum;
}

/** Without ln √2π, which is the same for both classes. */
function logDensity({ mean, variance }: Gaussians, i: number, x: number): number {
  const spread = variance[i] ?? 1;
  return -0.5 * (Math.log(spread) + (x - (mean[i] ?? 0)) ** 2 / spread);
}
