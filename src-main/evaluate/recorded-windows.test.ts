import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { KEYSTROKE_PATH } from '../agent/vector-path.ts';
import { readProtocol, windowsOf } from './recorded-windows.ts';

const S = 1e6;

test('windows are cut every hop and mark what they lack, so that it is no zero in the statistics', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-windows-'));
  const file = path.join(folder, 'r.jsonl');
  // "ththth...": one key a second for 40 s.
  const lines = Array.from({ length: 40 }, (_, i) => {
    const key = i % 2 === 0 ? 't' : 'h';
    const event = { type: 'keystroke', key };
    return [
      { ...event, ts: (100 + i) * S, event: 'press' },
      { ...event, ts: (100 + i) * S + 90_000, event: 'release' },
    ];
  });
  await writeFile(
    file,
    lines
      .flat()
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  const windows = await windowsOf(file, KEYSTROKE_PATH, 5 * S);
  assert.deepEqual(
    windows.map(({ ts, events }) => [ts / S, events]),
    [
      [130, 30],
      [135, 30],
    ],
  );
  const value = (name: string): number =>
    windows[0]?.vector[KEYSTROKE_PATH.features.findIndex((f) => f.name === name)] ?? 0;
  assert.equal(value('digraph.th'), 1000);
  assert.ok(Number.isNaN(value('digraph.an')));
  await rm(folder, { recursive: true });
});

test('what is no protocol is refused by name', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-protocol-'));
  const file = path.join(folder, 'protocol.json');
  await writeFile(file, '{"name":"x","modality":"voice"}');
  await assert.rejects(readProtocol(file), /protocol\.json is no protocol/);
  await rm(folder, { recursive: true });
});
