// What each channel found in each file enters; the score with thresholds that were chosen without the files they are judged on leaves. The
// files are split into folds; for each, the weight of every channel against its threshold is chosen on the other folds, among values
// that leave out the one in use.
import { anomalyScores, NAB_CHANNELS } from './nab-detector.ts';
import type { NabSeries } from './nab-files.ts';
import { NAB_PROFILES, nabScore, type NabProfileName, type NabScore, type ScoredFile } from './nab-score.ts';

export interface NabFolds {
  readonly folds: number;
  readonly scores: Readonly<Record<NabProfileName, NabScore>>;
}

/** A threshold times 2.5 to 0.4; the one in use, 1, is not among them. */
const WEIGHTS = [0.4, 0.57, 0.8, 1.13, 1.6, 2.26] as const;
const PASSES = 2;
const ALARM = 0.5;

/** One a channel, in the order of NAB_CHANNELS. */
type Weights = readonly number[];
/** By file, then by channel. */
type Found = readonly (readonly Float64Array[])[];

/** Files are dealt to the folds one after the other, so that each category lies in all of them. @param found see `Found`. */
export function crossValidated(all: readonly NabSeries[], found: Found, folds: number): NabFolds {
  const files = all.map((_, i) => i);
  const scored: ScoredFile[] = Array.from(all, ({ windows }) => ({ windows, scores: new Float64Array() }));
  for (let fold = 0; fold < folds; fold++) {
    const weights = chosen(
      all,
      found,
      files.filter((i) => i % folds !== fold),
    );
    for (const i of files.filter((one) => one % folds === fold)) scored[i] = weighted(all, found, i, weights);
  }
  const of = (name: NabProfileName): NabScore => nabScore(scored, NAB_PROFILES[name], ALARM);
  return {
    folds,
    scores: {
      standard: of('standard'),
      lowFalsePositives: of('lowFalsePositives'),
      lowFalseNegatives: of('lowFalseNegatives'),
    },
  };
}

/** The best of each channel in turn, the others as they are. */
function chosen(all: readonly NabSeries[], found: Found, files: readonly number[]): Weights {
  let weights: Weights = NAB_CHANNELS.map(() => WEIGHTS[0]);
  let best = -Infinity;
  for (let pass = 0; pass < PASSES; pass++) {
    for (const channel of NAB_CHANNELS.keys()) {
      for (const weight of WEIGHTS) {
        const tried = weights.with(channel, weight);
        const scored = files.map((i) => weighted(all, found, i, tried));
        const { score } = nabScore(scored, NAB_PROFILES.standard, ALARM);
        if (score > best) [best, weights] = [score, tried];
      }
    }
  }
  return weights;
}

function weighted(all: readonly NabSeries[], found: Found, file: number, weights: Weights): ScoredFile {
  const parts = found[file] ?? [];
  const raw = new Float64Array(parts[0]?.length ?? 0);
  for (const [channel, part] of parts.entries()) {
    const weight = weights[channel] ?? 0;
    for (let i = 0; i < raw.length; i++) raw[i] = Math.max(raw[i] as number, weight * (part[i] as number));
  }
  return { windows: all[file]?.windows ?? [], scores: anomalyScores(raw) };
}
