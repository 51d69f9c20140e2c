import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { entriesOf, fromStart } from '../../evaluate/simulated-person.ts';
import { soakPeople } from '../../evaluate/soak-people.ts';
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import { NO_REDIS } from '../publish/redis/redis-server.fixture.ts';
import { settingsFor } from '../settings.ts';
import { createCipher } from '../store/cipher.ts';
import { appendEntries } from './append.ts';
import { packEntry, sealEntry, type Entry } from './entry.ts';
import { forgetSubject } from './forget-subject.ts';
import { openWindows } from './lesson.ts';
import { partitionKeys, partitionOf, subjectId } from './partitions.ts';
import { loadPriors } from './priors.ts';
import { FLEET_CIPHER, serveRedis } from './redis-calls.fixture.ts';
import { bytesOf, listOf, type RedisCalls } from './redis-calls.ts';
import { startScorer, type Scorer } from './scorer.ts';
import { createStreamWriter } from './stream-writer.ts';

const skip = NO_REDIS;
const PARTITIONS = 4;
const modelsDir = path.resolve(import.meta.dirname, '../../../models');
const NAMES = { host: 'unmistakable-host', user: 'ada', id: 'f00d-cafe' };
const subject = subjectId(NAMES);
const partition = partitionOf(subject, PARTITIONS);
const keys = partitionKeys(partition);

async function scorerOn(t: TestContext, calls: RedisCalls, name = 'one'): Promise<Scorer> {
  const scorer = startScorer({
    ...{ calls, cipher: FLEET_CIPHER, priors: await loadPriors(modelsDir), name, partitions: PARTITIONS },
    ...{ settings: settingsFor({ enrol: { keystroke: 300, mouse: 1_000_000 } }), leaseMs: 600 },
  });
  t.after(scorer.stop);
  return scorer;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries === 1000) assert.fail(`not in 10 s: ${what}`);
    await sleep(10);
  }
}

const sealed = (entry: Entry, seq: number, cipher = FLEET_CIPHER) => ({
  at: { run: 1, seq },
  sealed: sealEntry(cipher, subject, { run: 1, seq }, packEntry({ ...entry, ...NAMES })),
});

async function typedBy(index: number): Promise<readonly Entry[]> {
  const { people } = await soakPeople('/nonexistent');
  const typing = people[index]?.typing.filter(({ ts }, _, all) => ts - (all[0]?.ts ?? 0) < 400e6) ?? [];
  return entriesOf(fromStart(typing));
}

test(
  'models come about by themselves, and tell the owner from somebody else; what lies in Redis says nothing',
  { skip },
  async (t) => {
    const { server, calls } = await serveRedis(t);
    const scorer = await scorerOn(t, calls);
    const [ada, grace] = [await typedBy(0), await typedBy(1)];
    await appendEntries(
      calls,
      partition,
      subject,
      ada.map((entry, i) => sealed(entry, i + 1)),
    );
    await until('a model of typing', () => scorer.view().trainings.trained === 1);
    const view = scorer.view();
    assert.deepEqual([view.trainings.failed, view.partitions.length, view.of], [0, 4, 4]);

    // A day later the owner again, and then somebody else with his name.
    const dayUs = 86_400e6;
    const later = (all: readonly Entry[], from: number, days: number) =>
      all.slice(0, 40).map((entry, i) => sealed({ ...entry, ts: entry.ts + days * dayUs }, from + i));
    const trustAfter = async (entries: ReturnType<typeof later>): Promise<number> => {
      const count = scorer.view().entries;
      await appendEntries(calls, partition, subject, entries);
      await until('all scored', () => scorer.view().entries === count + entries.length);
      const [, last] = listOf(listOf(await calls.send(['XREVRANGE', keys.scores, '+', '-', 'COUNT', '1']))[0]);
      const message = JSON.parse(bytesOf(listOf(last)[5]).toString()) as {
        readonly trust: number;
        readonly host: string;
      };
      assert.equal(message.host, NAMES.host);
      return message.trust;
    };
    assert.ok((await trustAfter(later(ada, ada.length + 1, 1))) > 90);
    assert.ok((await trustAfter(later(grace, ada.length + 41, 2))) < 35);
    await scorer.stop();

    // All of Redis but the scores, which are as plain as the channel that they go to.
    const kept = [];
    for (const key of listOf(await calls.send(['KEYS', '*'])).map((one) => bytesOf(one).toString()))
      if (key !== keys.scores) kept.push(bytesOf((await calls.send(['DUMP', key])) ?? undefined));
    const all = Buffer.concat(kept);
    assert.ok(all.length > 20_000, `${all.length} bytes are looked at`);
    for (const text of [NAMES.host, NAMES.id, '"logit"', 'keystroke-forest', '"kind":"forest"'])
      assert.equal(all.includes(text), false, text);
    assert.equal(server.cli('KEYS', 'seclyzer:{*}:lease'), '');
  },
);

