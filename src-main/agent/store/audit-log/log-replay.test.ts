// Real decisions of the whole chain, from events to the log: a synthetic typist enrols, another one takes over, and all that was decided is
// decided again out of the file.
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { recorded } from '../../collect/recorded.fixture.ts';
import { replayFiles } from '../../replay-run.ts';
import { createCipher } from '../cipher.ts';
import { loadDriver } from '../driver.ts';
import { openStore } from '../open-store.ts';
import { dataKeyAtHand } from '../data-key.ts';
import { testFolder } from '../test-folder.ts';
import { verifyFile } from './verify-file.ts';

const modelsDir = resolve(import.meta.dirname, '../../../../models');
const START_US = 1_704_704_400_000_000;

test('every decision of a session with a takeover is made again, until what it was made from is gone', async (t) => {
  const [folder, dataDir] = [testFolder(t), testFolder(t)];
  const files = [
    await recorded(folder, 'ada', 1, 4, START_US),
    await recorded(folder, 'grace', 3, 1.5, START_US + 300e6),
  ];
  await replayFiles(files, { modelsDir, dataDir, enrol: { keystroke: 300, mouse: 60, app: 20 } }, () => undefined);
  const key = dataKeyAtHand(dataDir);
  assert.ok(typeof key !== 'string');
  const path = join(dataDir, 'seclyzer.db');
  const verify = (version: string) => verifyFile(path, createCipher(key), { version });
  const { whole, replay, entries, sentences } = await verify('unknown');
  const decisions = replay?.decisions ?? 0;
  assert.ok(decisions >= 4, `${decisions} decisions`);
  assert.deepEqual(replay, { decisions, same: decisions, gone: 0, otherVersion: 0, different: 0, differences: [] });
  assert.deepEqual([whole, entries], [true, 2 * decisions]);
  assert.ok(
    sentences.includes(
      `Of ${decisions} decisions ${decisions} could be made again from what was kept of the evidence: all came out the same.`,
    ),
    sentences.join('\n'),
  );
  const bytes = new (loadDriver())(path, { readonly: true });
  const [largest] = bytes.prepare<[], number>(`SELECT max(length(body)) FROM entry`).pluck().all();
  bytes.close();
  t.diagnostic(`${decisions} decisions, ${largest} B at most of what one was made from`);

  const { store } = await openStore(dataDir, { key });
  const said = { atMs: START_US / 1000, kind: 'deletion', text: 'What decisions were made from was deleted.' } as const;
  store.eraseLog({ kinds: ['evidence'] }, said);
  store.close();
  const after = await verify('unknown');
  assert.deepEqual([after.whole, after.replay?.same, after.replay?.gone], [true, 0, decisions]);
  assert.ok(after.sentences.some((sentence) => sentence.startsWith(`${decisions} can't be made again: `)));
});
