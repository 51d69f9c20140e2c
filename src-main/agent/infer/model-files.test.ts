import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { CardOfNewModel } from './model-files.ts';
import { deleteModel, loadCard, loadModel, saveModel } from './model-files.ts';

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

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'seclyzer-models-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return join(dir, 'models');
}

test('a model comes back as it was saved, for its owner alone', async (t) => {
  const dir = await folder(t);
  const card = await saveModel(dir, CARD, ABC);
  assert.deepEqual(card, { ...CARD, file: 'mouse-svm.v1-ba7816bf.onnx', sha256: SHA_OF_ABC });
  const loaded = await loadModel(dir, 'mouse-svm');
  assert.deepEqual(loaded.card, card);
  assert.deepEqual(Buffer.from(loaded.bytes), ABC);
  assert.deepEqual((await readdir(dir)).toSorted(), ['mouse-svm.card.json', 'mouse-svm.v1-ba7816bf.onnx']);
  if (process.platform === 'win32') return;
  for (const file of await readdir(dir)) assert.equal((await stat(join(dir, file))).mode & 0o777, 0o600);
  assert.equal((await stat(dir)).mode & 0o777, 0o700);
});

test('a new version replaces the old one and its file; deleting leaves nothing', async (t) => {
  const dir = await folder(t);
  await saveModel(dir, CARD, ABC);
  await saveModel(dir, { ...CARD, version: 2, heldOut: null }, Buffer.from('{}'));
  assert.deepEqual((await readdir(dir)).toSorted(), ['mouse-svm.card.json', 'mouse-svm.v2-44136fa3.onnx']);
  assert.equal((await loadCard(dir, 'mouse-svm')).version, 2);
  await deleteModel(dir, 'mouse-svm');
  assert.deepEqual(await readdir(dir), []);
  await deleteModel(dir, 'mouse-svm');
});

test('a save that fails leaves the model that was there', async (t) => {
  const dir = await folder(t);
  await saveModel(dir, CARD, ABC);
  // A folder in the place of the new file can't be replaced by a file.
  await mkdir(join(dir, 'mouse-svm.v2-44136fa3.onnx'));
  await assert.rejects(saveModel(dir, { ...CARD, version: 2 }, Buffer.from('{}')));
  assert.equal((await loadModel(dir, 'mouse-svm')).card.version, 1);
  assert.deepEqual(
    (await readdir(dir)).filter((file) => file.endsWith('.tmp')),
    [],
  );
});

test('a file that its card does not describe is refused', async (t) => {
  const dir = await folder(t);
  const { file } = await saveModel(dir, CARD, ABC);
  await appendFile(join(dir, file), 'd');
  // Digest of "abcd" by sha256sum.
  await assert.rejects(loadModel(dir, 'mouse-svm'), {
    message:
      'model mouse-svm refused: its file does not match its card (sha256 88d4266fd4e6, expected ba7816bf8f01); train again',
  });
  await writeFile(join(dir, file), 'ab');
  await assert.rejects(loadModel(dir, 'mouse-svm'), /model mouse-svm refused: its file does not match its card/);
});

test('what is missing is named, with what to do', async (t) => {
  const dir = await folder(t);
  await assert.rejects(loadModel(dir, 'mouse-svm'), { message: 'there is no model mouse-svm yet; train first' });
  const { file } = await saveModel(dir, CARD, ABC);
  await rm(join(dir, file));
  await assert.rejects(loadModel(dir, 'mouse-svm'), {
    message: `model mouse-svm refused: its file ${file} is missing; train again`,
  });
});

test('a malformed card is refused, naming the field', async (t) => {
  const dir = await folder(t);
  const card = await saveModel(dir, CARD, ABC);
  const path = join(dir, 'mouse-svm.card.json');
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
    await writeFile(path, JSON.stringify(value));
    await assert.rejects(loadModel(dir, 'mouse-svm'), message);
  }
  const whole = JSON.stringify(card);
  await writeFile(path, whole.slice(0, whole.length / 2));
  await assert.rejects(loadModel(dir, 'mouse-svm'), {
    message: 'model mouse-svm refused: its card is not JSON; train again',
  });
});

test('a malformed card is never written', async (t) => {
  const dir = await folder(t);
  await assert.rejects(saveModel(dir, { ...CARD, name: '../evil' }, ABC), /malformed at name/);
  await assert.rejects(
    saveModel(dir, { ...CARD, owner: { mean: [1, NaN], sd: [1, 1] } }, ABC),
    /malformed at owner\.mean\.1/,
  );
  await assert.rejects(stat(dir), { code: 'ENOENT' });
});

test('what the disk refuses is not taken for a missing model', async (t) => {
  const dir = await folder(t);
  const { file } = await saveModel(dir, CARD, ABC);
  await rm(join(dir, file));
  await mkdir(join(dir, file));
  await assert.rejects(loadModel(dir, 'mouse-svm'), { code: 'EISDIR' });
});