test('what no collector of the fleet has written is counted and done with, and moves nothing', { skip }, async (t) => {
  const { calls } = await serveRedis(t);
  const [ada] = [await typedBy(0)];
  const [first, second] = ada;
  assert.ok(first !== undefined && second !== undefined);
  const forged = sealed(second, 2, createCipher(Buffer.alloc(32, 4)));
  const genuine = sealed(first, 1);
  await appendEntries(calls, partition, subject, [genuine, forged, { at: { run: 9, seq: 9 }, sealed: genuine.sealed }]);
  await calls.send(['XADD', keys.entries, '*', 's', subject, 'n', 'anything', 'e', 'x']);
  await calls.send(['XADD', keys.entries, '*', 'hello', 'world']);
  // The same entry once more, as somebody would who has listened.
  await calls.send(['XADD', keys.entries, '*', 's', subject, 'n', '1:1', 'e', Buffer.from(genuine.sealed)]);
  const scorer = await scorerOn(t, calls);
  await until('all is done with', () => scorer.view().entries === 6);
  const counts = listOf(
    await calls
      .send(['HGETALL', keys.counts])
      .then((reply) => (Array.isArray(reply) ? reply : Object.entries(reply ?? {}).flat())),
  );
  const told = counts.map((one) => bytesOf(one).toString()).join(' ');
  assert.match(told, /refused 4/);
  assert.match(told, /scored 1/);
  assert.equal(
    bytesOf(await calls.send(['HGET', keys.subjects, subject]))
      .toString('latin1')
      .split(' ')[0],
    '1:1',
  );
});

test('a subject whose state was tampered with is not begun anew, and holds up nobody else', { skip }, async (t) => {
  const { calls } = await serveRedis(t);
  const [entry] = await typedBy(0);
  assert.ok(entry !== undefined);
  await calls.send(['HSET', keys.subjects, subject, '1:5 made up']);
  await appendEntries(calls, partition, subject, [sealed(entry, 6)]);
  // Another one of the same partition.
  const names = Array.from({ length: 99 }, (_, i) => ({ ...NAMES, user: `u${i}` }));
  const other = names.find((one) => partitionOf(subjectId(one), PARTITIONS) === partition);
  assert.ok(other !== undefined);
  const at = { run: 1, seq: 1 };
  const its = sealEntry(FLEET_CIPHER, subjectId(other), at, packEntry({ ...entry, ...other }));
  await appendEntries(calls, partition, subjectId(other), [{ at, sealed: its }]);
  const scorer = await scorerOn(t, calls);
  await until('both are done with', () => scorer.view().entries === 2);
  assert.equal(bytesOf(await calls.send(['HGET', keys.subjects, subject])).toString(), '1:5 made up');
  assert.equal(bytesOf((await calls.send(['HGET', keys.counts, 'refused'])) ?? undefined).toString(), '1');
});

test('scorers share the partitions evenly as they come and go', { skip }, async (t) => {
  const { calls } = await serveRedis(t);
  const held = (scorer: Scorer): number => scorer.view().partitions.length;
  const one = await scorerOn(t, calls, 'one');
  await until('one has all', () => held(one) === 4);
  const two = await scorerOn(t, calls, 'two');
  await until('two have two each', () => held(one) === 2 && held(two) === 2);
  const three = await scorerOn(t, calls, 'three');
  await until('one has two, the others one', () => held(one) + held(two) + held(three) === 4 && held(three) >= 1);
  const beganMs = performance.now();
  await two.stop();
  await three.stop();
  await until('one has all again', () => held(one) === 4);
  // Given back and not run out: less than a lease and the time to be told that nobody else is there.
  assert.ok(performance.now() - beganMs < 1500);
});

