// The whole agent in this process, fed by the synthetic typist: what a host sees of it, and what it does about bad surroundings.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Push } from '../../src-preload/contract.ts';
import { startAgent, type Agent } from './agent.ts';
import { inventEvents, typistByName } from './collect/synthetic.ts';
import { createRandom } from './learn/random.ts';
import { syntheticOptions as options } from './options.fixture.ts';
import { openSealed } from './open-data.ts';
import { replayFiles } from './replay-run.ts';
import { AlreadyRunning } from './store/data-lock.ts';

const modelsDir = path.resolve(import.meta.dirname, '../../models');

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-agent-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function started(t: TestContext, dataDir: string): Promise<Agent> {
  const agent = await startAgent({ options: options(dataDir), version: '1.2.3' });
  t.after(() => agent.stop());
  return agent;
}

test('a snapshot comes first, then another as soon as there is something new, and none after leaving', async (t) => {
  const agent = await started(t, await folderFor(t));
  const pushes: Push[] = [];
  const enough = Promise.withResolvers<void>();
  const leave = agent.subscribe((push) => {
    pushes.push(push);
    if (push.push === 'snapshot' && push.data.events.published > 0) enough.resolve();
  });
  const [first] = pushes;
  assert.equal(first?.push, 'snapshot');
  assert.equal(first?.push === 'snapshot' ? first.data.version : '', '1.2.3');
  await enough.promise;
  leave();
  const seen = pushes.length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(pushes.length, seen);
});

test('learning shows no score and says what is missing', async (t) => {
  const agent = await started(t, await folderFor(t));
  const snapshot = await agent.handlers.snapshot(null);
  assert.deepEqual([snapshot.state, snapshot.trust, snapshot.source], ['LEARNING', null, 'synthetic']);
  assert.match(snapshot.enrolment.sentence, /0 %, about 6 min of typing to go/);
  assert.deepEqual(
    snapshot.modalities.map(({ modality }) => modality),
    ['keystroke', 'mouse', 'app'],
  );
});

test('what is known of the owner is answered, and pushed when it changes', async (t) => {
  const agent = await started(t, await folderFor(t));
  const { profiles, shared, alarms, refusal } = await agent.handlers.learning(null);
  assert.deepEqual(
    profiles.map(({ id, name, status, modalities }) => [id, name, status, modalities.map(({ modality }) => modality)]),
    [['1', 'Usual', 'learning', ['keystroke', 'mouse']]],
  );
  assert.deepEqual([shared.map(({ modality }) => modality), alarms], [['app'], []]);
  assert.equal(typeof refusal, 'string');
  const pushed = Promise.withResolvers<string>();
  t.after(
    agent.subscribe((push) => {
      if (push.push === 'learning') pushed.resolve(push.data.profiles[0]?.name ?? '');
    }),
  );
  await agent.handlers.renameProfile({ id: '1', name: 'Laptop' });
  assert.equal(await pushed.promise, 'Laptop');
  await assert.rejects(agent.handlers.addProfile({ name: 'Dock' }));
});

test('too little to train from is said per modality, not hidden', async (t) => {
  const agent = await started(t, await folderFor(t));
  const sentences = await agent.handlers.train(null);
  assert.equal(sentences.length, 3);
  assert.match(sentences[0] ?? '', /Not trained: keystroke-graphs needs 200 keystrokes to learn from, there are 0/);
});

test('what happens is chained: the log is verified while the agent runs, and an entry is told by its number', async (t) => {
  const agent = await started(t, await folderFor(t));
  await agent.handlers.pause({ minutes: 5 });
  const [paused, first] = await agent.handlers.audit({ limit: 9 });
  assert.deepEqual([paused?.kind, first?.kind], ['pause', 'start']);
  const { entry } = await agent.handlers.moment({ atMs: first?.atMs ?? 0 });
  assert.deepEqual(entry, { seq: 1, last: 2 });
  const { whole, entries, entry: asked } = await agent.handlers.verifyLog({ entry: 1 });
  assert.deepEqual([whole, entries], [true, 2]);
  assert.deepEqual(asked, { seq: 1, sound: true, sentence: 'Entry 1 itself is as SecLyzer wrote it.' });
  const { storage } = await agent.handlers.settings(null);
  assert.match(storage.logSentence, /^The audit log of 2 entries was whole when it was last verified/);
});

test('a second agent on the same data is refused', async (t) => {
  const folder = await folderFor(t);
  await started(t, folder);
  await assert.rejects(startAgent({ options: options(folder), version: '1' }), AlreadyRunning);
});

test('a damaged database is set aside, said, and a fresh one started', async (t) => {
  const folder = await folderFor(t);
  await writeFile(path.join(folder, 'seclyzer.db'), 'this is no database, and never was one'.repeat(100));
  const agent = await started(t, folder);
  const { notices } = await agent.handlers.snapshot(null);
  assert.match(notices[0]?.text ?? '', /database was damaged .* set aside as .*seclyzer\.db\.damaged-/);
  assert.ok(readdirSync(folder).some((name) => name.startsWith('seclyzer.db.damaged-')));
});

test('a trained model comes back after a restart; one that is malformed is refused and said', async (t) => {
  const folder = await folderFor(t);
  const recording = path.join(folder, 'ada.jsonl');
  const startUs = 1_704_704_400_000_000;
  const lines: string[] = [];
  for (const event of inventEvents(typistByName('ada'), createRandom(4), startUs)) {
    if (event.ts > startUs + 240e6) break;
    lines.push(JSON.stringify(event));
  }
  await writeFile(recording, lines.join('\n'));
  const data = path.join(folder, 'data');
  await replayFiles([recording], { dataDir: data, modelsDir, enrol: { keystroke: 200, mouse: 1e6 } }, () => undefined);

  const first = await startAgent({ options: options(data), version: '1' });
  const learned = await first.handlers.snapshot(null);
  await first.stop();
  assert.equal(learned.modalities[0]?.status, 'waiting');

  const { store } = await openSealed(data, null);
  const [learnedModel] = store.models();
  assert.ok(learnedModel !== undefined);
  store.addModel({ ...learnedModel, version: learnedModel.version + 1, card: '{"format":1}' });
  store.close();

  const second = await started(t, data);
  const { modalities, notices, trust } = await second.handlers.snapshot(null);
  assert.equal(modalities[0]?.status, 'unavailable');
  assert.match(modalities[0]?.reason ?? '', /keystroke-graphs refused: it is malformed/);
  assert.match(notices.at(-1)?.text ?? '', /refused/);
  assert.equal(trust, null, 'no score from a model that was refused');
});
