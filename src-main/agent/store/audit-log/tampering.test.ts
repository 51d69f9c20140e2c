// Somebody who can write the file but has no key: whatever he does to the log is found, and named.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Database } from '../driver.ts';
import { logOnDisk } from './log.fixture.ts';

/** Numbers of the breaks, their kinds and the first sentence, by what was done to nine entries. */
const TAMPERINGS: readonly (readonly [what: string, sql: string, found: readonly string[], says: RegExp])[] = [
  ['a bit of the content', flip('body', 5), ['5 changed'], /^Entry 5 was changed: its sealed content/],
  ['a bit of the digest', flip('digest', 5), ['5 changed'], /^Entry 5 was changed: its time, kind or place/],
  ['a bit of the link', flip('prev', 5), ['5 changed'], /^Entry 5 was changed/],
  ['a bit of the hash', flip('hash', 5), ['5 changed'], /^Entry 5 was changed: its hash/],
  ['a bit of the code', flip('code', 5), ['5 changed'], /^Entry 5 was changed: SecLyzer did not write it so/],
  ['another time', 'UPDATE entry SET at_ms = at_ms + 1 WHERE seq = 5', ['5 changed'], /^Entry 5 was changed: its time/],
  ['another kind', `UPDATE entry SET kind = 'lock' WHERE seq = 4`, ['4 changed'], /^Entry 4 was changed: its time/],
  [
    'content taken out',
    'UPDATE entry SET body = NULL WHERE seq = 5',
    ['5 changed'],
    /what it said was taken out, and not by/,
  ],
  ['content exchanged', exchange('body', 4, 6), ['4 changed', '6 changed'], /^Entry 4 was changed: its sealed content/],
  ['codes exchanged', exchange('code', 4, 6), ['4 changed', '6 changed'], /^Entry 4 was changed: SecLyzer did not/],
  [
    'two entries exchanged',
    'UPDATE entry SET seq = -4 WHERE seq = 4; UPDATE entry SET seq = 4 WHERE seq = 6; UPDATE entry SET seq = 6 WHERE seq = -4',
    ['4 out-of-order', '6 out-of-order'],
    /^Entry 4 is out of order: it is entry 6, moved\.$/,
  ],
  ['one deleted', 'DELETE FROM entry WHERE seq = 5', ['5 removed'], /^Entry 5 is missing\.$/],
  ['three deleted', 'DELETE FROM entry WHERE seq BETWEEN 5 AND 7', ['5 removed'], /^Entries 5 to 7 are missing\.$/],
  ['the first deleted', 'DELETE FROM entry WHERE seq = 1', ['1 removed'], /^Entry 1 is missing\.$/],
  ['the last deleted', 'DELETE FROM entry WHERE seq = 9', ['9 cut-off'], /entry 9 is missing at its end/],
  ['the last three deleted', 'DELETE FROM entry WHERE seq > 6', ['7 cut-off'], /entries 7 to 9 are missing at its end/],
  ['all deleted', 'DELETE FROM entry', ['1 cut-off'], /entries 1 to 9 are missing/],
  ['the end deleted', `DELETE FROM meta WHERE key = 'log-head'`, ['10 end'], /The sealed end of the log is missing/],
  [
    'the end changed',
    `UPDATE meta SET value = zeroblob(90) WHERE key = 'log-head'`,
    ['10 end'],
    /sealed end .* missing or changed/,
  ],
  [
    'the last deleted and the end with it',
    `DELETE FROM entry WHERE seq = 9; DELETE FROM meta WHERE key = 'log-head'`,
    ['9 end'],
    /nobody can say what was cut off/,
  ],
  ['a copy at the end', copyOf(9, 10), ['10 out-of-order'], /^Entry 10 is out of order: it is entry 9, moved\.$/],
  ['one before the beginning', copyOf(3, 0), ['0 inserted'], /^Entry 0 was inserted/],
];

for (const [what, sql, found, says] of TAMPERINGS) {
  test(`${what}: found`, async (t) => {
    const { other, verify } = await logOnDisk(t, 9);
    assert.equal((await verify()).whole, true);
    other.exec(sql);
    const { whole, breaks, broken, sentences } = await verify();
    assert.deepEqual(
      breaks.map(({ seq, fault }) => `${seq} ${fault}`),
      found,
    );
    assert.deepEqual([whole, broken, sentences[0]], [false, found.length, 'The audit log is not whole.']);
    assert.match(sentences[1] ?? '', says);
  });
}

const digestOf = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** An entry with hashes that fit, by somebody who has read how they are made. */
function forge(other: Database, seq: number, prev: Buffer): void {
  const digest = digestOf(Buffer.from('invented'));
  const text = JSON.stringify(['seclyzer-entry-1', seq, prev.toString('hex'), 1e12, 'unlock', digest.toString('hex')]);
  other
    .prepare('INSERT OR REPLACE INTO entry VALUES (?, 1e12, ?, ?, ?, ?, ?, ?)')
    .run(seq, 'unlock', digest, prev, digestOf(text), Buffer.alloc(32, 1), Buffer.from('invented'));
}
const hashAt = (other: Database, seq: number): Buffer =>
  other.prepare<[number], Buffer>('SELECT hash FROM entry WHERE seq = ?').pluck().get(seq) ?? Buffer.alloc(0);

