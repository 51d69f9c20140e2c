import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { recorded } from './collect/recorded.fixture.ts';
import type { Tick } from './pipeline.ts';
import { replayFiles } from './replay-run.ts';

const root = path.resolve(import.meta.dirname, '../..');
const modelsDir = path.join(root, 'models');
const recordings = path.resolve(root, '../shared/recordings/bbmas');
const skip = existsSync(recordings) ? false : 'no recordings beside the repository (../shared/recordings)';
const START_US = 1_704_704_400_000_000;

const summary = (ticks: readonly Tick[]): unknown[] => ticks.map(({ point, scores }) => [point, [...scores]]);

test('Ada enrols, is trusted, and Grace is noticed; twice the same to the last digit', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-replay-test-'));
  const files = [
    await recorded(folder, 'ada', 1, 8, START_US),
    await recorded(folder, 'ada', 2, 3, START_US + 600e6),
    await recorded(folder, 'grace', 3, 3, START_US + 900e6),
  ];
  const enrol = { keystroke: 500, mouse: 60, app: 20 };
  const run = async (): Promise<Tick[]> => {
    const ticks: Tick[] = [];
    const { refused } = await replayFiles(files, { modelsDir, enrol }, (tick) => ticks.push(tick));
    assert.deepEqual(refused, {});
    return ticks;
  };
  const ticks = await run();
  const between = (fromS: number, toS: number): Tick[] =>
    ticks.filter(
      ({ point }) => point.atMs > START_US / 1000 + fromS * 1000 && point.atMs <= START_US / 1000 + toS * 1000,
    );
  assert.ok(between(600, 780).every(({ point }) => (point.trust ?? 0) >= 70 && point.state === 'NORMAL'));
  assert.ok(between(900, 1080).some(({ point }) => (point.trust ?? 100) < 35));
  assert.deepEqual(summary(await run()), summary(ticks));
  await rm(folder, { recursive: true });
});

test('real people: the same scores twice, the owner trusted, somebody else not', { skip }, async () => {
  const files = ['bb001/enrol-1', 'bb001/test-1', 'bb013/test-1'].map((name) =>
    path.join(recordings, `${name}.jsonl.gz`),
  );
  const run = async (): Promise<Tick[]> => {
    const ticks: Tick[] = [];
    await replayFiles(files, { modelsDir, enrol: { keystroke: 500 } }, (tick) => ticks.push(tick));
    return ticks;
  };
  const ticks = await run();
  assert.deepEqual(summary(await run()), summary(ticks));
  const levels = ticks.map(({ point }) => point.trust).filter((trust) => trust !== null);
  assert.ok((levels[Math.floor(levels.length / 2)] ?? 0) > 90);
  assert.ok((levels.at(-1) ?? 100) < 35);
});

test('bad lines are counted by reason and nothing else is lost', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-replay-test-'));
  const file = await recorded(folder, 'ada', 5, 1, START_US);
  const good = (await readFile(file, 'utf8')).trim().split('\n').length;
  await appendFile(file, '{"type":"keystroke","ts":1,"key":"a","event":"press"}\nnonsense\n{"type":"keystroke","ts":');
  const { events, refused } = await replayFiles([file], { modelsDir, enrol: {} }, () => undefined);
  assert.equal(events, good);
  assert.deepEqual(Object.values(refused), [1, 1, 1]);
  assert.ok(Object.keys(refused).some((reason) => reason.includes('out of order')));
  assert.ok(Object.keys(refused).some((reason) => reason.includes(`cut off after ${good} events`)));
  await rm(folder, { recursive: true });
});

test('a file that is not there is a clear error', async () => {
  await assert.rejects(
    replayFiles(['/nowhere/at-all.jsonl'], { modelsDir, enrol: {} }, () => undefined),
    /at-all\.jsonl/,
  );
});
