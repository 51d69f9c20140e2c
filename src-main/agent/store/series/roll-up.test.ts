import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCipher, type Cipher } from '../cipher.ts';
import { loadDriver, type Database } from '../driver.ts';
import { migrate } from '../schema.ts';
import { createAccess } from '../store-access.ts';
import { testKey } from '../test-folder.ts';
import { createSeriesStore } from './series-store.ts';
import { TRUST_FIELDS } from './streams.ts';

const HOUR_US = 3600e6;
/** A full hour. */
const START_US = 493_000 * HOUR_US;

interface Opened extends ReturnType<typeof createSeriesStore> {
  readonly flush: () => void;
  readonly db: Database;
  /** Seals of ticks that were opened so far. */
  readonly seals: () => number;
}

function open(db: Database): Opened {
  const plain = createCipher(testKey());
  let seals = 0;
  const cipher: Cipher = {
    ...plain,
    open: (sealed, context) => {
      if (context[0] === 'tick.body') seals += 1;
      return plain.open(sealed, context);
    },
  };
  const access = createAccess(db, 'a database in memory');
  return { ...createSeriesStore(db, cipher, access), flush: access.flush, db, seals: () => seals };
}

function fresh(): Database {
  const db = new (loadDriver())(':memory:');
  migrate(db, createCipher(testKey()));
  return db;
}

/** Every half second; the first value is the number of the tick, of a thousand: levels are exact up to 4096. */
function fill({ store, flush }: Opened, count: number): void {
  for (let n = 0; n < count; n++) {
    // No more wait to be written than the queue takes.
    if (n % 5000 === 0) flush();
    store.addRow(
      'trust',
      START_US + n * 5e5,
      Float64Array.from(TRUST_FIELDS, (_, i) => (i === 0 ? n % 1000 : NaN)),
    );
  }
  flush();
}

const numbers = ({ upkeep }: Opened): readonly number[] => [
  ...(upkeep.rows('trust', START_US, START_US + 3 * HOUR_US).columns[0] ?? []),
];
const ticksLeft = ({ db }: Opened): unknown => db.prepare('SELECT count(*) FROM tick').pluck().get();
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n % 1000);

test('an hour is rolled up from memory: none of its seals is opened', () => {
  const opened = open(fresh());
  fill(opened, 7000);
  opened.upkeep.rollUp(START_US + HOUR_US);
  assert.equal(ticksLeft(opened), 0);
  assert.equal(opened.seals(), 0);
  assert.deepEqual(numbers(opened), upTo(7000));
});

test('the hour that is under way stays as it is', () => {
  const opened = open(fresh());
  fill(opened, 7200 - 3);
  opened.upkeep.rollUp(START_US + HOUR_US / 2);
  assert.equal(ticksLeft(opened), 7197);
  assert.deepEqual(numbers(opened), upTo(7197));
});

test('more than memory holds is rolled up from the disk, and so is what a run before has left', () => {
  const opened = open(fresh());
  fill(opened, 12_000);
  opened.upkeep.rollUp(START_US + 3 * HOUR_US);
  assert.deepEqual([ticksLeft(opened), opened.seals()], [0, 12_000]);
  assert.deepEqual(numbers(opened), upTo(12_000));

  const db = fresh();
  fill(open(db), 100);
  const again = open(db);
  again.upkeep.rollUp(START_US + HOUR_US);
  assert.deepEqual(numbers(again), upTo(100));
});

test('a roll-up that fails leaves all as it was, and can be made again', () => {
  const opened = open(fresh());
  fill(opened, 100);
  opened.db.exec(
    "CREATE TEMP TRIGGER stop BEFORE DELETE ON main.tick BEGIN SELECT raise(ABORT, 'the disk is full'); END",
  );
  assert.throws(() => opened.upkeep.rollUp(START_US + HOUR_US), /the disk is full/);
  assert.deepEqual([ticksLeft(opened), numbers(opened)], [100, upTo(100)]);
  opened.db.exec('DROP TRIGGER stop');
  opened.upkeep.rollUp(START_US + HOUR_US);
  assert.deepEqual([ticksLeft(opened), numbers(opened)], [0, upTo(100)]);
});
