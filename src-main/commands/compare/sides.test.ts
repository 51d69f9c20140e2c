// The sides of a comparison: what stands on the command line, files, commands and a real Redis.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_USER_SETTINGS } from '../../../src-preload/contract.ts';
import { testFolder } from '../../agent/store/test-folder.ts';
import { NO_REDIS as skip, startRedis } from '../../agent/publish/redis/redis-server.fixture.ts';
import { Misused } from '../context.ts';
import { chooseSides } from './choose-sides.ts';
import { commandSide } from './command-side.ts';
import { fileSide } from './file-side.ts';
import { redisSide } from './redis-side.ts';
import type { OutputSide } from './side.ts';
import { compareTogether, type TogetherParts } from './together.ts';

const T0 = 1_701_423_840_000_000;
const score = (s: number, trust: number, more: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ type: 'score', ts: T0 + s * 1e6, host: 'h', user: 'ada', trust, state: 'NORMAL', ...more });

function fileOf(t: TestContext, lines: readonly string[], name = 'outputs.jsonl'): string {
  const file = join(testFolder(t), name);
  writeFileSync(file, lines.join('\n'));
  return file;
}
const compare = (A: OutputSide, B: OutputSide, more: Partial<TogetherParts> = {}) =>
  compareTogether({
    ...{ sides: { A, B }, subjects: { A: null, B: null }, by: { A: null, B: null }, only: null, options: {} },
    ...{ signal: new AbortController().signal, progress: () => undefined },
    ...more,
  });
const upTo = (n: number, line: (s: number) => string): readonly string[] =>
  Array.from({ length: n }, (_, s) => line(s));

describe('what stands on the command line', () => {
  const place = { modelsDir: 'models', enrol: {} };
  const misuses: readonly (readonly [names: readonly string[], said: RegExp])[] = [
    [['local', 'a'], /^error: local needs events: name them with --recording/],
    [['a'], /^error: B is missing: name it, or give it a command with --b-command/],
    [['a', 'b', 'c'], /^error: there are two sides, and c is a third/],
    [['a', 'redis'], /names no Redis/],
    [['a', 'redis://ada:secret@db'], /must not hold a user or a password/],
  ];
  for (const [names, said] of misuses)
    test(`refused: ${names.join(' ')}`, () => {
      assert.throws(
        () => chooseSides(names, { data: 'nowhere' }, place, 'nowhere.json'),
        (error: unknown) => {
          assert.ok(error instanceof Misused);
          assert.match(error.message, said);
          return true;
        },
      );
    });
  test('commands take the place of names', () => {
    const { A, B } = chooseSides(['x.jsonl'], { data: '', aCommand: 'old', recording: ['r'] }, place, '');
    assert.deepEqual([A.words, A.isAnonymous, B.isAnonymous, B.isLive], ['old', true, false, false]);
  });
});

test('one side twice as long, and far ahead of the other: nothing waits', async (t) => {
  const a = fileOf(
    t,
    upTo(60_000, (s) => score(s, 50)),
  );
  const b = fileOf(t, [score(0, 50), ...upTo(60_000, (s) => score(s, 50)).slice(59_000)]);
  const { comparison, records } = await compare(fileSide(a), fileSide(b));
  assert.deepEqual(records, { A: 60_000, B: 1001 });
  assert.deepEqual(comparison.records.scores, { pairs: 1001, onlyInA: 58_999, onlyInB: 0, beyond: 0 });
  assert.equal(comparison.letGo, 0);
});

test('a command is given the events and its lines are read; where it fails, its last words', async (t) => {
  const event = (s: number): string => `{"type":"mouse","ts":${T0 + s * 1e6},"x":1,"y":2,"event":"move"}`;
  const recording = fileOf(t, upTo(10, event), 'recording.jsonl');
  const outputs = fileOf(
    t,
    upTo(10, (s) => score(s, 50)),
  );
  const turned = `sed -E 's/.*"ts":([0-9]+).*/{"type":"score","ts":\\1,"trust":50,"state":"NORMAL"}/'`;
  const { comparison } = await compare(fileSide(outputs), commandSide(turned, [recording]), {
    options: { missing: 'ignored' },
  });
  assert.deepEqual([comparison.within, comparison.records.scores.pairs], [true, 10]);
  await assert.rejects(
    compare(fileSide(outputs), commandSide('cat > /dev/null; echo oh dear >&2; exit 3', [recording])),
    /ended with code 3: oh dear$/,
  );
  // It needs nothing of what it is given, and the other side is not at its end.
  await assert.rejects(
    compare(fileSide(outputs), commandSide('exit 4', [recording])),
    /ended with code 4: it said nothing$/,
  );
});

test('whom and whose, where a side holds several', async (t) => {
  const own = fileOf(
    t,
    upTo(5, (s) => score(s, 50)),
  );
  const both = fileOf(
    t,
    upTo(5, (s) => `${score(s, 50)}\n${score(s, 60, { by: 'scorer' })}`),
  );
  await assert.rejects(compare(fileSide(own), fileSide(both)), /agent and scorer among them: choose one with --b-by/);
  const { comparison } = await compare(fileSide(own), fileSide(both), { by: { A: null, B: 'scorer' } });
  assert.equal(comparison.figures.find(({ figure }) => figure === 'trust')?.maxAbs, 10);
  const two = fileOf(
    t,
    upTo(5, (s) => `${score(s, 50)}\n${score(s, 50, { user: 'grace' })}`),
  );
  const anonymous: OutputSide = { ...fileSide(own), isAnonymous: true };
  await assert.rejects(compare(anonymous, fileSide(two)), /ada@h and grace@h among them: choose one with --b-subject/);
  const chosen = await compare(anonymous, fileSide(two), { subjects: { A: null, B: 'grace@h' } });
  assert.equal(chosen.comparison.within, true);
});

test('over a Redis, live, until it is enough; and where it goes, the reason', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const side = (): OutputSide =>
    redisSide({ ...DEFAULT_USER_SETTINGS.redis, url: `redis://127.0.0.1:${server.port}` }, testFolder(t));
  const heard = async (listeners: number): Promise<void> => {
    while (server.cli('PUBSUB', 'NUMSUB', 'seclyzer:scores') !== `seclyzer:scores\n${listeners}`) await sleep(10);
  };
  const stop = new AbortController();
  const found = compare(side(), side(), { by: { A: 'agent', B: 'scorer' }, signal: stop.signal });
  await heard(2);
  for (let s = 0; s < 5; s += 1) {
    server.cli('PUBLISH', 'seclyzer:scores', score(s, 90));
    server.cli('PUBLISH', 'seclyzer:scores', score(s, s === 2 ? 80 : 90, { by: 'scorer' }));
  }
  await sleep(100);
  stop.abort();
  const { comparison } = await found;
  assert.deepEqual(comparison.records.scores, { pairs: 5, onlyInA: 0, onlyInB: 0, beyond: 0 });
  assert.equal(comparison.figures.find(({ figure }) => figure === 'trust')?.outside, 1);

  const lost = compare(side(), side());
  await heard(2);
  const said = assert.rejects(lost, /^Error: The connection was lost: .* can't be reached: it closed the connection/);
  await server.stop();
  await said;
  await assert.rejects(compare(side(), side()), /^Error: There is no connection: nothing listens at/);
});
