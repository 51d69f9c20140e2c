import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFleetBook, type FleetBook, type Found } from './fleet-book.ts';
import { simulatedPresence } from './simulated-hosts.fixture.ts';

const START_MS = Date.UTC(2026, 4, 4, 12);
const S = 1000;
const id = (index: number): string => simulatedPresence(index).id;
const entry = (index: number, turn = 0): Found => ({
  view: JSON.stringify(simulatedPresence(index, turn)),
  name: null,
});

/** What a Redis holds, and a reader that asks the book what of it to read. */
function stand() {
  const book = createFleetBook(START_MS);
  const redis = new Map<string, { score: number; found: Found }>();
  const write = (index: number, atMs: number, turn = 0): void =>
    void redis.set(id(index), { score: atMs, found: entry(index, turn) });
  const read = (nowMs: number, upMs = Infinity): readonly string[] => {
    const listed = Array.from(redis, ([value, { score }]) => ({ value, score }));
    const asked = book.unread(listed);
    book.take(
      listed,
      new Map(asked.map((one) => [one, redis.get(one)?.found ?? { view: null, name: null }])),
      nowMs,
      upMs,
    );
    return asked;
  };
  return { book, redis, write, read };
}
const rowOf = (book: FleetBook, index: number) => book.rows().find((row) => row.id === id(index));

test('only what was written since is read, and only what it changes is told', () => {
  const { book, write, read } = stand();
  write(1, START_MS);
  write(12, START_MS);
  assert.deepEqual(read(START_MS), [id(1), id(12)]);
  assert.deepEqual(
    book.changes().rows.map((row) => row.host),
    ['desk-0001', 'desk-0012'],
  );
  write(12, START_MS + 5 * S);
  assert.deepEqual(read(START_MS + 5 * S), [id(12)]);
  // The same once more: alive, and no news.
  assert.deepEqual(book.changes(), { rows: [], gone: [] });
  write(12, START_MS + 10 * S, 1);
  read(START_MS + 10 * S);
  assert.deepEqual(
    book.changes().rows.map((row) => row.view?.trust),
    [simulatedPresence(12, 1).trust],
  );
  assert.deepEqual(read(START_MS + 12 * S), []);
});

test('who is not heard of for 30 s is silent, with his last word and when that was; who comes back is not', () => {
  const { book, write, read } = stand();
  write(1, START_MS);
  read(START_MS);
  book.changes();
  read(START_MS + 30 * S);
  assert.equal(rowOf(book, 1)?.silent, false);
  read(START_MS + 31 * S);
  const [row] = book.changes().rows;
  assert.equal(row?.silent, true);
  assert.equal(row?.heardMs, START_MS);
  assert.equal(row?.view?.trust, 41);
  write(1, START_MS + 60 * S);
  read(START_MS + 60 * S);
  assert.deepEqual(
    book.changes().rows.map(({ silent, heardMs }) => [silent, heardMs]),
    [[false, START_MS + 60 * S]],
  );
});

test('a wrong clock of a host does not make it silent, nor one in the future fresh', () => {
  const { book, write, read } = stand();
  write(1, START_MS - 3_600_000);
  write(2, START_MS + 3_600_000);
  read(START_MS);
  read(START_MS + 20 * S);
  assert.deepEqual(
    book.rows().map(({ silent }) => silent),
    [false, false],
  );
  read(START_MS + 31 * S);
  assert.deepEqual(
    book.rows().map(({ silent }) => silent),
    [true, true],
  );
});

test('who was silent before the viewer began is named, and not listed after a day', () => {
  const { book, redis, read } = stand();
  const name = '{"host":"desk-0001","user":"grace"}';
  redis.set(id(1), { score: START_MS - 7_200_000, found: { view: null, name } });
  redis.set(id(2), { score: START_MS - 60_000, found: { view: null, name: '{"host":1}' } });
  redis.set(id(3), { score: START_MS - 86_400_000 - S, found: { view: null, name } });
  read(START_MS);
  assert.deepEqual(
    book.rows().map(({ host, user, heardMs, silent, view }) => ({ host, user, heardMs, silent, view })),
    [
      { host: 'desk-0001', user: 'grace', heardMs: START_MS - 7_200_000, silent: true, view: null },
      { host: null, user: null, heardMs: START_MS - 60_000, silent: true, view: null },
    ],
  );
  read(START_MS + 86_400_000 - 7_200_000 + S);
  assert.deepEqual(book.changes().gone, [id(1)]);
});

test('who signs off leaves after 12 s; after an outage hosts have the time to come back', () => {
  const { book, redis, write, read } = stand();
  write(1, START_MS);
  write(2, START_MS);
  read(START_MS);
  redis.delete(id(1));
  write(2, START_MS + 5 * S);
  read(START_MS + 5 * S);
  assert.equal(book.rows().length, 2);
  write(2, START_MS + 18 * S);
  read(START_MS + 18 * S);
  assert.deepEqual(book.changes().gone, [id(1)]);
  assert.equal(book.host(id(1), START_MS), null);
  // Redis was away for ten minutes and came back empty.
  redis.clear();
  read(START_MS + 600 * S, 0);
  read(START_MS + 660 * S, 60 * S);
  assert.deepEqual(
    book.rows().map(({ silent }) => silent),
    [false],
  );
  read(START_MS + 676 * S, 76 * S);
  assert.deepEqual(book.changes().gone, [id(2)]);
});

test('what is no entry is refused, counted and shown, and takes no other host away', () => {
  const { book, redis, write, read } = stand();
  write(1, START_MS);
  redis.set(id(2), { score: START_MS, found: { view: '{"format":1}', name: null } });
  redis.set('<img src=x onerror=alert(1)>', { score: START_MS, found: { view: null, name: null } });
  redis.set(id(3), { score: Infinity, found: entry(3) });
  read(START_MS);
  read(START_MS + 2 * S);
  assert.deepEqual(
    book.rows().map(({ host }) => host),
    ['desk-0001'],
  );
  const { count, newest } = book.refused();
  assert.equal(count, 3);
  assert.deepEqual(
    newest.map(({ key }) => key),
    [`seclyzer:hosts ${id(3)}`, 'seclyzer:hosts <img src=x onerror=alert(1)>', `seclyzer:host:${id(2)}`],
  );
  // What stays as it is is not refused anew, in whatever crowd.
  for (let index = 0; index < 50; index += 1)
    redis.set(`nonsense ${index}`, { score: NaN, found: { view: null, name: null } });
  for (const seconds of [3, 4, 5]) read(START_MS + seconds * S);
  assert.equal(book.refused().count, 53);
  assert.equal(book.refused().newest.length, 20);
  // A host whose entry went bad keeps its last word, and falls silent with it.
  redis.set(id(1), { score: START_MS + 5 * S, found: { view: '{', name: null } });
  read(START_MS + 31 * S);
  assert.equal(rowOf(book, 1)?.silent, true);
  assert.equal(book.refused().count, 54);
});

test('one in full: its entry, and the line of what was heard', () => {
  const { book, write, read } = stand();
  for (let turn = 0; turn < 5; turn += 1) {
    write(12, START_MS + turn * 12 * S, turn);
    read(START_MS + turn * 12 * S);
  }
  const host = book.host(id(12), START_MS + 60 * S);
  assert.equal(host?.presence?.host, 'desk-0012');
  assert.deepEqual(
    host?.history.map(({ atMs, trust }) => [atMs - START_MS, trust]),
    [0, 1, 2, 3, 4].map((turn) => [turn * 12 * S, simulatedPresence(12, turn).trust]),
  );
  assert.equal(host?.sinceMs, START_MS);
});
