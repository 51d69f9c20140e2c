import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { createCipher } from '../store/cipher.ts';
import type { SealedFolder } from '../store/sealed-folder.ts';
import type { CardOfNewModel } from './model-files.ts';
import { deleteModel, loadCard, loadModel, modelsFolder, saveModel } from './model-files.ts';

const CARD: CardOfNewModel = {
  format: 1,
  name: 'mouse-svm',
  modality: 'mouse',
  version: 1,
  createdMs: 1_701_423_846_000,
  inputs: { table: 'mouse-38/1', features: 2 },
  training: { fromUs: 0, toUs: 9_000_000, windows: 40, events: 900 },
  heldOut: { windows: 10, far: 0.1, frr: 0, eer: 0.05 },
  calibration: { kind: 'logistic', slope: 1.5, intercept: 0.2, center: 0, scale: 1 },
  owner: { mean: [1, 2], sd: [0.5, 0] },
  source: 'synthetic',
};
// Its digest by `printf abc | sha256sum`, the first example of FIPS 180.
const ABC = Buffer.from('abc');
const SHA_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const cipher = createCipher(Buffer.alloc(32, 7));
const CARD_FILE = 'mouse-svm.card.json.sealed';

interface Place {
  /** Where the files lie. */
  readonly dir: string;
  readonly files: SealedFolder;
}

