// One person's windows and those of real other people in, a log-likelihood ratio out: what a vector model could do with negatives
// that the product does not have. For comparison with the literature, which mostly measures that way.
import { fitLogistic } from '../agent/learn/logistic.ts';
import type { VectorModel } from '../agent/learn/train-vector-model.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { ModelKind, VectorPath } from '../agent/vector-path.ts';
import type { CutWindow } from './recorded-windows.ts';

export interface BackgroundTask<E> {
  /** In order of time. */
  readonly own: readonly CutWindow[];
  readonly people: readonly (readonly CutWindow[])[];
  readonly path: VectorPath<E>;
  readonly kind: ModelKind;
}

/** As many as the product invents. */
const MOST_NEGATIVES = 500;

/** Calibrated on what each half of the enrolment and of the people says to a model made from the other halves. */
export async function fitAgainstPeople<E>(task: BackgroundTask<E>): Promise<(vector: Float32Array) => number> {
  const { own, people } = task;
  const middle = Math.floor(own.length / 2);
  const edgeUs = own[middle]?.ts ?? 0;
  // Windows that overlap the other half's share its events.
  const halves = [own.filter(({ ts }, i) => i < middle && ts <= edgeUs - DEFAULT_SETTINGS.windowUs), own.slice(middle)];
  const others = [0, 1].map((half) => people.filter((_, i) => i % 2 === half).flat());
  const [genuine, impostor]: [number[], number[]] = [[], []];
  for (const half of [0, 1]) {
    const [train, negatives] = [halves[half] ?? [], others[half] ?? []];
    if (train.length === 0 || negatives.length === 0) throw new Error('too little to leave half of it out');
    const model = await fitted(train, negatives, task);
    genuine.push(...(halves[1 - half] ?? []).map(({ vector }) => model.score(vector)));
    impostor.push(...(others[1 - half] ?? []).map(({ vector }) => model.score(vector)));
  }
  if (genuine.length === 0 || impostor.length === 0) throw new Error('too little to leave half of it out');
  const { slope, intercept } = fitLogistic(genuine, impostor);
  const model = await fitted(own, people.flat(), task);
  return (vector) => slope * model.score(vector) + intercept;
}

function fitted<E>(
  owner: readonly CutWindow[],
  people: readonly CutWindow[],
  { path, kind }: BackgroundTask<E>,
): Promise<VectorModel> {
  const d = path.features.length;
  const count = Math.min(people.length, MOST_NEGATIVES);
  const rows = new Float32Array(count * d);
  for (let k = 0; k < count; k += 1) {
    const window = people[Math.floor((k * people.length) / count)];
    if (window !== undefined) rows.set(window.vector, k * d);
  }
  const telling = new Uint8Array(d).fill(1);
  return kind.fit({ owner, invented: rows, d, telling, seed: 1, pause: () => Promise.resolve() });
}
