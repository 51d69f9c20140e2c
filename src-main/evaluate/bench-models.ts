// A trained profile in, the figures of its models out: scoring, training, size.
import path from 'node:path';
import { CARRIES } from '../../src-preload/contract.ts';
import { folderBytes } from '../agent/budget/folder-size.ts';
import { appTransitions, hourAtOffset } from '../agent/features/index.ts';
import { SCORERS, type Scorer } from '../agent/infer/index.ts';
import { loadModel, modelsFolder } from '../agent/infer/model-files.ts';
import { markovLogRatio, trainMarkov } from '../agent/learn/markov.ts';
import { KEYSTROKE_PATH, MOUSE_PATH } from '../agent/vector-path.ts';
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork, take, withoutPauses } from './bench-stream.ts';
import { cycled, timeEachMs } from './bench-timing.ts';

const BYTES_PER_MB = 1e6;
const REPEATS = { warmUp: 500, samples: 2000 };

export function modelFigures(profile: () => Promise<Profile>): readonly Figure[] {
  const less = { better: 'less', reference: null, goal: null } as const;
  const score = { ...less, unit: 'ms', statistic: 'p95' } as const;
  return [
    { ...score, name: 'model-one', reference: 6, goal: 0.2, measure: async () => measureOne(await profile()) },
    { ...score, name: 'model-all', reference: 25, goal: 1, measure: async () => measureAll(await profile()) },
    {
      ...less,
      name: 'training',
      unit: 's',
      statistic: 'median',
      measure: async () => measureTraining(await profile()),
    },
    {
      ...{ ...less, name: 'model-size', unit: 'MB', statistic: 'median', reference: 225, goal: 2 },
      measure: async () => measureSize(await profile()),
    },
  ];
}

interface Scored {
  readonly scorer: Scorer;
  readonly vectors: readonly Float32Array[];
}

/** Every vector model through its checked ONNX file, with windows of its own modality. */
async function scorersOf({ dataDir, store, cipher }: Profile): Promise<readonly Scored[]> {
  const folder = modelsFolder(dataDir, cipher);
  const scored: Scored[] = [];
  for (const { modality, models } of [KEYSTROKE_PATH, MOUSE_PATH]) {
    const vectors = store.windows(modality, 200).map(({ vector }) => vector);
    for (const { name } of models) {
      const make = SCORERS[name.slice(name.lastIndexOf('-') + 1)];
      if (make === undefined) throw new Error(`no way to score with ${name}`);
      const { card } = await loadModel(folder, name);
      scored.push({ scorer: make({ card, load: async () => (await loadModel(folder, name)).bytes }), vectors });
    }
  }
  return scored;
}

/** Each model by itself; the figure is that of the slowest. */
async function measureOne(profile: Profile): Promise<readonly number[]> {
  const took: number[][] = [];
  for (const { scorer, vectors } of await scorersOf(profile)) {
    took.push(await timeEachMs((call) => scorer.score(cycled(vectors, call)), REPEATS));
    await scorer.release();
  }
  const slowest = took.toSorted((a, b) => total(b) - total(a))[0];
  if (slowest === undefined) throw new Error('there is no model to score with');
  return slowest;
}

/** All vector models and the Markov chain, one after the other, as at a tick in which everything is new. */
async function measureAll(profile: Profile): Promise<readonly number[]> {
  const scored = await scorersOf(profile);
  const switches = appTransitions(
    take(withoutPauses(adaAtWork(3), 'app'), 100).filter((event) => event.type === 'app'),
    hourAtOffset(0),
  );
  const chain = trainMarkov(switches);
  const took = await timeEachMs(async (call) => {
    for (const { scorer, vectors } of scored) await scorer.score(cycled(vectors, call));
    markovLogRatio(chain, cycled(switches, call));
  }, REPEATS);
  for (const { scorer } of scored) await scorer.release();
  return took;
}

/** Both vector modalities anew, held-out scores and ONNX files included, from all the windows that were kept. */
async function measureTraining({ pipeline, endUs }: Profile): Promise<readonly number[]> {
  const { tracks } = await pipeline();
  const learners = tracks.filter(({ modality }) => CARRIES[modality]);
  const train = async (): Promise<void> => {
    for (const track of learners) await track.train(endUs / 1000);
  };
  const tookMs = await timeEachMs(train, { warmUp: 0, samples: 3 });
  return tookMs.map((ms) => ms / 1000);
}

/** The shipped priors and this profile's own models, cards included. */
const measureSize = async ({ dataDir, modelsDir }: Profile): Promise<readonly number[]> => [
  (folderBytes(modelsDir) + folderBytes(path.join(dataDir, 'models'))) / BYTES_PER_MB,
];

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
