// A person's feature windows in, a model, its held-out scores and its calibration out; the same for every model with vectors.
// Held-out: four blocks in time; a block is scored by a model that saw no window overlapping it.
import type { Feature } from '../features/index.ts';
import type { Calibration } from '../infer/calibration.ts';
import { equalErrorRate, ratesAt } from './error-rates.ts';
import { inventWindows, usualOf, type OwnerWindow } from './negatives.ts';
import type { PlainModel } from './plain-model.ts';
import type { Prior } from './prior.ts';
import { createRandom, type Random } from './random.ts';

/** A fitted model. `score`: higher means more like the owner. `bytes`: its ONNX form. `plain`: the numbers that it is made of. */
export interface VectorModel {
  readonly score: (vector: Float32Array) => number;
  readonly bytes: () => Uint8Array;
  readonly plain: () => PlainModel;
}

export interface FitTask {
  readonly owner: readonly OwnerWindow[];
  /** Windows of invented people, row-major. */
  readonly invented: Float32Array;
  readonly d: number;
  /** 1 for the features to look at. */
  readonly telling: Uint8Array;
  readonly seed: number;
  /** Lets other work of the process through; awaited every few milliseconds. */
  readonly pause: () => Promise<void>;
}

export type Fit = (task: FitTask) => Promise<VectorModel>;

export interface TrainTask {
  /** Name of the model, which the prior's calibration goes by. */
  readonly name: string;
  readonly windows: readonly (OwnerWindow & { readonly ts: number })[];
  readonly windowUs: number;
  readonly features: readonly Feature[];
  readonly prior: Prior;
  readonly seed: number;
  readonly fit: Fit;
  readonly pause: () => Promise<void>;
}

export interface TrainedVectorModel {
  readonly model: VectorModel;
  readonly calibration: Calibration;
  readonly heldOut: { readonly windows: number; readonly far: number; readonly frr: number; readonly eer: number };
  readonly owner: { readonly mean: readonly number[]; readonly sd: readonly number[] };
}

export const MIN_TRAINING_WINDOWS = 20;
const FOLDS = 4;
const INVENTED_WINDOWS = 500;
const INVENTED_HELD_OUT = 100;

/** @throws Error when there are too few windows, or nothing in them that tells the owner apart. Deterministic in its arguments. */
export async function trainVectorModel(task: TrainTask): Promise<TrainedVectorModel> {
  const { windows, features, prior } = task;
  if (windows.length < MIN_TRAINING_WINDOWS) {
    throw new Error(`${task.name} needs ${MIN_TRAINING_WINDOWS} windows to learn from, there are ${windows.length}`);
  }
  const random = createRandom(task.seed);
  const { genuine, invented } = await heldOutScores(task, random);
  const calibration = calibrationFor(task, genuine, invented);
  const threshold = calibration.center - (calibration.intercept / calibration.slope) * calibration.scale;
  return {
    model: await fitOn(windows, task, random),
    calibration,
    heldOut: {
      windows: genuine.length,
      ...ratesAt(genuine, invented, threshold),
      eer: equalErrorRate(genuine, invented),
    },
    owner: usualOf(windows, features, prior),
  };
}

interface HeldOut {
  readonly genuine: readonly number[];
  readonly invented: readonly number[];
}

async function heldOutScores(task: TrainTask, random: Random): Promise<HeldOut> {
  const genuine: number[] = [];
  const invented: number[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const { train, held } = split(task.windows, fold, task.windowUs);
    if (train.length === 0 || held.length === 0) continue;
    const model = await fitOn(train, task, random);
    genuine.push(...held.map((window) => model.score(window.vector)));
    const d = task.features.length;
    const rows = inventWindows(held, task.features, task.prior, INVENTED_HELD_OUT, random);
    for (let k = 0; k < INVENTED_HELD_OUT; k += 1) invented.push(model.score(rows.subarray(k * d, (k + 1) * d)));
  }
  if (genuine.length === 0) throw new Error(`${task.name} needs windows from more than one stretch of time`);
  return { genuine, invented };
}

/** Training windows keep a full window's distance from the held-out block: overlapping windows share events. */
function split<W extends { readonly ts: number }>(
  windows: readonly W[],
  fold: number,
  windowUs: number,
): { train: W[]; held: W[] } {
  const from = Math.floor((fold * windows.length) / FOLDS);
  const to = Math.floor(((fold + 1) * windows.length) / FOLDS);
  const held = windows.slice(from, to);
  const first = held[0]?.ts ?? 0;
  const last = held.at(-1)?.ts ?? 0;
  const train = windows.filter(
    ({ ts }, i) => (i < from && ts <= first - windowUs) || (i >= to && ts >= last + windowUs),
  );
  return { train, held };
}

async function fitOn(owner: readonly OwnerWindow[], task: TrainTask, random: Random): Promise<VectorModel> {
  const { features, prior, pause } = task;
  const invented = inventWindows(owner, features, prior, INVENTED_WINDOWS, random);
  await pause();
  return task.fit({
    owner,
    invented,
    d: features.length,
    telling: prior.telling,
    seed: random.int(2 ** 31 - 1),
    pause,
  });
}

function calibrationFor(task: TrainTask, genuine: readonly number[], invented: readonly number[]): Calibration {
  const measured = task.prior.file.calibration[task.name];
  if (measured === undefined) throw new Error(`the population prior has no calibration for ${task.name}`);
  const center = meanOf(invented);
  const scale = meanOf(genuine) - center;
  if (!(scale > 0))
    throw new Error(`${task.name} can't tell the owner from invented people yet; it needs more windows`);
  return { kind: 'logistic', slope: measured.slope, intercept: measured.intercept, center, scale };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
