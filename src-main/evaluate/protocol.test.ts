import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { asWriting, readPeople, readProtocol } from './protocol.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-protocol-'));
after(() => rm(folder, { recursive: true }));

const GOOD = {
  name: 'x',
  modality: 'keystroke',
  enrol: { a: ['a/1.jsonl'], b: ['b/1.jsonl'] },
  genuine: { a: ['a/2.jsonl'] },
  impostor: 'others',
  window: { unit: 'keystrokes', sizes: [50], step: 'non-overlapping', max_gap_s: 5 },
};

async function written(content: unknown): Promise<string> {
  const file = path.join(folder, 'protocol.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('a protocol is read with what it leaves open filled in, relative to its folder', async () => {
  const protocol = await readProtocol(await written(GOOD));
  assert.equal(protocol.folder, folder);
  assert.deepEqual(protocol.window, { unit: 'keystrokes', sizes: [50], max_gap_s: 5, across_files: false });
});

test('what is wrong is said by name', async () => {
  const refusals: readonly (readonly [unknown, RegExp])[] = [
    ['{"name":', /protocol\.json is no protocol: it is not JSON/],
    [{ ...GOOD, modality: 'voice' }, /no protocol: "modality"/],
    [{ ...GOOD, window: { unit: 'keystrokes', sizes: [2.5] } }, /no protocol: "window.sizes.0"/],
    [{ ...GOOD, window: { unit: 'days', sizes: [1] } }, /no protocol: "window.unit"/],
    [{ ...GOOD, window: { unit: 'active_seconds', sizes: [15] } }, /active_seconds do not fit the modality keystroke/],
    [{ ...GOOD, modality: 'linguistic' }, /windows of keystrokes do not fit the modality linguistic/],
    [{ ...GOOD, window: { unit: 'words', sizes: [40] } }, /windows of words do not fit the modality keystroke/],
    [{ ...GOOD, genuine: { c: ['c/1.jsonl'] } }, /c is to be scored but does not enrol/],
    [{ ...GOOD, impostor: { d: [['a', 'a/2.jsonl']] } }, /d is to be scored but does not enrol/],
    [{ ...GOOD, enrol: {} }, /nobody enrols/],
    [{ ...GOOD, enrol: { a: [] } }, /a enrols without a recording/],
  ];
  for (const [content, reason] of refusals) await assert.rejects(readProtocol(await written(content)), reason);
  await assert.rejects(readProtocol(path.join(folder, 'nothing.json')), /cannot read the protocol .*nothing\.json/);
});

test('people are read with the events of the protocol alone', async () => {
  const [key, move] = [
    { type: 'keystroke', ts: 1, key: 'a', event: 'press' },
    { type: 'mouse', ts: 2, x: 1, y: 1, event: 'move' },
  ];
  await writeFile(path.join(folder, 'r.jsonl'), `${JSON.stringify(key)}\n${JSON.stringify(move)}\n`);
  const protocol = await readProtocol(await written({ ...GOOD, enrol: { a: ['r.jsonl'] }, genuine: {} }));
  assert.deepEqual(await readPeople(protocol, ['a']), [{ id: 'a', enrol: [[key]], genuine: [] }]);
  // What is written comes from the keys.
  assert.deepEqual(await readPeople(asWriting(protocol), ['a']), [{ id: 'a', enrol: [[key]], genuine: [] }]);
});

test('a protocol of typing is one of writing as well, a protocol of the mouse is not', async () => {
  const writing = asWriting(
    await readProtocol(await written({ ...GOOD, window: { ...GOOD.window, across_files: true } })),
  );
  const window = { unit: 'words', sizes: [20, 40, 60], max_gap_s: 30, across_files: true };
  assert.deepEqual([writing.modality, writing.window, writing.folder], ['linguistic', window, folder]);
  const mouse = { ...GOOD, modality: 'mouse', window: { unit: 'active_seconds', sizes: [15] } };
  const read = await readProtocol(await written(mouse));
  assert.throws(() => asWriting(read), /nothing is written in the recordings of x/);
});
