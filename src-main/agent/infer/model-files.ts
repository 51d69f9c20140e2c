// A model and its card enter, two files in the models folder leave; and back, where a file that is not the one that the
// card describes is refused. The card is written last: whatever interrupts a save, the folder holds a whole model, old
// or new.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from './model-card.ts';
import { checkCard, readCard, writeCard } from './model-card.ts';

export interface LoadedModel {
  readonly card: ModelCard;
  readonly bytes: Uint8Array;
}

const cardFile = (name: string) => `${name}.card.json`;

/** What the caller knows of a model; the rest of its card follows from the bytes. */
export type CardOfNewModel = Omit<ModelCard, 'file' | 'sha256'>;

/**
 * Writes `bytes` and, beside them, the card, both for the owner alone (0600), and removes the file of the card that was
 * replaced. The file's name carries version and digest, so that it never overwrites the one that the present card
 * describes.
 * @returns the whole card. @throws Error for a malformed card, or when the disk refuses.
 */
export async function saveModel(dir: string, card: CardOfNewModel, bytes: Uint8Array): Promise<ModelCard> {
  const digest = sha256(bytes);
  const file = `${card.name}.v${card.version}-${digest.slice(0, 8)}.onnx`;
  const whole = checkCard({ ...card, file, sha256: digest }, card.name);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const former = await formerFile(dir, whole.name);
  await replaceFile(join(dir, whole.file), bytes);
  await replaceFile(join(dir, cardFile(whole.name)), Buffer.from(writeCard(whole)));
  if (former !== null && former !== whole.file) await rm(join(dir, former), { force: true });
  return whole;
}

/** @throws Error that says what is wrong with the model and to train again. */
export async function loadModel(dir: string, name: string): Promise<LoadedModel> {
  const card = await loadCard(dir, name);
  const bytes = await readOr(
    join(dir, card.file),
    `model ${name} refused: its file ${card.file} is missing; train again`,
  );
  const found = sha256(bytes);
  if (found !== card.sha256) {
    const digests = `sha256 ${found.slice(0, 12)}, expected ${card.sha256.slice(0, 12)}`;
    throw new Error(`model ${name} refused: its file does not match its card (${digests}); train again`);
  }
  return { card, bytes };
}

/** Reads the card alone. @throws Error when there is none or it is malformed. */
export async function loadCard(dir: string, name: string): Promise<ModelCard> {
  const text = await readOr(join(dir, cardFile(name)), `there is no model ${name} yet; train first`);
  const card = readCard(text.toString('utf8'), name);
  if (card.name !== name) throw new Error(`model ${name} refused: its card is that of ${card.name}; train again`);
  return card;
}

/** Removes a model; fine when there is none. */
export async function deleteModel(dir: string, name: string): Promise<void> {
  const former = await formerFile(dir, name);
  await rm(join(dir, cardFile(name)), { force: true });
  if (former !== null) await rm(join(dir, former), { force: true });
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** File of the present card; null where there is no card, or none that can be read and so none to tidy up after. */
async function formerFile(dir: string, name: string): Promise<string | null> {
  return await loadCard(dir, name).then(
    (card) => card.file,
    () => null,
  );
}

async function readOr(path: string, whenMissing: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error(whenMissing, { cause: error });
    throw error;
  }
}

/** Through a temporary file in the same folder: a reader sees the old content or the new, never a part. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