async function place(t: TestContext): Promise<Place> {
  const data = await mkdtemp(join(tmpdir(), 'seclyzer-models-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  return { dir: join(data, 'models'), files: modelsFolder(data, cipher) };
}

const names = async (dir: string): Promise<readonly string[]> => (await readdir(dir)).toSorted();

test('a model comes back as it was saved, for its owner alone', async (t) => {
  const { dir, files } = await place(t);
  const card = await saveModel(files, CARD, ABC);
  assert.deepEqual(card, { ...CARD, file: 'mouse-svm.v1-ba7816bf.onnx', sha256: SHA_OF_ABC });
  const loaded = await loadModel(files, 'mouse-svm');
  assert.deepEqual(loaded.card, card);
  assert.deepEqual(Buffer.from(loaded.bytes), ABC);
  assert.deepEqual(await names(dir), [CARD_FILE, 'mouse-svm.v1-ba7816bf.onnx.sealed']);
  if (process.platform === 'win32') return;
  for (const file of await readdir(dir)) assert.equal((await stat(join(dir, file))).mode & 0o777, 0o600);
  assert.equal((await stat(dir)).mode & 0o777, 0o700);
});

test('a new version replaces the old one and its file; deleting leaves nothing', async (t) => {
  const { dir, files } = await place(t);
  await saveModel(files, CARD, ABC);
  await saveModel(files, { ...CARD, version: 2, heldOut: null }, Buffer.from('{}'));
  assert.deepEqual(await names(dir), [CARD_FILE, 'mouse-svm.v2-44136fa3.onnx.sealed']);
  assert.equal((await loadCard(files, 'mouse-svm')).version, 2);
  await deleteModel(files, 'mouse-svm');
  assert.deepEqual(await readdir(dir), []);
  await deleteModel(files, 'mouse-svm');
});

test('a save that fails leaves the model that was there', async (t) => {
  const { dir, files } = await place(t);
  await saveModel(files, CARD, ABC);
  // A folder in the place of the new file can't be replaced by a file.
  await mkdir(join(dir, 'mouse-svm.v2-44136fa3.onnx.sealed'));
  await assert.rejects(saveModel(files, { ...CARD, version: 2 }, Buffer.from('{}')));
  assert.equal((await loadModel(files, 'mouse-svm')).card.version, 1);
  assert.deepEqual(
    (await readdir(dir)).filter((file) => file.endsWith('.tmp')),
    [],
  );
});

test('neither the model nor its card can be read from the disk', async (t) => {
  const { dir, files } = await place(t);
  const bytes = Buffer.from('a model of the owner');
  await saveModel(files, { ...CARD, source: 'CanarySource4410' }, bytes);
  for (const file of await readdir(dir)) {
    const onDisk = await readFile(join(dir, file));
    assert.ok(!onDisk.includes('CanarySource4410') && !onDisk.includes('slope') && !onDisk.includes(bytes), file);
  }
});

test('a file that was changed, exchanged or sealed with another key is refused', async (t) => {
  const { dir, files } = await place(t);
  const { file } = await saveModel(files, CARD, ABC);
  await saveModel(files, { ...CARD, name: 'keystroke-forest' }, ABC);
  const changes: readonly (readonly [what: string, file: string, change: (path: string) => Promise<void>])[] = [
    ['its file', file, (path) => appendFile(path, 'd')],
    ['its file', file, (path) => writeFile(path, 'ab')],
    ['its file', file, (path) => copyFile(join(dir, 'keystroke-forest.v1-ba7816bf.onnx.sealed'), path)],
    ['its card', 'mouse-svm.card.json', (path) => copyFile(join(dir, 'keystroke-forest.card.json.sealed'), path)],
    ['its card', 'mouse-svm.card.json', (path) => writeFile(path, JSON.stringify(CARD))],
  ];
  for (const [what, name, change] of changes) {
    const path = join(dir, `${name}.sealed`);
    const before = await readFile(path);
    await change(path);
    await assert.rejects(loadModel(files, 'mouse-svm'), {
      message: `model mouse-svm refused: ${what} does not match its seal; train again`,
    });
    await writeFile(path, before);
  }
  assert.equal((await loadModel(files, 'mouse-svm')).card.file, file);
  const other = modelsFolder(join(dir, '..'), createCipher(Buffer.alloc(32, 8)));
  await assert.rejects(loadModel(other, 'mouse-svm'), /its card does not match its seal/);
});

test('a file that its card does not describe is refused', async (t) => {
  const { files } = await place(t);
  const { file } = await saveModel(files, CARD, ABC);
  await files.write(file, Buffer.from('abcd'));
  // Digest of "abcd" by sha256sum.
  await assert.rejects(loadModel(files, 'mouse-svm'), {
    message:
      'model mouse-svm refused: its file does not match its card (sha256 88d4266fd4e6, expected ba7816bf8f01); train again',
  });
});

test('what is missing is named, with what to do', async (t) => {
  const { dir, files } = await place(t);
  await assert.rejects(loadModel(files, 'mouse-svm'), { message: 'there is no model mouse-svm yet; train first' });
  const { file } = await saveModel(files, CARD, ABC);
  await rm(join(dir, `${file}.sealed`));
  await assert.rejects(loadModel(files, 'mouse-svm'), {
    message: `model mouse-svm refused: its file ${file} is missing; train again`,
  });
});

test('a malformed card is refused, naming the field', async (t) => {
  const { files } = await place(t);
  const card = await saveModel(files, CARD, ABC);
  const write = (text: string): Promise<void> => files.write('mouse-svm.card.json', Buffer.from(text));
  const broken: readonly (readonly [unknown, RegExp])[] = [
    [{ ...card, file: '../../etc/passwd' }, /malformed at file/],
    [{ ...card, sha256: 'ABC' }, /malformed at sha256/],
    [{ ...card, format: 2 }, /malformed at format/],
    [{ ...card, calibration: { ...card.calibration, scale: 0 } }, /malformed at calibration\.scale/],
    [{ ...card, inputs: { ...card.inputs, table: 'mouse-38/2' } }, /malformed at inputs\.table/],
    [{ ...card, owner: { mean: [1, 2], sd: [1] } }, /malformed at owner \(expected as many means/],
    [{ ...card, owner: { mean: [1], sd: [1] } }, /malformed at the card as a whole \(expected the owner's mean/],
    [{ ...card, heldOut: { windows: 3, far: null, frr: 0, eer: 0 } }, /malformed at heldOut\.far/],
    [{ ...card, name: 'keystroke-forest' }, /its card is that of keystroke-forest/],
    [null, /malformed at the card as a whole/],
  ];
  for (const [value, message] of broken) {
    await write(JSON.stringify(value));
    await assert.rejects(loadModel(files, 'mouse-svm'), message);
  }
  const whole = JSON.stringify(card);
  await write(whole.slice(0, whole.length / 2));
  await assert.rejects(loadModel(files, 'mouse-svm'), {
    message: 'model mouse-svm refused: its card is not JSON; train again',
  });
});

test('a malformed card is never written', async (t) => {
  const { dir, files } = await place(t);
  await assert.rejects(saveModel(files, { ...CARD, name: '../evil' }, ABC), /malformed at name/);
  await assert.rejects(
    saveModel(files, { ...CARD, owner: { mean: [1, NaN], sd: [1, 1] } }, ABC),
    /malformed at owner\.mean\.1/,
  );
  await assert.rejects(stat(dir), { code: 'ENOENT' });
});

test('what the disk refuses is not taken for a missing model', async (t) => {
  const { dir, files } = await place(t);
  const { file } = await saveModel(files, CARD, ABC);
  await rm(join(dir, `${file}.sealed`));
  await mkdir(join(dir, `${file}.sealed`));
  await assert.rejects(loadModel(files, 'mouse-svm'), { code: 'EISDIR' });
});

test('what an earlier version kept in plain is sealed, and what it left half written goes', async (t) => {
  const { dir, files } = await place(t);
  await files.sealPlain();
  await assert.rejects(stat(dir), { code: 'ENOENT' });
  const card = await saveModel(files, CARD, ABC);
  const written = `${JSON.stringify(card, null, 2)}\n`;
  await rm(dir, { recursive: true });
  await mkdir(dir);
  await writeFile(join(dir, card.file), ABC);
  await writeFile(join(dir, 'mouse-svm.card.json'), written);
  await writeFile(join(dir, `${card.file}.5c0f6f1e-7a53-4f43-8d2e-2f1f0c9a3b11.tmp`), 'half');
  await files.sealPlain();
  assert.deepEqual(await names(dir), [CARD_FILE, `${card.file}.sealed`]);
  assert.deepEqual(await loadModel(files, 'mouse-svm'), { card, bytes: ABC });
  // Interrupted between the sealed copy and the end of the plain file, which may have changed since.
  await writeFile(join(dir, card.file), 'other');
  await files.sealPlain();
  assert.deepEqual(await names(dir), [CARD_FILE, `${card.file}.sealed`]);
  assert.deepEqual(Buffer.from((await loadModel(files, 'mouse-svm')).bytes), ABC);
});

test('deleting takes along what interrupted saves have left, and nothing of another model', async (t) => {
  const { dir, files } = await place(t);
  await saveModel(files, CARD, ABC);
  const other = await saveModel(files, { ...CARD, name: 'mouse-svm2' }, ABC);
  await files.write('mouse-svm.v7-00000000.onnx', ABC);
  await writeFile(join(dir, 'mouse-svm.card.json.sealed.5c0f6f1e-7a53-4f43-8d2e-2f1f0c9a3b11.tmp'), 'half');
  await deleteModel(files, 'mouse-svm');
  assert.deepEqual(await names(dir), ['mouse-svm2.card.json.sealed', `${other.file}.sealed`]);
});
