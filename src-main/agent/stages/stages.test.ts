// With a real redis-server: what a scorer and another extractor publish about this installation, and what becomes of it when Redis goes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DEFAULT_USER_SETTINGS } from '../../../src-preload/contract.ts';
import { MOUSE_FEATURES } from '../features/index.ts';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import { NO_REDIS as skip, startRedis } from '../publish/redis/redis-server.fixture.ts';
import { subjectId } from '../roles/partitions.ts';
import { testFolder } from '../store/test-folder.ts';
import { createStages } from './stages.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const NAMES_OF = { id: ID, host: 'h', user: 'u' };
const OWN = `seclyzer:scored:${subjectId(NAMES_OF)}`;
const OTHER_ID = '00000000-0000-4000-8000-000000000002';
const S = 1e6;
const T0 = 1_700_000_000 * S;
const NAMES = MOUSE_FEATURES.map(({ name }) => name);

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (what()) return;
    await sleep(10);
  }
  assert.fail(`never: ${what.toString()}`);
}

const ROLES_CONF = fileURLToPath(new URL('../../../assets/redis/seclyzer-roles.conf', import.meta.url));
const PASSWORDS = { collector: 'change-this-password', scorer: 'change-this-too' };
const as = (user: keyof typeof PASSWORDS): readonly string[] => ['--user', user, '--pass', PASSWORDS[user]];

/** @param guarded with the users that are suggested, and this agent one of them. */
async function site(t: TestContext, place: Partial<typeof DEFAULT_USER_SETTINGS.stages>, guarded = false) {
  const server = await startRedis({
    folder: testFolder(t),
    ...(guarded ? { conf: ROLES_CONF, cliArgs: [...as('scorer'), '--no-auth-warning'] } : {}),
  });
  t.after(server.stop);
  const dataDir = testFolder(t);
  if (guarded) writeFileSync(join(dataDir, 'redis-password'), PASSWORDS.collector, { mode: 0o600 });
  const user = guarded ? 'collector' : '';
  const settings = {
    ...DEFAULT_USER_SETTINGS,
    redis: { ...DEFAULT_USER_SETTINGS.redis, url: `redis://127.0.0.1:${server.port}`, user },
    stages: { ...DEFAULT_USER_SETTINGS.stages, ...place },
  };
  const taps = new Set<(record: OutletRecord) => void>();
  const notices = new Map<string, string | null>();
  const told: OutletRecord[] = [];
  let nowUs = T0;
  const stages = createStages({
    ...{ settings: () => settings, dataDir, names: () => NAMES_OF, nowUs: () => nowUs },
    tap: {
      listen: (listener) => {
        taps.add(listener);
        return () => taps.delete(listener);
      },
    },
    notice: (about, text) => notices.set(about, text),
  });
  stages.outlet.listen((record) => told.push(record));
  await stages.apply();
  t.after(stages.stop);
  await until(() => !/being made/.test(stages.view().scoring.reason ?? stages.view().features.reason ?? ''));
  const make = (record: OutletRecord): void => {
    nowUs = record.ts;
    for (const listener of taps) listener(record);
  };
  return {
    ...{ server, stages, notices, told, settings },
    at: (atS: number) => (nowUs = T0 + atS * S),
    /** This machine's own. */
    score: (atS: number, trust: number) =>
      make({ kind: 'score', ts: T0 + atS * S, trust, low: trust, high: trust, state: 'NORMAL', modalities: [] }),
    window: (atS: number, value: number) =>
      make({
        ...{ kind: 'features', modality: 'mouse', ts: T0 + atS * S, events: 5, raw: 150, fresh: 25, names: NAMES },
        values: new Float32Array(NAMES.length).fill(value),
      }),
    publish: (channel: string, atS: number, more: Readonly<Record<string, unknown>>) =>
      server.cli('PUBLISH', channel, JSON.stringify({ ts: T0 + atS * S, host: 'h', user: 'u', ...more })),
  };
}

const scored = (trust: number | null, about: Readonly<Record<string, string>>) => ({
  ...{ type: 'score', trust, low: trust, high: trust, state: 'NORMAL', modalities: {}, ...about },
});
const BY_SCORER = { by: 'scorer', subject: ID };

test(
  'remote: the scorer decides while its score is fresh, this machine as soon as Redis is gone',
  { skip },
  async (t) => {
    const { server, stages, notices, publish, score, at } = await site(t, { scoring: 'remote' });
    assert.equal(stages.view().scoring.reason, 'nothing has come from a scorer');
    assert.match(notices.get('stage-open') ?? '', /^Any machine with a password like that of this one could speak/);
    // Neither of another machine, nor what this agent has sent itself, is a score from elsewhere about this one.
    publish(OWN, 1, scored(1, { by: 'scorer', subject: OTHER_ID }));
    publish(OWN, 1, scored(2, { id: ID }));
    publish(OWN, 2, scored(88, BY_SCORER));
    at(2);
    await until(() => stages.view().scoring.uses === 'remote');
    assert.deepEqual(stages.score.at(T0 + 3 * S)?.levels, { trust: 88, low: 88, high: 88 });
    score(4, 88);
    assert.equal(notices.get('stage-remote'), null);

    await server.stop();
    await until(() => stages.view().scoring.uses === 'local');
    assert.equal(stages.score.at(T0 + 4 * S), null, 'fresh, but nobody could take it back');
    score(5, 70);
    assert.match(
      notices.get('stage-remote') ?? '',
      /^The score of this machine decides: 127\.0\.0\.1:\d+ can't be reached/,
    );
    await server.start();
    await until(() => stages.view().scoring.uses === 'remote');
    assert.equal(stages.score.at(T0 + 6 * S)?.levels.trust, 88);
  },
);

