// The models on feature vectors (forest on 140 keystroke or 38 mouse features, one-class SVM) as detectors: trained as the product
// trains them, on half-minutes of enrolment every five seconds, whatever the decision window is. The score is their calibrated
// log-likelihood ratio without the cap that the product puts on it, for the cap would make ties.
import type { InputEvent } from '../agent/events.ts';
import { filled } from '../agent/learn/negatives.ts';
import type { Prior } from '../agent/learn/prior.ts';
import { MIN_TRAINING_WINDOWS, trainVectorModel } from '../agent/learn/train-vector-model.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { ModelKind, VectorPath } from '../agent/vector-path.ts';
import { fitAgainstPeople } from './background-model.ts';
import type { DecisionWindow, Detector, Enrolled, Enrolment } from './detector.ts';
import { cutFeatureWindows, FOREST_HOP_US, type CutWindow } from './recorded-windows.ts';

export interface PreparedVector {
  readonly vector: Float32Array;
  /** Key strokes or mouse movements. */
  readonly count: number;
}

/** Fewer movements than this make no trajectory; keystrokes are scored from the first one on. */
const LEAST = { keystroke: 1, mouse: DEFAULT_SETTINGS.modalities.mouse.minEvents } as const;
/** Longer than any latency that a feature looks at: 5 s, features/key-strokes.ts and features/mouse-activity.ts. */
const APART_US = 6_000_000;

export function vectorDetector<E extends { readonly ts: number }>(
  path: VectorPath<E>,
  kind: ModelKind,
  prior: Prior,
): Detector<PreparedVector> {
  const fill = (windows: readonly CutWindow[]): CutWindow[] =>
    windows.map((window) => ({ ...window, vector: filled(window.vector, prior) }));
  const cut = (enrolment: Enrolment): CutWindow[] => fill(cutFeatureWindows(enrolment, path, FOREST_HOP_US, 'all'));
  return {
    name: kind.name,
    modality: path.modality,
    prepare: (window) => {
      const { vector, count } = path.measure(joined(window, path), prior.fallback);
      return { vector, count };
    },
    enrol: async (own, background) => {
      const windows = cut(own);
      if (windows.length < MIN_TRAINING_WINDOWS)
        throw new Error(`too little to learn from: ${windows.length} of ${MIN_TRAINING_WINDOWS} half-minutes`);
      const llr =
        background.length === 0
          ? await againstPrior(windows, path, kind, prior)
          : await fitAgainstPeople({ own: windows, people: background.map(cut), path, kind });
      return scored(llr, LEAST[path.modality]);
    },
  };
}

const scored = (llr: (vector: Float32Array) => number, least: number): Enrolled<PreparedVector> => ({
  score: ({ vector, count }) => (count < least ? null : llr(vector)),
});

async function againstPrior<E>(
  windows: readonly CutWindow[],
  path: VectorPath<E>,
  { name, fit }: ModelKind,
  prior: Prior,
): Promise<(vector: Float32Array) => number> {
  const { model, calibration } = await trainVectorModel({
    ...{ name, fit, windows, prior, seed: 1 },
    windowUs: DEFAULT_SETTINGS.windowUs,
    features: path.features,
    pause: () => Promise.resolve(),
  });
  const { slope, intercept, center, scale } = calibration;
  return (vector) => slope * ((model.score(vector) - center) / scale) + intercept;
}

/** The pieces one after the other, so far apart that no feature spans two of them. */
function joined<E extends { readonly ts: number }>({ pieces }: DecisionWindow, path: VectorPath<E>): E[] {
  const events: E[] = [];
  for (const piece of pieces) {
    const mine = piece.map((event: InputEvent) => path.mine(event)).filter((event) => event !== null);
    const shiftUs = events.length === 0 ? 0 : (events.at(-1)?.ts ?? 0) + APART_US - (mine[0]?.ts ?? 0);
    events.push(...mine.map((event) => (shiftUs === 0 ? event : { ...event, ts: event.ts + shiftUs })));
  }
  return events;
}
