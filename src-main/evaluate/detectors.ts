// The list of what can be evaluated: each detector made from the priors in a models folder, as the product loads them. A new
// detector is one file and one line here; a new prior is one line in priors.ts.
import { loadLinguisticPrior } from '../agent/learn/linguistic-prior.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { loadMousePrior } from '../agent/learn/mouse-prior.ts';
import { loadPrior } from '../agent/learn/prior.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from '../agent/vector-path.ts';
import type { Detector } from './detector.ts';
import { vectorDetector } from './detect-forest.ts';
import { graphDetector } from './detect-graphs.ts';
import { linguisticDetector } from './detect-linguistic.ts';
import { mouseDetector } from './detect-mouse.ts';

export interface DetectorKind {
  readonly name: string;
  readonly modality: Detector['modality'];
  /** @param modelsDir holds the priors that it may know of other people. */
  readonly load: (modelsDir: string) => Promise<Detector>;
}

/** The weighted sum of the log-likelihood ratios of several detectors of one modality. */
export interface FusedKind {
  readonly name: string;
  readonly modality: Detector['modality'];
  readonly weights: Readonly<Record<string, number>>;
}

const vectorKinds = <E extends { readonly ts: number }>(path: VectorPath<E>): DetectorKind[] =>
  path.models.map((kind) => ({
    name: kind.name,
    modality: path.modality,
    load: async (modelsDir) => {
      const prior = await loadPrior(modelsDir, path.prior, path.table, path.features);
      // What is prepared of a window stays with the detector that prepared it.
      return vectorDetector(path, kind, prior) as Detector;
    },
  }));

const graphKind = (modality: Detector['modality']): DetectorKind => ({
  name: 'keystroke-graphs',
  modality,
  load: async (modelsDir) => graphDetector(await loadGraphPrior(modelsDir)) as Detector,
});

export const DETECTORS: readonly DetectorKind[] = [
  graphKind('keystroke'),
  {
    name: 'linguistic-bayes',
    modality: 'linguistic',
    load: async (modelsDir) => linguisticDetector(await loadLinguisticPrior(modelsDir)) as Detector,
  },
  // Typing on the same windows, to see what writing adds to it.
  graphKind('linguistic'),
  {
    name: 'mouse-strokes',
    modality: 'mouse',
    load: async (modelsDir) => mouseDetector(await loadMousePrior(modelsDir)) as Detector,
  },
  ...vectorKinds(KEYSTROKE_PATH),
  ...vectorKinds(MOUSE_PATH),
];

const FUSIONS: readonly FusedKind[] = [
  // As infer averages the two models that look at the same window.
  { name: 'mouse-forest+svm', modality: 'mouse', weights: { 'mouse-forest': 0.5, 'mouse-svm': 0.5 } },
  // What writing would add with the weight of the applications; it makes typing worse, so the product gives it none.
  {
    name: 'keystroke+linguistic',
    modality: 'linguistic',
    weights: { 'keystroke-graphs': 1, 'linguistic-bayes': 0.15 },
  },
];

/** What the product decides with, by modality: the results without a detector's name are of this one. */
export const PRODUCT: Readonly<Record<Detector['modality'], string>> = {
  keystroke: 'keystroke-graphs',
  mouse: 'mouse-strokes',
  linguistic: 'linguistic-bayes',
};

export interface Selection {
  readonly kinds: readonly DetectorKind[];
  readonly fusions: readonly FusedKind[];
  /** Whose results stand for the whole. */
  readonly leading: string;
}

export class UnknownDetector extends Error {}

/**
 * @param name one detector or fusion, all of the modality where left out.
 * @throws UnknownDetector naming those that there are.
 */
export function selectDetectors(modality: Detector['modality'], name: string | null): Selection {
  const kinds = DETECTORS.filter((kind) => kind.modality === modality);
  const fusions = FUSIONS.filter((fusion) => fusion.modality === modality);
  if (name === null) return { kinds, fusions, leading: PRODUCT[modality] };
  const fusion = fusions.find((one) => one.name === name);
  const wanted = kinds.filter((kind) => (fusion === undefined ? kind.name === name : kind.name in fusion.weights));
  if (wanted.length === 0) {
    const names = [...kinds, ...fusions].map((one) => one.name).join(', ');
    throw new UnknownDetector(`there is no ${modality} detector '${name}'; choose from ${names}`);
  }
  return { kinds: wanted, fusions: fusion === undefined ? [] : [fusion], leading: name };
}
