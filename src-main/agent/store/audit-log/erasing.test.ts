// What goes by the owner's wish or by age is gone from the file, and the chain stays whole.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuditEntry } from '../../../../src-preload/contract.ts';
import { createLogReader } from './read-log.ts';
import { decisionAt, entryAt, logOnDisk, START_MS } from './log.fixture.ts';

const DAY_MS = 86_400_000;
const said: AuditEntry = { atMs: START_MS + 60_000, kind: 'deletion', text: 'Three seconds of history were deleted.' };

test('a period is erased, the rest can be read, and the log says what was deleted', async (t) => {
  const { store, verify } = await logOnDisk(t, 9);
  assert.equal(store.eraseLog({ fromMs: START_MS + 2000, toMs: START_MS + 4000 }, said), 3);
  assert.deepEqual(
    [...store.decisions(9), ...store.audit(9)].map(({ atMs }) => (atMs - START_MS) / 1000).toSorted((a, b) => a - b),
    [0, 1, 5, 6, 7, 8, 60],
  );
  assert.deepEqual(store.audit(1), [said]);
  const { whole, entries, erased, sentences } = await verify();
  assert.deepEqual([whole, entries, erased], [true, 10, 3]);
  assert.match(sentences[2] ?? '', /^Of 3 entries the content is gone, by your wish or by its age/);
});

test('all is erased but what says that something was deleted', async (t) => {
  const { store, verify } = await logOnDisk(t, 9);
  store.addDecision(decisionAt(START_MS + 50_000), Buffer.from('evidence'));
  assert.equal(store.eraseLog({}, said), 11, 'what waited to be written goes along, with its evidence');
  assert.equal(store.eraseLog({}, { ...said, atMs: said.atMs + 1 }), 0);
  assert.deepEqual([store.decisions(9), store.audit(9).map(({ kind }) => kind)], [[], ['deletion', 'deletion']]);
  assert.equal((await verify()).whole, true);
});

test('one kind is erased, the others stay', async (t) => {
  const { store, verify } = await logOnDisk(t, 4);
  assert.equal(store.eraseLog({ kinds: ['decision', 'evidence'] }, said), 2);
  assert.deepEqual([store.decisions(9).length, store.audit(9).length], [0, 3]);
  assert.equal((await verify()).whole, true);
});

test('no byte of what was erased is left in the database', async (t) => {
  const { store, folder, other } = await logOnDisk(t, 9);
  const bodies = other.prepare<[], Buffer>('SELECT body FROM entry ORDER BY seq').pluck().all();
  const left = (): number => {
    other.pragma('wal_checkpoint(TRUNCATE)');
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    return bodies.filter((body) => files.some((file) => file.includes(body.subarray(0, 40)))).length;
  };
  assert.equal(left(), 9);
  store.eraseLog({}, said);
  assert.equal(left(), 0);
});

test('somebody without the key can not make believe that the owner has erased something, nor put back what he has', async (t) => {
  const { store, other, verify } = await logOnDisk(t, 9);
  const [before] = createLogReader(other, null).after(2, 1);
  store.eraseLog({ toMs: START_MS + 2000 }, said);
  other.exec('UPDATE entry SET body = NULL, code = (SELECT code FROM entry WHERE seq = 1) WHERE seq = 5');
  other.prepare('UPDATE entry SET body = ? WHERE seq = 3').run(before?.body);
  assert.deepEqual(
    (await verify()).breaks.map(({ text }) => text),
    ['Entry 3 was changed: what had been erased was put back.', 'Entry 5 was changed: SecLyzer did not write it so.'],
  );
});

test('what is too old goes with its links, and the log begins where they end', async (t) => {
  const { store, verify } = await logOnDisk(t, 9);
  const laterMs = START_MS + 40 * DAY_MS;
  store.addAudit(entryAt(laterMs));
  store.prune(laterMs, 30);
  assert.deepEqual([store.decisions(9), store.audit(9)], [[], [entryAt(laterMs)]]);
  const { whole, first, last, entries, sentences } = await verify();
  assert.deepEqual([whole, first, last, entries], [true, 9, 10, 2]);
  assert.ok(sentences.includes('What came before entry 9 was too old to be kept.'), sentences.join(' '));
  store.addAudit(entryAt(laterMs + 1));
  store.flush();
  assert.equal((await verify()).whole, true);
});

test('all of a log that is too old leaves its last link', async (t) => {
  const { store, verify } = await logOnDisk(t, 9);
  store.prune(START_MS + 40 * DAY_MS, 30);
  const { whole, first, last, erased } = await verify();
  assert.deepEqual([whole, first, last, erased], [true, 9, 9, 1]);
});

test('an entry of a clock that was ahead keeps the links behind it, not what they said', async (t) => {
  const { store, verify } = await logOnDisk(t, 2);
  const laterMs = START_MS + 40 * DAY_MS;
  store.addAudit(entryAt(laterMs + 9 * DAY_MS));
  store.addAudit(entryAt(START_MS + 5000));
  store.addAudit(entryAt(laterMs));
  store.prune(laterMs, 30);
  assert.deepEqual(
    store.audit(9).map(({ atMs }) => atMs),
    [laterMs + 9 * DAY_MS, laterMs],
  );
  const { whole, first, entries, erased } = await verify();
  assert.deepEqual([whole, first, entries, erased], [true, 2, 4, 2]);
});

test('who deletes the beginning is not taken for age', async (t) => {
  const { store, other, verify } = await logOnDisk(t, 9);
  const laterMs = START_MS + 40 * DAY_MS;
  for (const n of [0, 1, 2]) store.addAudit(entryAt(laterMs + n));
  store.prune(laterMs, 30);
  other.exec('DELETE FROM entry WHERE seq < 11');
  assert.deepEqual(
    (await verify()).breaks.map(({ seq, fault }) => [seq, fault]),
    [[9, 'removed']],
  );
});
