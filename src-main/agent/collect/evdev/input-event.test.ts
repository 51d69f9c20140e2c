import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventParser, layoutTrouble } from './input-event.ts';

// Written down by hand after linux/input.h: 1700000000 s = 0x6553f100, 123456 µs = 0x01e240.
const bytes = (words: string): string => words.replaceAll(' ', '');
const PRESS_A = bytes('00f1536500000000 40e2010000000000 0100 1e00 01000000');
const LEFT_7 = bytes('00f1536500000000 3f420f0000000000 0200 0000 f9ffffff');

type Seen = readonly [type: number, code: number, value: number, atUs: number];

function parse(...pieces: readonly string[]): Seen[] {
  const seen: Seen[] = [];
  const parser = createEventParser((...event) => void seen.push(event));
  for (const piece of pieces) parser.push(Buffer.from(piece, 'hex'));
  return seen;
}

const EXPECTED: readonly Seen[] = [
  [1, 30, 1, 1_700_000_000_123_456],
  [2, 0, -7, 1_700_000_000_999_999],
];

test('type, code, signed value and microseconds since the epoch', () => {
  assert.deepEqual(parse(PRESS_A + LEFT_7), EXPECTED);
});

test('an event that arrives in pieces is one event', () => {
  const both = PRESS_A + LEFT_7;
  for (let cut = 2; cut < both.length; cut += 2) assert.deepEqual(parse(both.slice(0, cut), both.slice(cut)), EXPECTED);
  assert.deepEqual(parse(...(both.match(/../g) ?? [])), EXPECTED);
});

test('seconds go on after 2038 and after 2106', () => {
  assert.deepEqual(parse(bytes('0000000001000000 0000000000000000 0000 0000 00000000')), [[0, 0, 0, 2 ** 32 * 1e6]]);
});

test('bytes of the layout of 32-bit processes are refused, not misread', () => {
  // The same press as a 32-bit process is handed it, and its report: 16 bytes each, so that the microseconds stand where seconds end.
  const narrow = bytes('00f15365 40e20100 0100 1e00 01000000 00f15365 40e20100 0000 0000 00000000');
  assert.throws(() => parse(narrow + narrow), /no input events/);
});

test('an event of no type that the kernel has is refused', () => {
  assert.throws(() => parse(PRESS_A.replace('01001e00', '20001e00')), /no input events/);
});

test('where the layout is another one, nothing is read', () => {
  assert.equal(layoutTrouble('x64', 'LE'), null);
  assert.equal(layoutTrouble('arm64', 'LE'), null);
  assert.match(layoutTrouble('arm', 'LE') ?? '', /a process for arm \(little-endian\)/);
  assert.match(layoutTrouble('ia32', 'LE') ?? '', /layout/);
  assert.match(layoutTrouble('s390x', 'BE') ?? '', /big-endian/);
});
