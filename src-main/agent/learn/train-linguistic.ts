// The owner's stretches and the prior in, all that the model keeps of them out: naive Bayes, how far its ratio can be taken at its word,
// how well it knew stretches that it had not seen, and the usual values for explanations.
import { COUNTED, LINGUISTIC_FEATURES } from '../features/linguistic-features.ts';
import { equalErrorRate, ratesAt } from './error-rates.ts';
import { scaled, type LinguisticPrior } from './linguistic-prior.ts';
import { fitLogistic, type Line } from './logistic.ts';
import { bayesRatio, fitNaiveBayes, type Gaussians } from './naive-bayes.ts';
import { createRandom } from './random.ts';

export interface TrainedLinguistic {
  readonly owner: Gaussians;
  /** Log-likelihood ratio = slope · (what naive Bayes says) + intercept. */
  readonly calibration: Line;
  /** Error rates at ratio 0 and where they are equal, on the owner's stretches left out and on stretches of invented people. */
  readonly heldOut: { readonly stretches: number; readonly far: number; readonly frr: number; readonly eer: number };
  /** Mean of each feature over the stretches that have it, in its unit; null where none has. */
  readonly usual: readonly (number | null)[];
}

/** Two for each block that is left out, and two more. */
const LEAST_STRETCHES = 10;
const BLOCKS = 4;
const INVENTED = 400;

/**
 * @param stretches values in the units of the table, NaN for missing, in order of time
 * @throws Error when there are too few, or the owner writes like anybody. Deterministic in its arguments.
 */
export function trainLinguistic(
  stretches: readonly Float64Array[],
  prior: LinguisticPrior,
  seed: number,
): TrainedLinguistic {
  if (stretches.length < LEAST_STRETCHES)
    throw new Error(
      `your writing needs ${LEAST_STRETCHES} stretches to be learned from, there are ${stretches.length}`,
    );
  const own = stretches.map(scaled);
  const { genuine, invented } = heldOutRatios(own, prior, seed);
  const calibration = calibrationFor(genuine, invented);
  const threshold = -calibration.intercept / calibration.slope;
  return {
    owner: fitNaiveBayes(own, prior.features, COUNTED).owner,
    calibration,
    heldOut: {
      stretches: genuine.length,
      ...ratesAt(genuine, invented, threshold),
      eer: equalErrorRate(genuine, invented),
    },
    usual: LINGUISTIC_FEATURES.map((_, i) => meanOf(stretches.map((values) => values[i] ?? Number.NaN))),
  };
}

/** Stretches next to each other are alike, so each is scored by a model of all but its quarter of the time. */
function heldOutRatios(own: readonly Float64Array[], prior: LinguisticPrior, seed: number) {
  const random = createRandom(seed);
  const blockOf = (i: number): number => Math.floor((i * BLOCKS) / own.length);
  const [genuine, invented]: [number[], number[]] = [[], []];
  for (let block = 0; block < BLOCKS; block += 1) {
    const model = fitNaiveBayes(
      own.filter((_, i) => blockOf(i) !== block),
      prior.features,
      COUNTED,
    );
    const held = own.filter((_, i) => blockOf(i) === block);
    genuine.push(...held.map((values) => bayesRatio(model, values)));
    for (let k = 0; k < INVENTED / BLOCKS; k += 1) {
      // What an invented stretch lacks is what a real one lacks: that tells of the text, not of the person.
      const like = held[random.int(held.length)];
      const values = scaled(prior.stretch(random)).map((x, i) => (Number.isNaN(like?.[i] ?? 0) ? Number.NaN : x));
      invented.push(bayesRatio(model, values));
    }
  }
  return { genuine, invented };
}

/**
 * Features that go together are counted as if each were news, so naive Bayes promises too much; how much too much, the owner's own
 * stretches tell (Brümmer & du Preez, Computer Speech & Language 20, 2006). It is never believed to promise too little.
 */
function calibrationFor(genuine: readonly number[], invented: readonly number[]): Line {
  const line = fitLogistic(genuine, invented);
  if (!(line.slope > 0))
    throw new Error('your writing can not be told from that of people in general yet; it needs more');
  return line.slope < 1 ? line : { slope: 1, intercept: 0 };
}

function meanOf(values: readonly number[]): number | null {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? null : known.reduce((sum, x) => sum + x, 0) / known.length;
}
