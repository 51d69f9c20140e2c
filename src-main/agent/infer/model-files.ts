// A model and its card enter, two sealed files in the models folder leave; and back, where a file that is not the one that the card
// describes is refused. The card is written last: whatever interrupts a save, the folder holds a whole model, old or new.
// The plain bytes of a model exist in memory alone.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { SealBroken, type Cipher } from '../store/cipher.ts';
import { sealedFolder, type SealedFolder } from '../store/sealed-folder.ts';
import type { ModelCard } from './model-card.ts';
import { checkCard, readCard, writeCard } from './model-card.ts';

export interface LoadedModel {
  readonly card: ModelCard;
  readonly bytes: Uint8Array;
}

const cardFile = (name: string) => `${name}.card.json`;

/** What the caller knows of a model; the rest of its card follows from the bytes. */
export type CardOfNewModel = Omit<ModelCard, 'file' | 'sha256'>;

/** Where the models of a data folder lie. */
export const modelsFolder = (dataDir: string, cipher: Cipher): SealedFolder =>
  sealedFolder(path.join(dataDir, 'models'), cipher);

/**
 * Writes `bytes` and, beside them, the card, and removes the file of the card that was replaced. The file's name carries version and
 * digest, so that it never overwrites the one that the present card describes.
 * @returns the whole card. @throws Error for a malformed card, or when the disk refuses.
 */
export async function saveModel(folder: SealedFolder, card: CardOfNewModel, bytes: Uint8Array): Promise<ModelCard> {
  const whole = saveableCard(card, bytes);
  const { file } = whole;
  await folder.write(file, bytes);
  await folder.write(cardFile(whole.name), Buffer.from(writeCard(whole)));
  await folder.remove((other) => other.startsWith(`${whole.name}.v`) && other !== file);
  return whole;
}

/** With the name of the file and its digest. @throws Error for a malformed card. */
export function saveableCard(card: CardOfNewModel, bytes: Uint8Array, form: 'onnx' | 'plain' = 'onnx'): ModelCard {
  const digest = sha256(bytes);
  const file = `${card.name}.v${card.version}-${digest.slice(0, 8)}.${form}`;
  return checkCard({ ...card, file, sha256: digest }, card.name);
}

/** @throws Error that says what is wrong with the model and to train again. */
export async function loadModel(folder: SealedFolder, name: string): Promise<LoadedModel> {
  const card = await loadCard(folder, name);
  const bytes = await readSealed(folder, card.file, refusal(name, 'its file'));
  if (bytes === null) throw new Error(`model ${name} refused: its file ${card.file} is missing; train again`);
  const found = sha256(bytes);
  if (found !== card.sha256) {
    const digests = `sha256 ${found.slice(0, 12)}, expected ${card.sha256.slice(0, 12)}`;
    throw new Error(`model ${name} refused: its file does not match its card (${digests}); train again`);
  }
  return { card, bytes };
}

/** Reads the card alone. @throws Error when there is none, or it was changed or is malformed. */
export async function loadCard(folder: SealedFolder, name: string): Promise<ModelCard> {
  const text = await readSealed(folder, cardFile(name), refusal(name, 'its card'));
  if (text === null) throw new Error(`there is no model ${name} yet; train first`);
  const card = readCard(text.toString('utf8'), name);
  if (card.name !== name) throw new Error(`model ${name} refused: its card is that of ${card.name}; train again`);
  return card;
}

/** Removes a model with all that earlier saves may have left of it; fine when there is none. */
export async function deleteModel(folder: SealedFolder, name: string): Promise<void> {
  await folder.remove((other) => other === cardFile(name) || other.startsWith(`${name}.v`));
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const refusal = (name: string, what: string): string =>
  `model ${name} refused: ${what} does not match its seal; train again`;

async function readSealed(folder: SealedFolder, file: string, whenBroken: string): Promise<Buffer | null> {
  try {
    return await folder.read(file);
  } catch (error) {
    if (error instanceof SealBroken) throw new Error(whenBroken, { cause: error });
    throw error;
  }
}
