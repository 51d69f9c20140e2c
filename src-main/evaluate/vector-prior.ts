// Recordings of several people in, the population prior of one feature table out: aggregate statistics, nobody's samples. Its
// calibration is measured on people whom the prior has not seen: two halves, each scored with the other half's prior.
import { equalErrorRate, ratesAt } from '../agent/learn/error-rates.ts';
import { fitLogistic } from '../agent/learn/logistic.ts';
import { filled } from '../agent/learn/negatives.ts';
import { priorOf, type Prior, type PriorFile } from '../agent/learn/prior.ts';
import { trainVectorModel } from '../agent/learn/train-vector-model.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { ModelKind, VectorPath } from '../agent/vector-path.ts';
import { populationOf } from './population.ts';
import type { Person } from './protocol.ts';
import { cutFeatureWindows, FOREST_HOP_US, type CutWindow } from './recorded-windows.ts';

export interface VectorPriorTask<E> {
  readonly people: readonly Person[];
  readonly path: VectorPath<E>;
  readonly sources: PriorFile['sources'];
  /** Told of each person scored for the calibration of a model. */
  readonly onScored?: (model: string, done: number, of: number) => void;
}

interface Subject {
  readonly enrol: readonly CutWindow[];
  /** Windows that share nothing with each other. */
  readonly test: readonly CutWindow[];
}

/** Scores on the scale that the calibration starts from: about 1 for the owner, about 0 for somebody else. */
interface Trials {
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

const UNCALIBRATED = { slope: 1, intercept: -0.5, measured: 'not yet' };

/** Deterministic. @throws Error when there are too few people to leave half of them out. */
export async function buildVectorPrior<E extends { readonly ts: number }>(
  task: VectorPriorTask<E>,
): Promise<PriorFile> {
  const { path } = task;
  const { windowUs } = DEFAULT_SETTINGS;
  const subjects = task.people.map(({ enrol, genuine }) => ({
    enrol: cutFeatureWindows(enrol, path, FOREST_HOP_US),
    test: cutFeatureWindows(genuine, path, windowUs),
  }));
  const halves = [0, 1].map((half) => subjects.filter((_, i) => i % 2 === half));
  const calibration: PriorFile['calibration'] = {};
  for (const kind of path.models) {
    const trials: Trials[] = [];
    for (const [i, scored] of halves.entries()) {
      const prior = priorOf(priorFile(halves[1 - i] ?? [], task), path.features);
      const done = trials.length;
      const tell = (n: number): void => task.onScored?.(kind.name, done + n, subjects.length);
      trials.push(...(await trialsOf(scored, prior, path, kind, tell)));
    }
    calibration[kind.name] = calibrationOf(trials);
  }
  return { ...priorFile(subjects, task), calibration };
}

function priorFile<E>(subjects: readonly Subject[], { path, sources }: VectorPriorTask<E>): PriorFile {
  const people = subjects.map(({ enrol, test }) => [...enrol, ...test].map(({ vector }) => vector));
  const windows = people.reduce((sum, person) => sum + person.length, 0);
  return {
    format: 1,
    table: path.table,
    people: people.length,
    windows,
    sources,
    ...populationOf(people, path.features),
    calibration: Object.fromEntries(path.models.map(({ name }) => [name, UNCALIBRATED])),
  };
}

/** Scores of each subject of `scored`, trained with nothing but his own enrolment and the prior. */
async function trialsOf<E>(
  scored: readonly Subject[],
  prior: Prior,
  modality: VectorPath<E>,
  kind: ModelKind,
  tell: (done: number) => void,
): Promise<Trials[]> {
  const fill = (windows: readonly CutWindow[]): CutWindow[] =>
    windows.map((w) => ({ ...w, vector: filled(w.vector, prior) }));
  const tests = scored.map(({ test }) => fill(test));
  const trials: Trials[] = [];
  for (const [i, subject] of scored.entries()) {
    const common = { windowUs: DEFAULT_SETTINGS.windowUs, features: modality.features, prior, seed: 1 };
    const task = {
      ...common,
      name: kind.name,
      windows: fill(subject.enrol),
      fit: kind.fit,
      pause: () => Promise.resolve(),
    };
    const { model, calibration } = await trainVectorModel(task);
    const score = ({ vector }: CutWindow): number => (model.score(vector) - calibration.center) / calibration.scale;
    const impostor = tests.filter((_, j) => j !== i).flatMap((windows) => windows.map(score));
    trials.push({ genuine: (tests[i] ?? []).map(score), impostor });
    tell(trials.length);
  }
  return trials;
}

function calibrationOf(trials: readonly Trials[]): PriorFile['calibration'][string] {
  const genuine = trials.flatMap((one) => one.genuine);
  const impostor = trials.flatMap((one) => one.impostor);
  const { slope, intercept } = fitLogistic(genuine, impostor);
  const eers = trials.filter((one) => one.genuine.length > 0).map((one) => equalErrorRate(one.genuine, one.impostor));
  const eerMean = eers.reduce((sum, x) => sum + x, 0) / eers.length;
  const { far, frr } = ratesAt(genuine, impostor, -intercept / slope);
  const measured =
    `${eers.length} people left out in halves, 30 s windows: mean EER ${eerMean.toFixed(3)}, pooled EER ` +
    `${equalErrorRate(genuine, impostor).toFixed(3)}, at ratio 0 FAR ${far.toFixed(3)} FRR ${frr.toFixed(3)}`;
  return { slope: round(slope), intercept: round(intercept), measured };
}

const round = (x: number): number => Number(x.toPrecision(5));