test('an entry with a hash that fits but no code: inserted, at the end and in the middle', async (t) => {
  const { other, verify } = await logOnDisk(t, 9);
  forge(other, 10, hashAt(other, 9));
  assert.deepEqual(
    (await verify()).breaks.map(({ text }) => text),
    ['Entry 10 was inserted: SecLyzer did not write it.'],
  );
  other.exec('DELETE FROM entry WHERE seq = 10');
  other.exec('UPDATE entry SET seq = -seq - 1 WHERE seq > 4; UPDATE entry SET seq = -seq WHERE seq < 0');
  forge(other, 5, hashAt(other, 4));
  const { breaks } = await verify();
  assert.equal(breaks[0]?.text, 'Entry 5 was inserted: SecLyzer did not write it.');
  assert.equal(breaks[1]?.text, 'Entry 6 is out of order: it is entry 5, moved.');
});

test('all written anew without the key: found with it, and not without it', async (t) => {
  const { other, verify } = await logOnDisk(t, 9);
  for (let seq = 3; seq <= 9; seq++) forge(other, seq, hashAt(other, seq - 1));
  const { broken, breaks } = await verify();
  assert.deepEqual([broken, breaks[0]?.seq, breaks[0]?.fault], [7, 3, 'changed']);
  const followed = await verify({ withKey: false });
  assert.equal(followed.whole, true);
  assert.match(followed.sentences.at(-1) ?? '', /without the key.*not a log that somebody has written anew/);
});

test('without the key damage is found all the same, but no cutting off', async (t) => {
  const { other, verify } = await logOnDisk(t, 9);
  other.exec('DELETE FROM entry WHERE seq = 9');
  assert.equal((await verify({ withKey: false })).whole, true);
  other.exec(flip('body', 5));
  assert.deepEqual(
    (await verify({ withKey: false })).breaks.map(({ seq }) => seq),
    [5],
  );
});

test('an older copy put back is whole, and a hash that was noted tells', async (t) => {
  const { store, other, verify } = await logOnDisk(t, 9);
  const noted = (await verify()).hash;
  assert.equal((await verify({ expect: noted.slice(0, 16) })).expected, true);
  const older = other.prepare<[], Buffer>(`SELECT value FROM meta WHERE key = 'log-head'`).pluck().get();
  store.addAudit({ atMs: 5, kind: 'lock', text: 'Locked.' });
  store.flush();
  const later = (await verify()).hash;
  other.exec('DELETE FROM entry WHERE seq = 10');
  other.prepare(`UPDATE meta SET value = ? WHERE key = 'log-head'`).run(older);
  assert.equal((await verify()).whole, true);
  const { whole, sentences } = await verify({ expect: later });
  assert.equal(whole, false);
  assert.ok(sentences.some((sentence) => sentence.startsWith('No entry has the hash that you asked for')));
});

test('an older end put back alone is found', async (t) => {
  const { store, other, verify } = await logOnDisk(t, 9);
  const older = other.prepare<[], Buffer>(`SELECT value FROM meta WHERE key = 'log-head'`).pluck().get();
  store.addAudit({ atMs: 5, kind: 'lock', text: 'Locked.' });
  store.flush();
  other.prepare(`UPDATE meta SET value = ? WHERE key = 'log-head'`).run(older);
  assert.match((await verify()).sentences[1] ?? '', /^Entry 10 lies behind the sealed end/);
});

test('the log goes on after a tampering, which stays found', async (t) => {
  for (const sql of ['DELETE FROM entry WHERE seq > 6', `DELETE FROM meta WHERE key = 'log-head'`, copyOf(9, 10)]) {
    const { store, other, verify } = await logOnDisk(t, 9);
    other.exec(sql);
    for (const atMs of [1, 2]) store.addAudit({ atMs, kind: 'lock', text: 'Locked.' });
    store.flush();
    assert.deepEqual(
      store.audit(2, 0, 9).map(({ atMs }) => atMs),
      [2, 1],
    );
    assert.equal((await verify()).whole, false, sql);
  }
});

test('an entry that can no longer be read hides none of the others', async (t) => {
  const { store, other } = await logOnDisk(t, 9);
  other.exec(`${flip('body', 5)}; ${flip('body', 4)}`);
  assert.deepEqual([store.decisions(9).length, store.audit(9).length], [4, 3]);
});

function flip(column: string, seq: number): string {
  return `UPDATE entry SET ${column} = CAST(substr(${column}, 1, 20) || (CASE substr(${column}, 21, 1) WHEN x'00' THEN x'01' ELSE x'00' END) || substr(${column}, 22) AS BLOB) WHERE seq = ${seq}`;
}

function exchange(column: string, one: number, other: number): string {
  return `CREATE TEMP TABLE kept AS SELECT seq, ${column} AS x FROM entry WHERE seq IN (${one}, ${other});
    UPDATE entry SET ${column} = (SELECT x FROM kept WHERE kept.seq <> entry.seq) WHERE seq IN (${one}, ${other})`;
}

function copyOf(seq: number, as: number): string {
  return `INSERT INTO entry SELECT ${as}, at_ms, kind, digest, prev, hash, code, body FROM entry WHERE seq = ${seq}`;
}
