import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { NO_REDIS } from '../publish/redis/redis-server.fixture.ts';
import { appendEntries } from './append.ts';
import { commitBatch, type Batch } from './commit.ts';
import { joinFleet, OtherFleet } from './fleet-record.ts';
import { giveLeaseBack, renewLease, takeLease, type Lease } from './lease.ts';
import { partitionKeys } from './partitions.ts';
import { sayGone, sayPresent } from './presence-list.ts';
import { FLEET_CIPHER, serveRedis } from './redis-calls.fixture.ts';
import type { RedisCalls } from './redis-calls.ts';
import { BEGIN, takeNew, takeOver, tidyGroup } from './take.ts';
import { createCipher } from '../store/cipher.ts';

const skip = NO_REDIS;
const P = 3;
const keys = partitionKeys(P);
const entry = (seq: number, run = 1) => ({ at: { run, seq }, sealed: Buffer.from([seq, 0, 255]) });

async function leaseOf(calls: RedisCalls, holder: string, ms = 10_000): Promise<Lease> {
  const lease = await takeLease(calls, P, holder, ms);
  assert.ok(lease !== null, `${holder} has no lease`);
  await tidyGroup(calls, lease);
  return lease;
}

async function take(calls: RedisCalls, lease: Lease) {
  const taken = await takeNew(calls, lease, 100);
  assert.ok(taken !== 'fenced');
  return taken;
}

/** As if they had been scored. */
const batchOf = (taken: Awaited<ReturnType<typeof take>>, more: Partial<Batch> = {}): Batch => ({
  scored: taken.map(({ id, subject, place }) => {
    const [run = 0, seq = 0] = place.split(':').map(Number);
    return { id, subject, at: { run, seq }, json: `{"n":"${place}"}` };
  }),
  ...{ passedOver: [], refused: 0, lessons: [] },
  subjects: taken.slice(-1).map(({ subject, place }) => {
    const [run = 0, seq = 0] = place.split(':').map(Number);
    return { subject, at: { run, seq }, sealed: Buffer.from('state') };
  }),
  ...more,
});

const counts = (t: Awaited<ReturnType<typeof serveRedis>>): string =>
  t.server.cli('HGETALL', keys.counts).split('\n').join(' ');

test('an entry that is sent twice, or after later ones, is in the stream once', { skip }, async (t) => {
  const { server, calls } = await serveRedis(t);
  const add = (...entries: readonly ReturnType<typeof entry>[]) => appendEntries(calls, P, 'ada', entries);
  assert.deepEqual(await add(entry(1), entry(2)), { added: 2, known: 0 });
  // The answer was lost: the same two again, with one that is new.
  assert.deepEqual(await add(entry(1), entry(2), entry(3)), { added: 1, known: 2 });
  // Of what was dropped on the way the numbers stay empty.
  assert.deepEqual(await add(entry(9)), { added: 1, known: 0 });
  assert.deepEqual(await add(entry(4)), { added: 0, known: 1 });
  // Started anew it counts from 1 again, and what of the run before still comes is late.
  assert.deepEqual(await add(entry(1, 2)), { added: 1, known: 0 });
  assert.deepEqual(await add(entry(10)), { added: 0, known: 1 });
  assert.deepEqual(await appendEntries(calls, P, 'grace', [entry(1)]), { added: 1, known: 0 });
  const lease = await leaseOf(calls, 'a');
  const taken = await take(calls, lease);
  assert.deepEqual(
    taken.map(({ subject, place }) => `${subject} ${place}`),
    ['ada 1:1', 'ada 1:2', 'ada 1:3', 'ada 1:9', 'ada 2:1', 'grace 1:1'],
  );
  assert.deepEqual(taken[0]?.sealed, Buffer.from([1, 0, 255]));
  assert.equal(
    server
      .cli('KEYS', '*')
      .split('\n')
      .every((key) => key.startsWith('seclyzer:{3}:')),
    true,
  );
});

test('a stream holds so many, and what had to go is counted', { skip }, async (t) => {
  const served = await serveRedis(t);
  const { server, calls } = served;
  await appendEntries(
    calls,
    P,
    'ada',
    [1, 2, 3, 4, 5].map((seq) => entry(seq)),
    3,
  );
  assert.equal(server.cli('XLEN', keys.entries), '3');
  assert.equal(counts(served), 'lost 2');
  const lease = await leaseOf(calls, 'a');
  const taken = await take(calls, lease);
  assert.deepEqual(
    taken.map(({ place }) => place),
    ['1:3', '1:4', '1:5'],
  );
  // The first of them has to go while it is being scored: it is scored, so it is not lost.
  await appendEntries(calls, P, 'ada', [entry(6)], 3);
  assert.equal(counts(served), 'lost 3');
  assert.equal(await commitBatch(calls, lease, batchOf(taken)), 'written');
  assert.equal(counts(served), 'lost 2 scored 3');
  assert.equal(server.cli('XLEN', keys.entries), '1');
});

