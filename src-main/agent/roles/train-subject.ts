// What has been kept of a subject in, a model of one modality out: made between two batches of entries, a few milliseconds at a time.
import { createHash } from 'node:crypto';
import { saveableCard } from '../infer/model-files.ts';
import { trainMarkov } from '../learn/markov.ts';
import { packPlain } from '../learn/plain-model.ts';
import { trainVectorModel } from '../learn/train-vector-model.ts';
import type { Settings } from '../settings.ts';
import type { Cipher } from '../store/cipher.ts';
import { MORE_TO_RETRAIN } from '../track.ts';
import { spanOf } from '../vector-model.ts';
import { LESSONS_KEPT } from './commit.ts';
import { openSwitches, openWindows, type LearnedWindow } from './lesson.ts';
import type { PackedMember, PackedModel } from './packed-model.ts';
import type { WindowModality } from './packed-window.ts';
import { partitionKeys } from './partitions.ts';
import { CENTRAL_PATHS, isVector, type Priors } from './priors.ts';
import { bytesOf, listOf, type RedisCalls } from './redis-calls.ts';
import type { CentralModality, Learned } from './subject-state.ts';

export interface TrainParts {
  readonly cipher: Cipher;
  readonly priors: Priors;
  readonly settings: Pick<Settings, 'windowUs'>;
  /** Lets entries through; rejects when the partition is not ours any more. */
  readonly pause: () => Promise<void>;
  readonly nowMs: () => number;
}

export interface TrainOrder {
  readonly partition: number;
  readonly subject: string;
  readonly modality: CentralModality;
  /** That the model is to have. */
  readonly version: number;
}

/** What is kept of the subject to learn from, sealed. Rejects where Redis does not answer. */
export async function readLessons(
  { send }: RedisCalls,
  { partition, subject, modality }: TrainOrder,
): Promise<Buffer[]> {
  const key = partitionKeys(partition).windows(subject, modality);
  return listOf(await send(['LRANGE', key, String(-LESSONS_KEPT), '-1'])).map(bytesOf);
}

/** @throws Error that says why nothing could be learned. Deterministic in what is kept and the order. */
export async function trainSubject(
  order: TrainOrder,
  sealed: readonly Buffer[],
  parts: TrainParts,
): Promise<PackedModel> {
  const { subject, modality } = order;
  if (!isVector(modality)) return { members: [], chain: trainMarkov(openSwitches(parts.cipher, subject, sealed)) };
  const prior = parts.priors[modality];
  const windows = openWindows(parts.cipher, subject, modality, sealed, prior);
  const members: PackedMember[] = [];
  for (const { name, fit } of CENTRAL_PATHS[modality].models) {
    const { features } = CENTRAL_PATHS[modality];
    const task = { name, fit, windows, windowUs: parts.settings.windowUs, features, prior, pause: parts.pause };
    const { model, heldOut, calibration, owner } = await trainVectorModel({ ...task, seed: seedOf(order) });
    const bytes = packPlain(model.plain());
    const known = { ...cardOf(order, modality, windows, parts), name, heldOut, calibration, owner };
    const card = saveableCard(known, bytes, 'plain');
    members.push({ card, bytes });
  }
  return { members, chain: null };
}

function cardOf(
  { version }: TrainOrder,
  modality: WindowModality,
  windows: readonly LearnedWindow[],
  parts: TrainParts,
) {
  const { table, features, prior } = CENTRAL_PATHS[modality];
  return {
    ...{ format: 1 as const, modality, version, createdMs: parts.nowMs(), training: spanOf(windows) },
    inputs: { table, features: features.length },
    source: `windows that a collector has sent, against ${prior}`,
  };
}

/** The same windows give the same model, whichever scorer learns from them. */
const seedOf = ({ subject, modality, version }: TrainOrder): number =>
  createHash('sha256')
    .update(JSON.stringify([subject, modality, version]))
    .digest()
    .readUInt32BE(0) %
  2 ** 31;

/** A fifth more than there was when training failed: what was too little is not tried again at every entry. */
const MORE_AFTER_FAILURE = 1.2;

/** What is known of the modality once a training has ended, well or not. */
export const learnedAfter = (before: Learned, version: number | null): Learned => ({
  ...before,
  version: version ?? before.version,
  need: Math.ceil((version === null ? MORE_AFTER_FAILURE : MORE_TO_RETRAIN) * before.events),
});
