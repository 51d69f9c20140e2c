// The list of the priors in models/ and of whom they were made from, so that an evaluation can make them again without the people
// under test.
import { LINGUISTIC_PRIOR } from '../agent/learn/linguistic-prior.ts';
import { MOUSE_79_PRIOR } from '../agent/learn/mouse-prior.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from '../agent/vector-path.ts';
import type { Detector } from './detector.ts';
import { GRAPH_SOURCES, graphPriorText } from './graph-sources.ts';
import { LINGUISTIC_SOURCE, linguisticPriorFrom } from './linguistic-prior-build.ts';
import { mousePriorFrom } from './mouse-prior-build.ts';
import { PRIOR_SOURCES } from './prior-sources.ts';
import type { Person } from './protocol.ts';
import { buildVectorPrior } from './vector-prior.ts';

export interface PriorKind {
  /** In models/. */
  readonly file: string;
  /** Whose evaluation needs it. */
  readonly modalities: readonly Detector['modality'][];
  /** Names of the protocols whose people it knows. */
  readonly sources: readonly string[];
  /**
   * Deterministic.
   * @param people by the name of their protocol; a source that is not at hand is missing.
   * @returns the text of the file.
   */
  readonly build: (people: ReadonlyMap<string, readonly Person[]>) => Promise<string>;
}

function vectorPrior<E extends { readonly ts: number }>(
  path: VectorPath<E>,
  source: keyof typeof PRIOR_SOURCES,
): PriorKind {
  return {
    file: `${path.prior}.json`,
    modalities: [path.modality],
    sources: [source],
    build: async (people) => {
      const task = { people: people.get(source) ?? [], path, sources: [PRIOR_SOURCES[source]] };
      return JSON.stringify(await buildVectorPrior(task));
    },
  };
}

export const PRIORS: readonly PriorKind[] = [
  {
    file: 'prior-graphs.json',
    modalities: ['keystroke', 'linguistic'],
    sources: Object.keys(GRAPH_SOURCES),
    build: graphPriorText,
  },
  {
    file: `${MOUSE_79_PRIOR}.json`,
    modalities: ['mouse'],
    sources: ['sapimouse'],
    build: async (people) => JSON.stringify(mousePriorFrom(people.get('sapimouse') ?? [], [PRIOR_SOURCES.sapimouse])),
  },
  {
    file: `${LINGUISTIC_PRIOR}.json`,
    modalities: ['linguistic'],
    sources: [LINGUISTIC_SOURCE],
    build: async (people) => JSON.stringify(linguisticPriorFrom(people.get(LINGUISTIC_SOURCE) ?? [])),
  },
  vectorPrior(KEYSTROKE_PATH, 'bbmas'),
  vectorPrior(MOUSE_PATH, 'sapimouse'),
];