test('who was only slow writes nothing after another has taken over', { skip }, async (t) => {
  const { server, calls } = await serveRedis(t);
  await appendEntries(calls, P, 'ada', [entry(1), entry(2)]);
  const slow = await leaseOf(calls, 'slow');
  const taken = await take(calls, slow);
  assert.equal(await takeLease(calls, P, 'next', 1000), null, 'one at a time');
  // Its time is up.
  server.cli('DEL', keys.lease);
  const next = await leaseOf(calls, 'next');
  assert.equal(next.token, slow.token + 1);
  assert.equal(await renewLease(calls, slow, 1000), false);
  assert.equal(await takeNew(calls, slow, 10), 'fenced');
  assert.equal(await commitBatch(calls, slow, batchOf(taken)), 'fenced');
  await giveLeaseBack(calls, slow);
  assert.equal(server.cli('GET', keys.lease), `next ${next.token}`);
  // What the slow one had taken is found by the next, in order, and its name is forgotten once nothing is left with it.
  const { entries, next: more } = await takeOver(calls, next, 10, BEGIN);
  assert.ok(entries !== 'fenced');
  assert.deepEqual([entries.map(({ place }) => place), more], [['1:1', '1:2'], null]);
  assert.equal(await commitBatch(calls, next, batchOf(entries)), 'written');
  await tidyGroup(calls, next);
  assert.doesNotMatch(server.cli('XINFO', 'CONSUMERS', keys.entries, 'scorers'), /slow/);
  assert.equal(server.cli('XPENDING', keys.entries, 'scorers').split('\n')[0], '0');
  assert.equal(server.cli('XLEN', keys.scores), '2');
});

test('a lease that ran out is still ours while nobody else has had one', { skip }, async (t) => {
  const { server, calls } = await serveRedis(t);
  const lease = await leaseOf(calls, 'a', 1);
  while (server.cli('EXISTS', keys.lease) === '1') await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(await renewLease(calls, lease, 1000), true);
  assert.equal(await takeLease(calls, P, 'b', 1000), null);
  await giveLeaseBack(calls, lease);
  assert.notEqual(await takeLease(calls, P, 'b', 1000), null);
});

test('a batch that was written already is not written again, nor any part of it', { skip }, async (t) => {
  const served = await serveRedis(t, ['--enable-debug-command', 'yes']);
  const { server, calls } = served;
  await appendEntries(calls, P, 'ada', [entry(1), entry(2), entry(3)]);
  const lease = await leaseOf(calls, 'a');
  const taken = await take(calls, lease);
  const lesson = { subject: 'ada', modality: 'mouse', sealed: Buffer.from([0, 1]) };
  const batch = batchOf(taken.slice(0, 2), { lessons: [lesson] });
  assert.equal(await commitBatch(calls, lease, batch), 'written');
  const before = server.cli('DEBUG', 'DIGEST');
  assert.match(before, /^[0-9a-f]{40}$/);
  // Its answer was lost; and the third entry comes with it.
  assert.equal(await commitBatch(calls, lease, batch), 'order');
  assert.equal(await commitBatch(calls, lease, batchOf(taken)), 'order');
  assert.equal(server.cli('DEBUG', 'DIGEST'), before);
  assert.equal(await commitBatch(calls, lease, batchOf(taken.slice(2))), 'written');
  assert.equal(server.cli('XLEN', keys.scores), '3');
  assert.equal(server.cli('LLEN', keys.windows('ada', 'mouse')), '1');
  assert.equal(server.cli('HGET', keys.subjects, 'ada'), '1:3 state');
  assert.equal(counts(served), 'scored 3');
});

test('a server whose memory is full takes no entry, and lets what is there be scored', { skip }, async (t) => {
  const { server, calls } = await serveRedis(t, ['--maxmemory-policy', 'noeviction', '--enable-debug-command', 'yes']);
  await appendEntries(calls, P, 'ada', [entry(1), entry(2)]);
  const lease = await leaseOf(calls, 'a');
  const taken = await take(calls, lease);
  server.cli('CONFIG', 'SET', 'maxmemory', '1');
  const before = server.cli('DEBUG', 'DIGEST');
  await assert.rejects(appendEntries(calls, P, 'ada', [entry(3)]), /OOM/);
  assert.equal(server.cli('DEBUG', 'DIGEST'), before);
  assert.equal(await commitBatch(calls, lease, batchOf(taken)), 'written');
  assert.equal(server.cli('XLEN', keys.entries), '0');
  server.cli('CONFIG', 'SET', 'maxmemory', '0');
  assert.deepEqual(await appendEntries(calls, P, 'ada', [entry(3)]), { added: 1, known: 0 });
});

test(
  'all of a fleet agree on the number of partitions, and another fleet is told',
  { skip },
  async (t: TestContext) => {
    const { calls } = await serveRedis(t);
    assert.equal(await joinFleet(calls, FLEET_CIPHER, 4), 4);
    assert.equal(await joinFleet(calls, FLEET_CIPHER, 16), 4);
    await assert.rejects(joinFleet(calls, createCipher(Buffer.alloc(32, 9))), OtherFleet);
  },
);

test('who has not been there for a while is no scorer', { skip }, async (t) => {
  const { calls } = await serveRedis(t);
  assert.deepEqual(await sayPresent(calls, 'a', 30), ['a']);
  assert.deepEqual(await sayPresent(calls, 'b', 30), ['a', 'b']);
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.deepEqual(await sayPresent(calls, 'c', 30), ['c']);
  await sayGone(calls, 'c');
  assert.deepEqual(await sayPresent(calls, 'd', 30), ['d']);
});
