// What becomes of the text that the linguistic modality reads: nothing that is kept, written or left in memory holds any of it, and
// where the user has not turned it on it is not even read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { AgentOptions, Push, Snapshot } from '../../src-preload/contract.ts';
import { startAgent } from './agent.ts';
import { keyChanges, typistByName } from './collect/synthetic.ts';
import { typeText } from './collect/typist-typing.ts';
import { keysOf, typing } from './features/typing.fixture.ts';
import { statisticsJson } from './graph-basis.ts';
import { loadLinguisticPrior } from './learn/linguistic-prior.ts';
import { createRandom } from './learn/random.ts';
import { USUAL, writeText } from './learn/writer.fixture.ts';
import { linguisticTrack } from './linguistic-track.ts';
import { openSealed } from './open-data.ts';
import { syntheticOptions } from './options.fixture.ts';
import { settingsFor } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

const CANARY = 'quorvexing zemblatitude';
const modelsDir = path.resolve(import.meta.dirname, '../../models');
const holdsCanary = (text: string): boolean => CANARY.split(' ').some((word) => text.toLowerCase().includes(word));

const noMemory = existsSync('/proc/self/mem') ? false : 'this system does not show a process its own memory';

test(
  'in memory a text lies while it may be read, and nowhere once it is counted or turned off',
  { skip: noMemory },
  () => {
    const script = path.join(import.meta.dirname, 'typed-memory.fixture.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const found = JSON.parse(stdout) as Record<string, number>;
    // That it is found at all shows that the search works.
    assert.ok((found['typed'] ?? 0) > 0, stdout);
    assert.deepEqual({ ...found, typed: 1 }, { before: 0, typed: 1, turnedOff: 0, counted: 0, stretched: 0 });
  },
);

/** Everything that is handed to the store, as text. */
function listening(store: Store, heard: string[]): Store {
  return Object.fromEntries(
    Object.entries(store).map(([name, call]: [string, (...args: readonly unknown[]) => unknown]) => [
      name,
      (...args: readonly unknown[]) => {
        heard.push(`${name} ${JSON.stringify(args)}`);
        return call(...args);
      },
    ]),
  ) as unknown as Store;
}

test('what is stored of a stretch is 12 numbers, and of the model its card', async () => {
  const heard: string[] = [];
  const store = listening(openMemoryStore(), heard);
  const settings = settingsFor({ enrol: { linguistic: 600 } });
  const track = linguisticTrack({ settings, store, prior: await loadLinguisticPrior(modelsDir), seed: 1 });
  const text = writeText(USUAL, 900, createRandom(1)).replaceAll('. ', `. ${CANARY} `);
  let nextUs = 0;
  for (const event of typing(keysOf(`\n${text}`))) {
    if (event.ts > nextUs) await track.tick((nextUs = event.ts + 2_000_000), true);
    track.accept(event);
  }
  await track.train(nextUs / 1000);
  await track.release();
  const written = heard.filter((call) => !/^(windows|models|versions|nextVersion|get|flush) /.test(call));
  assert.ok(written.filter((call) => call.startsWith('addWindow ')).length >= 10);
  assert.equal(written.filter((call) => call.startsWith('addModel ')).length, 1);
  for (const call of written) {
    assert.match(call, /^add(Window|Model) /);
    assert.equal(holdsCanary(call), false);
    const [window] = JSON.parse(call.slice(call.indexOf(' '))) as [{ vector?: Record<string, number> }];
    if (call.startsWith('addWindow ')) assert.equal(Object.keys(window.vector ?? {}).length, 12);
  }
});

/** The synthetic typist writes with the canary in each line, at the pace of a hand. */
function recordingOf(words: number): string {
  const text = writeText(USUAL, words, createRandom(2)).replaceAll('\n', ` ${CANARY}.\n`);
  const startUs = 1_704_704_400_000_000;
  return keyChanges(typeText(typistByName('ada'), `\n${text}`, createRandom(3)))
    .map(({ atMs, key, event }) =>
      JSON.stringify({ type: 'keystroke', ts: startUs + Math.round(1000 * atMs), key, event }),
    )
    .join('\n');
}

/** Plays the recording through a whole agent; answers the last snapshot, all that the folder holds, and all that was said. */
async function agentWith(modalities: Readonly<Record<string, boolean>>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-writing-'));
  const recording = path.join(folder, 'ada.jsonl');
  await writeFile(recording, recordingOf(700));
  const dataDir = path.join(folder, 'data');
  const settingsFile = path.join(folder, 'settings.json');
  await writeFile(settingsFile, JSON.stringify({ modalities }));
  const options: AgentOptions = {
    ...syntheticOptions(dataDir),
    settingsFile,
    enrol: { linguistic: 600 },
    source: { kind: 'replay', files: [recording], speed: 1000 },
  };
  const agent = await startAgent({ options, version: '1' });
  const said: Push[] = [];
  const ended = Promise.withResolvers<void>();
  let afterTheEnd = 0;
  const leave = agent.subscribe((push) => {
    said.push(push);
    const missing = push.push === 'snapshot' ? push.data.modalities.map(({ reason }) => reason).join(' ') : '';
    // The end may be told before the last keys have had their tick.
    if (missing.includes('the recording has ended') && ++afterTheEnd === 3) ended.resolve();
  });
  await ended.promise;
  const audit = await agent.handlers.audit({ limit: 100 });
  const snapshot = await agent.handlers.snapshot(null);
  leave();
  await agent.stop();
  const { store } = await openSealed(dataDir, null);
  const packed = store.get('keystroke-statistics 1');
  const kept = {
    stretches: store.windows('linguistic', 1000).map(({ vector }) => [...vector]),
    typing: packed === null ? null : statisticsJson(packed),
    models: store.models(),
    decisions: store.decisions(100),
    scores: store.scores(0, Number.MAX_SAFE_INTEGER),
  };
  store.close();
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const bytes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(path.join(file.parentPath, file.name), 'latin1')),
  );
  await rm(folder, { recursive: true });
  return { snapshot, kept, everything: [JSON.stringify({ said, audit, kept }), ...bytes] };
}

