// The model of one vector modality: loaded from its checked file or trained from stored windows, and asked for scores.
import { isDeepStrictEqual } from 'node:util';
import { MODALITY_WORDS } from './act/sentence.ts';
import { readCard, type ModelCard } from './infer/model-card.ts';
import type { ModelGate } from './infer/model-gate.ts';
import { deleteModel, loadModel, saveModel } from './infer/model-files.ts';
import type { Prior } from './learn/prior.ts';
import { trainVectorModel, type TrainedVectorModel } from './learn/train-vector-model.ts';
import type { Settings } from './settings.ts';
import type { SealedFolder } from './store/sealed-folder.ts';
import type { Store, StoredWindow } from './store/store.ts';
import type { TrainingOrder } from './track.ts';
import type { ModelKind, VectorPath } from './vector-path.ts';
import { memberOf, ownModel, type Member, type OwnModel } from './vector-score.ts';

export interface VectorModelParts<E> {
  readonly path: VectorPath<E>;
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: Prior;
  readonly modelFiles: SealedFolder;
  /** Of this installation: the same data and seed give the same model. */
  readonly seed: number;
  /** Lets other work of the process through. */
  readonly pause: () => Promise<void>;
  /** Whether there is memory for the models. */
  readonly gate?: ModelGate;
}

/** These models are there to compare with: they know one profile, and keep no file but that of the version in use. */
export const ONLY_PROFILE = 1;

interface TrainedAt {
  readonly nowMs: number;
  readonly why: TrainingOrder['why'];
}

/** The newest windows that training looks at: more of them make it slower and hardly better. */
export const MAX_TRAINING_WINDOWS = 2000;

/** @returns null when none was trained yet. @throws Error when a file is refused. */
export async function loadOwnModel<E>(parts: VectorModelParts<E>): Promise<OwnModel | null> {
  const { models, table } = parts.path;
  const stored = new Map(parts.store.models().map((model) => [model.name, model]));
  if (!models.every(({ name }) => stored.has(name))) return null;
  const members: Member[] = [];
  for (const kind of models) {
    const { card } = await loadModel(parts.modelFiles, kind.name);
    if (card.inputs.table !== table)
      throw new Error(`model ${kind.name} reads ${card.inputs.table}, not ${table}; train again`);
    // The stored card, sealed in its row, vouches for the file's: an earlier model put back in the place of this one differs from it.
    const { card: text } = stored.get(kind.name) ?? {};
    if (text === undefined || !isDeepStrictEqual(card, readCard(text, kind.name))) throw new Error(replaced(kind.name));
    members.push(memberFrom(kind, card, parts));
  }
  return fromMembers(members, parts);
}

/** @returns the model and a sentence about it. @throws Error when there is too little to learn from; then nothing was saved. */
export async function trainOwnModel<E>(
  parts: VectorModelParts<E>,
  at: TrainedAt,
): Promise<{ readonly model: OwnModel; readonly sentence: string }> {
  const windows = parts.store.windows(parts.path.modality, MAX_TRAINING_WINDOWS);
  const trained: Trained[] = [];
  for (const kind of parts.path.models) trained.push(await trainOne(kind, windows, parts));
  const members: Member[] = [];
  for (const one of trained) members.push(memberFrom(one.kind, await saveOne(one, windows, parts, at), parts));
  return { model: fromMembers(members, parts), sentence: sentenceOf(members.map(({ card }) => card)) };
}

/** Removes model files, their cards and their rows: what they know of the owner goes with them. */
export async function forgetOwnModels<E>(parts: VectorModelParts<E>): Promise<void> {
  for (const { name } of parts.path.models) await deleteModel(parts.modelFiles, name);
  parts.store.clearModels(parts.path.modality);
}

interface Trained {
  readonly kind: ModelKind;
  readonly version: number;
  readonly result: TrainedVectorModel;
}

async function trainOne<E>(
  kind: ModelKind,
  windows: readonly StoredWindow[],
  parts: VectorModelParts<E>,
): Promise<Trained> {
  const { path: modality, settings, store, prior, seed, pause } = parts;
  const { name, fit } = kind;
  const version = store.nextVersion(ONLY_PROFILE, name);
  const common = { windowUs: settings.windowUs, features: modality.features, prior, pause };
  return { kind, version, result: await trainVectorModel({ ...common, name, windows, seed: seed + version, fit }) };
}

async function saveOne<E>(
  { kind: { name }, version, result }: Trained,
  windows: readonly StoredWindow[],
  parts: VectorModelParts<E>,
  { nowMs, why }: TrainedAt,
): Promise<ModelCard> {
  const { modality, table, features, prior } = parts.path;
  const { heldOut, calibration, owner, model } = result;
  const card = await saveModel(
    parts.modelFiles,
    {
      format: 1,
      name,
      modality,
      version,
      createdMs: nowMs,
      inputs: { table, features: features.length },
      training: spanOf(windows),
      heldOut,
      calibration,
      owner,
      source: `this installation, against ${prior}`,
    },
    model.bytes(),
  );
  const { file, sha256 } = card;
  parts.store.addModel({
    ...{ modality, profile: ONLY_PROFILE, name, version, createdMs: nowMs, why, accuracy: null },
    ...{ events: card.training.events, file, sha256, card: JSON.stringify(card) },
  });
  // Its file is there: after a crash a card without its row would be refused.
  parts.store.flush();
  return card;
}

const replaced = (name: string): string => `model ${name} refused: another one lies in its place; train again`;

/** What the file holds must be the model of its card: another may have been put in its place. */
function memberFrom<E>(kind: ModelKind, card: ModelCard, { modelFiles, gate }: VectorModelParts<E>): Member {
  const load = async (): Promise<Uint8Array> => {
    const found = await loadModel(modelFiles, kind.name);
    if (found.card.sha256 !== card.sha256) throw new Error(replaced(kind.name));
    return found.bytes;
  };
  return memberOf(kind, card, load, gate);
}

const fromMembers = <E>(members: readonly Member[], { path, prior, settings }: VectorModelParts<E>): OwnModel =>
  ownModel(members, { features: path.features, prior, own: settings.modalities[path.modality] });

export function spanOf(windows: readonly Pick<StoredWindow, 'ts' | 'newEvents'>[]): ModelCard['training'] {
  const events = windows.reduce((sum, { newEvents }) => sum + newEvents, 0);
  return { fromUs: windows[0]?.ts ?? 0, toUs: windows.at(-1)?.ts ?? 0, windows: windows.length, events };
}

function sentenceOf(cards: readonly ModelCard[]): string {
  const [first] = cards;
  if (first === undefined) throw new Error('nothing was trained');
  const errors = cards.map(
    ({ name, heldOut }) => `${name} ${heldOut === null ? '—' : Math.round(100 * heldOut.eer)} %`,
  );
  const words = MODALITY_WORDS[first.modality];
  return `Learned your ${words} from ${first.training.windows} half-minutes. Errors against invented people: ${errors.join(', ')}.`;
}