test('who is forgotten is gone for good, also from what a scorer still has in memory', { skip }, async (t) => {
  const { server, calls } = await serveRedis(t);
  const ada = await typedBy(0);
  const scorer = await scorerOn(t, calls);
  const add = (from: number, to: number) =>
    appendEntries(
      calls,
      partition,
      subject,
      ada.slice(from, to).map((entry, i) => sealed(entry, from + i + 1)),
    );
  await add(0, 30);
  await until('scored', () => scorer.view().entries === 30);
  assert.equal(await forgetSubject(calls, subject, PARTITIONS), true);
  const left = server
    .cli('KEYS', '*')
    .split('\n')
    .filter((key) => key.includes(subject));
  assert.deepEqual([left, server.cli('XLEN', keys.scores), server.cli('HLEN', keys.subjects)], [[], '0', '0']);
  // What comes now is the first that is known of him.
  await add(30, 31);
  await until('scored anew', () => scorer.view().entries === 31);
  assert.equal(server.cli('LLEN', keys.windows(subject, 'keystroke')), '1');
  assert.equal(await forgetSubject(calls, 'nobody-of-this-fleet-x', PARTITIONS), false);
});

test('Redis is killed in the middle and comes back: nothing is lost, nothing is scored twice', { skip }, async (t) => {
  const { server, calls } = await serveRedis(t, ['--appendonly', 'yes', '--appendfsync', 'always']);
  const ada = await typedBy(0);
  const scorer = await scorerOn(t, calls);
  const writer = createStreamWriter({
    append: (entries) => appendEntries(calls, partition, subject, entries),
    ...{ cipher: FLEET_CIPHER, subject, run: 1, alarm: SYSTEM_ALARM },
  });
  const all = [...ada, ...ada.map((entry) => ({ ...entry, ts: entry.ts + 3600e6 }))];
  for (const [i, entry] of all.entries()) {
    writer.take({ ...entry, ...NAMES });
    if (i === Math.floor(all.length / 2)) await server.stop();
    await sleep(2);
  }
  assert.ok(writer.view().waiting > 0 && scorer.view().entries > 0, 'in the middle');
  await server.start();
  const scored = (): number => Number(server.cli('XLEN', keys.scores));
  await until('all scored', () => scored() === all.length);
  const messages = listOf(await calls.send(['XRANGE', keys.scores, '-', '+'])).map((one) =>
    bytesOf(listOf(listOf(one)[1])[3]),
  );
  assert.deepEqual(
    messages.map(String),
    all.map((_, i) => `1:${i + 1}`),
  );
  assert.deepEqual([writer.view().waiting, writer.view().dropped, scorer.view().trouble], [0, 0, null]);
});

test('a window that is in the list twice is learned from once, in the order of time', { skip }, async (t) => {
  const { calls } = await serveRedis(t);
  const ada = await typedBy(0);
  const scorer = await scorerOn(t, calls);
  await appendEntries(
    calls,
    partition,
    subject,
    ada.slice(0, 4).map((entry, i) => sealed(entry, i + 1)),
  );
  await until('scored', () => scorer.view().entries === 4);
  const key = keys.windows(subject, 'keystroke');
  const [first] = listOf(await calls.send(['LRANGE', key, '0', '0'])).map(bytesOf);
  assert.ok(first !== undefined);
  await calls.send(['RPUSH', key, first]);
  const all = listOf(await calls.send(['LRANGE', key, '0', '-1'])).map(bytesOf);
  const { keystroke } = await loadPriors(modelsDir);
  const times = openWindows(FLEET_CIPHER, subject, 'keystroke', all, keystroke).map(({ ts }) => ts);
  assert.deepEqual([times.length, times], [all.length - 1, times.toSorted((a, b) => a - b)]);
  assert.throws(() => openWindows(FLEET_CIPHER, 'another', 'keystroke', all, keystroke), { name: 'SealBroken' });
});
