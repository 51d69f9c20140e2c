// Whatever comes in, vectors are finite, of the right length and the same each time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent, MouseEvent } from '../events.ts';
import { LINGUISTIC_FEATURES, linguisticValues } from './linguistic-features.ts';
import { typedText } from './typed-text.ts';
import { type Feature, KEYSTROKE_FEATURES, keystrokeVector, MOUSE_FEATURES, mouseVector } from './index.ts';

/** Mulberry32 by Tommy Ettinger, public domain: 32 bits of state are enough to shake a test. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KEYS = [...'athewilZ;é', 'space', 'BackSpace', 'Shift_L', 'Control_R', 'Return', '__proto__', 'x'.repeat(64)];
const BUTTONS = ['Left', 'Right', 'Middle'] as const;

/** Steps of 0, of microseconds, of typing, of hours, and now and then backwards. */
function nextUs(ts: number, random: () => number): number {
  const scale = [0, 5, 2000, 60_000, 60_000, 300_000, 2_000_000, 4e9][Math.floor(random() * 8)] ?? 0;
  return Math.max(0, Math.round(ts + scale * (random() < 0.05 ? -random() : random())));
}

function keyGarbage(random: () => number): KeystrokeEvent[] {
  const few = 1 + Math.floor(random() * KEYS.length);
  let ts = Math.floor(random() * 2e15);
  return Array.from({ length: Math.floor(random() ** 2 * 400) }, () => {
    ts = nextUs(ts, random);
    const key = KEYS[Math.floor(random() * few)] ?? 'a';
    return { type: 'keystroke', ts, key, event: random() < 0.5 ? 'press' : 'release' };
  });
}

function mouseGarbage(random: () => number): MouseEvent[] {
  const spread = [0, 0.3, 4, 300, 100_000][Math.floor(random() * 5)] ?? 0;
  let ts = Math.floor(random() * 2e15);
  let [x, y] = [0, 0];
  const within = (value: number) => Math.min(Math.max(value, -100_000), 100_000);
  return Array.from({ length: Math.floor(random() ** 2 * 1500) }, (): MouseEvent => {
    ts = nextUs(ts, random);
    [x, y] = [within(x + spread * (random() - 0.5)), within(y + spread * (random() - 0.5))];
    const kind = random();
    const button = BUTTONS[Math.floor(random() * 3)] ?? 'Left';
    if (kind < 0.9) return { type: 'mouse', ts, x, y, event: 'move' };
    if (kind < 0.97) return { type: 'mouse', ts, x, y, event: kind < 0.94 ? 'press' : 'release', button };
    return { type: 'mouse', ts, x, y, event: 'scroll', scroll_delta: Math.round((random() - 0.5) * 2000) };
  });
}

type Vector = { readonly vector: Float32Array; readonly missing: Uint8Array };

/** @returns the names of the features that the stream gave */
function check(table: readonly Feature[], vectorOf: () => Vector, seed: number): string[] {
  const first = vectorOf();
  assert.equal(first.vector.length, table.length);
  assert.ok(
    first.vector.every((value) => Number.isFinite(value)),
    `seed ${seed}`,
  );
  assert.deepEqual(vectorOf(), first, `seed ${seed}`);
  return table.flatMap(({ name }, i) => (first.missing[i] === 0 ? [name] : []));
}

function assertReached(table: readonly Feature[], reached: ReadonlySet<string>): void {
  const missed = table.filter(({ name }) => !reached.has(name) && !name.startsWith('digraph.'));
  assert.deepEqual(missed, [], 'the streams reach every feature, else they prove nothing about it');
}

test('random keystroke streams', () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 500; seed += 1) {
    const events = keyGarbage(seeded(seed));
    for (const name of check(KEYSTROKE_FEATURES, () => keystrokeVector(events), seed)) reached.add(name);
  }
  assertReached(KEYSTROKE_FEATURES, reached);
});

test('random mouse streams', () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 500; seed += 1) {
    const events = mouseGarbage(seeded(seed));
    for (const name of check(MOUSE_FEATURES, () => mouseVector(events), seed)) reached.add(name);
  }
  assertReached(MOUSE_FEATURES, reached);
});

test('random keys as a text: counts are counts, and every feature is within its bounds or missing', () => {
  const reached = new Set<string>();
  const more = [...'etaon.,!?5Ä', 'Caps_Lock', 'Alt_R', 'Left', 'KP_7', 'dead_acute', 'Return', 'space', 'space'];
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = seeded(seed);
    const text = typedText();
    // Half of them without what cuts a text, so that there is one.
    const [wild, keys] = seed % 2 === 0 ? [1, more] : [0, ['a', 'b', 'space']];
    keyGarbage(random).forEach((event, i) => {
      const key = random() < 0.5 * wild ? event.key : (keys[Math.floor(random() * keys.length)] ?? 'a');
      const ts = wild === 1 ? event.ts : 1e15 + i * 1e5;
      text.accept({ ...event, ts, key, event: random() < 0.8 ? 'press' : 'release' });
      if (random() < 0.01 * wild) text.cut();
      if (random() < 0.01 * wild) text.settle(event.ts + 1e9);
    });
    const counts = text.take(0);
    assert.ok(counts !== null && Object.values(counts).every((n: number) => Number.isSafeInteger(n) && n >= 0));
    const values = linguisticValues(counts);
    LINGUISTIC_FEATURES.forEach(({ name, unit }, i) => {
      const value = values[i] ?? Number.NaN;
      if (Number.isNaN(value)) return;
      assert.ok(value >= 0 && value < 1e6 && (unit !== 'share' || value <= 1), `${name} ${value}, seed ${seed}`);
      reached.add(name);
    });
  }
  assertReached(LINGUISTIC_FEATURES, reached);
});

test('times that stand still', () => {
  const stuck = (i: number): MouseEvent => ({ type: 'mouse', ts: 1e15, x: i % 7, y: i % 3, event: 'move' });
  check(MOUSE_FEATURES, () => mouseVector(Array.from({ length: 200 }, (_, i) => stuck(i))), 0);
  const keys = keyGarbage(seeded(3)).map((event) => ({ ...event, ts: 1e15 }));
  check(KEYSTROKE_FEATURES, () => keystrokeVector(keys), 0);
});

test('numbers beyond anything the event parser lets through still give a finite vector', () => {
  const wild = mouseGarbage(seeded(5)).map((event, i) => ({
    ...event,
    ts: 1e15 + i * 9000,
    x: (-1) ** i * 1e200,
    y: event.x * 1e300,
  }));
  check(MOUSE_FEATURES, () => mouseVector(wild), 0);
});