test('both: this machine decides, and the other is compared with it', { skip }, async (t) => {
  const { stages, notices, publish, score } = await site(t, { scoring: 'both' });
  for (let s = 1; s <= 125; s += 1) {
    score(s, 90);
    assert.equal(stages.score.at(T0 + s * S), null);
    if (s % 5 !== 0) continue;
    publish(OWN, s, scored(s <= 50 ? 90 : 60, BY_SCORER));
    await until(() => stages.view().scoring.lastRemoteMs === (T0 + s * S) / 1000);
  }
  score(160, 90);
  const { uses, comparison } = stages.view().scoring;
  assert.deepEqual([uses, comparison?.pairs, comparison?.outside], ['local', 25, 15]);
  assert.match(notices.get('stage-scoring') ?? '', /^Trust: 60 % of 25 figures from elsewhere/);
});

test(
  'windows of the mouse from elsewhere go on in the place of this machine’s, those of typing never',
  { skip },
  async (t) => {
    const { stages, told, publish, window, score } = await site(t, { features: 'remote' });
    const features = Object.fromEntries(NAMES.map((name) => [name, 2]));
    window(5, 1);
    publish('seclyzer:features:mouse', 5, {
      type: 'features',
      modality: 'mouse',
      events: 5,
      features,
      by: 'rust',
      id: ID,
    });
    await until(() => told.length === 1);
    window(10, 1);
    score(15, 90);
    const windows = told.filter((record) => record.kind === 'features');
    assert.deepEqual(
      windows.map(({ ts, values }) => [(ts - T0) / S, values[0]]),
      [
        [5, 2],
        [10, 1],
      ],
    );
    assert.match(stages.view().features.reason ?? '', /typing is measured here all the same/);
    score(30, 90);
    const { comparison } = stages.view().features;
    assert.deepEqual(
      [comparison?.pairs, comparison?.compared, comparison?.outside],
      [1, NAMES.length + 1, NAMES.length],
    );
  },
);

test('with the password of an agent nobody speaks for a scorer, by whatever way', { skip }, async (t) => {
  const { server, stages, notices, publish, at } = await site(t, { scoring: 'remote' }, true);
  assert.equal(notices.get('stage-open'), null);
  const forged = JSON.stringify({ ts: T0 + S, host: 'h', user: 'u', v: 1, ...scored(100, { by: 'scorer', id: ID }) });
  const agent = (...words: readonly string[]): string => server.cli(...as('collector'), ...words);
  const script = "return redis.call('PUBLISH', ARGV[1], ARGV[2])";
  for (const words of [
    ['PUBLISH', OWN, forged],
    ['EVAL', script, '0', OWN, forged],
    ['SPUBLISH', OWN, forged],
    // Nor can it take the place of one, or cut it off.
    ['CLIENT', 'KILL', 'TYPE', 'pubsub'],
    ['CLIENT', 'PAUSE', '1000'],
    ['ACL', 'SETUSER', 'collector', 'allchannels'],
  ])
    assert.match(agent(...words), /NOPERM|can't publish to the channel/, words.join(' '));
  // It may speak where all do, under any name: there no agent listens for scores.
  assert.equal(agent('PUBLISH', 'seclyzer:scores', forged), '0');
  // What is forged all the same, with a scorer's own password, about another one or out of the past, is counted.
  at(20);
  publish(OWN, 20, scored(88, BY_SCORER));
  await until(() => stages.view().scoring.uses === 'remote');
  publish(OWN, 21, scored(100, { by: 'scorer', subject: OTHER_ID }));
  publish(OWN, 19, scored(100, BY_SCORER));
  server.cli('PUBLISH', OWN, 'no score at all');
  await until(() => stages.view().scoring.refused === 3);
  assert.equal(stages.score.at(T0 + 21 * S)?.levels.trust, 88);
});

test('what is said on the channel of all in the name of a scorer is not taken', { skip }, async (t) => {
  const { stages, publish, at } = await site(t, { scoring: 'remote' });
  publish('seclyzer:scores', 1, scored(100, BY_SCORER));
  publish(OWN, 2, scored(12, BY_SCORER));
  at(2);
  await until(() => stages.view().scoring.uses === 'remote');
  assert.deepEqual([stages.score.at(T0 + 2 * S)?.levels.trust, stages.view().scoring.refused], [12, 0]);
});

test('without a Redis all stays here, and says so', async (t) => {
  const notices = new Map<string, string | null>();
  const settings = {
    ...DEFAULT_USER_SETTINGS,
    stages: { ...DEFAULT_USER_SETTINGS.stages, scoring: 'remote' as const },
  };
  const stages = createStages({
    ...{ settings: () => settings, dataDir: testFolder(t), names: () => NAMES_OF, nowUs: () => T0 },
    ...{ tap: { listen: () => () => undefined }, notice: (about, text) => notices.set(about, text) },
  });
  await stages.apply();
  assert.equal(stages.score.at(T0), null);
  assert.deepEqual(stages.view().scoring.reason, 'no Redis is named');
  assert.equal(
    notices.get('stage-remote'),
    'Nothing can come from elsewhere: no Redis is named. Name one under Settings, Redis.',
  );
  await stages.stop();
});