const cardOf = ({ modalities }: Snapshot) => modalities.find(({ modality }) => modality === 'linguistic');

// The clock of a replay takes its time, so they run beside each other.
const agents = Promise.all([
  agentWith({ linguistic: true }),
  agentWith({}),
  agentWith({ linguistic: true, keystroke: false }),
]);

test('through the whole agent: turned on it learns, and no byte of the text is written or told', async () => {
  const [{ snapshot, kept, everything }] = await agents;
  assert.ok(kept.stretches.length >= 10 && kept.stretches.every((vector) => vector.length === 12));
  assert.ok(kept.models.some(({ name }) => name === 'linguistic-bayes'));
  assert.equal(cardOf(snapshot)?.enrolment.unit, 'words');
  assert.ok((cardOf(snapshot)?.enrolment.have ?? 0) >= 600);
  for (const text of everything) assert.equal(holdsCanary(text), false);
});

test('through the whole agent: unless it is turned on nothing is read, kept or shown of it', async () => {
  const [, { snapshot, kept, everything }] = await agents;
  assert.deepEqual(kept.stretches, []);
  assert.ok(kept.typing !== null, 'typing was learned from the same keys');
  assert.equal(cardOf(snapshot), undefined);
  for (const text of everything) assert.equal(holdsCanary(text), false);
});

test('for what is written alone the keys are read, typing is not learned, and there is no score', async () => {
  const [, , { snapshot, kept }] = await agents;
  assert.ok(kept.stretches.length >= 10);
  assert.equal(kept.typing, null);
  const typed = snapshot.modalities.find(({ modality }) => modality === 'keystroke');
  assert.deepEqual([typed?.status, typed?.evidence.have, snapshot.trust], ['unavailable', 0, null]);
});
