import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCipher } from '../store/cipher.ts';
import { openEntry, packEntry, sealEntry, unpackEntry, type Entry } from './entry.ts';
import { packValues, unpackValues } from './packed-window.ts';
import { quotaOf, shareOf } from './fair-share.ts';
import { partitionOf, subjectId } from './partitions.ts';
import { isAfter, missedBetween, positionText, readPosition } from './position.ts';

const cipher = createCipher(Buffer.alloc(32, 1));
const typed = Float32Array.from({ length: 140 }, (_, i) => (i % 3 === 0 ? Number.NaN : i / 7));
const moved = Float32Array.from({ length: 38 }, (_, i) => -i * 1.5);
const ENTRY: Entry = {
  ...{ ts: 1_701_423_846_000_000, host: 'desk', user: 'ada', id: 'f00d' },
  windows: [
    { modality: 'keystroke', count: 84, events: 170, fresh: 31, values: typed },
    { modality: 'mouse', count: 6, events: 900, fresh: 12, values: moved },
  ],
  switches: [{ from: 'firefox', to: 'code', dwellMs: 1500.25, hour: 9 }],
};

test('an entry comes back as it was, and takes four bytes a feature that is told', () => {
  const packed = packEntry(ENTRY);
  assert.deepEqual(unpackEntry(packed), ENTRY);
  // A bit a feature in whole bytes; of 140 every third is not told, which leaves 93.
  const head = JSON.stringify({
    ...{ format: 1, ts: ENTRY.ts, host: 'desk', user: 'ada', id: 'f00d' },
    windows: [
      ['keystroke-140/1', 84, 170, 31],
      ['mouse-38/1', 6, 900, 12],
    ],
    switches: [['firefox', 'code', 1500.25, 9]],
  }).length;
  assert.equal(packed.length, 4 + head + (18 + 4 * 93) + (5 + 4 * 38));
  const unlocked: Entry = { ...ENTRY, unlocked: true };
  assert.deepEqual(unpackEntry(packEntry(unlocked)), unlocked);
  assert.throws(() => unpackEntry(packed.subarray(0, packed.length - 1)), RangeError);
  assert.throws(() => unpackEntry(packEntry({ ...ENTRY, ts: -1 })));
  // Measured by features of another version.
  const other = Buffer.from(packed.toString('latin1').replace('keystroke-140/1', 'keystroke-140/2'), 'latin1');
  assert.throws(() => unpackEntry(other), /keystroke-140/);
});

test('bits of a window, worked out by hand', () => {
  // Told are the first and the tenth of ten: bits 0 of the first byte and 1 of the second. 1 is 0x3f800000, -2 is 0xc0000000.
  const values = new Float32Array(10).fill(Number.NaN);
  [values[0], values[9]] = [1, -2];
  const packed = packValues(values);
  assert.equal(packed.toString('hex'), '01020000803f000000c0');
  assert.deepEqual(unpackValues(packed, 10), { values, bytes: 10 });
  assert.throws(
    () => unpackValues(Buffer.from('01020000807f000000c0', 'hex'), 10),
    /feature 0 of a window is Infinity/,
  );
});

test('an entry opens for its subject, its place and its fleet alone', () => {
  const at = { run: 2, seq: 7 };
  const sealed = sealEntry(cipher, 'ada', at, packEntry(ENTRY));
  assert.deepEqual(openEntry(cipher, 'ada', at, sealed), ENTRY);
  assert.equal(sealed.includes('desk'), false);
  const elsewhere = createCipher(Buffer.alloc(32, 2));
  const changed = Buffer.from(sealed);
  changed[20] = (changed[20] ?? 0) ^ 1;
  for (const open of [
    () => openEntry(cipher, 'grace', at, sealed),
    () => openEntry(cipher, 'ada', { run: 2, seq: 8 }, sealed),
    () => openEntry(cipher, 'ada', { run: 3, seq: 7 }, sealed),
    () => openEntry(elsewhere, 'ada', at, sealed),
    () => openEntry(cipher, 'ada', at, changed),
    () => openEntry(cipher, 'ada', at, Buffer.alloc(0)),
  ])
    assert.throws(open, { name: 'SealBroken' });
});

test('places in a row: runs before numbers, and what never came', () => {
  assert.deepEqual(readPosition(positionText({ run: 12, seq: 3 })), { run: 12, seq: 3 });
  for (const text of ['', '1', '1:', '-1:2', '1:2:3', '1:2 ', '1:9999999999999999'])
    assert.throws(() => readPosition(text), RangeError);
  assert.deepEqual(
    [
      [2, 1, 1, 9],
      [1, 9, 2, 1],
      [1, 3, 1, 3],
      [1, 4, 1, 3],
    ].map(([run = 0, seq = 0, otherRun = 0, otherSeq = 0]) => isAfter({ run, seq }, { run: otherRun, seq: otherSeq })),
    [true, false, false, true],
  );
  assert.equal(missedBetween({ run: 1, seq: 4 }, { run: 1, seq: 5 }), 0);
  assert.equal(missedBetween({ run: 1, seq: 4 }, { run: 1, seq: 9 }), 4);
  // Of the run before nobody knows how many there were; of this one the first two.
  assert.equal(missedBetween({ run: 1, seq: 4 }, { run: 3, seq: 3 }), 2);
});

test('a subject lies in one partition for good, and a thousand of them lie evenly', () => {
  const id = subjectId({ id: 'f00d', host: 'desk', user: 'ada' });
  assert.match(id, /^[\w-]{22}$/);
  assert.notEqual(subjectId({ id: 'f00d', host: 'deskada', user: '' }), id);
  const counts = Array.from({ length: 16 }, () => 0);
  for (let i = 0; i < 1600; i += 1) {
    const p = partitionOf(subjectId({ id: 'f00d', host: 'desk', user: `user-${i}` }), 16);
    counts[p] = (counts[p] ?? 0) + 1;
  }
  // 100 each, with a standard deviation of 9.7: none is four of them away.
  assert.ok(
    counts.every((n) => n > 61 && n < 139),
    String(counts),
  );
});

test('partitions are shared as evenly as they go, whoever counts', () => {
  const scorers = ['c', 'a', 'b'];
  assert.deepEqual(
    scorers.toSorted().map((self) => quotaOf(self, scorers, 16)),
    [6, 5, 5],
  );
  assert.equal(quotaOf('alone', [], 16), 16);
  // More scorers than partitions: the others stand by.
  assert.deepEqual(
    ['a', 'b', 'c'].map((self) => quotaOf(self, scorers, 2)),
    [1, 1, 0],
  );
  assert.deepEqual(shareOf('a', ['a', 'b'], [0, 1, 2, 3], 4), { surplus: [2, 3], wanted: 0 });
  assert.deepEqual(shareOf('b', ['a', 'b'], [], 5), { surplus: [], wanted: 2 });
});
