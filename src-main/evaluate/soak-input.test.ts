// A made-up person whose recordings are so short that they have to be used again and again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { createRandom } from '../agent/learn/random.ts';
import { take } from './bench-stream.ts';
import { soakInput } from './soak-input.ts';
import { soakPeople, type SoakPerson } from './soak-people.ts';

const START_US = 1_700_000_000_000_000;
const HOUR_US = 3600e6;

const person = (key: string, x: number): SoakPerson => ({
  typing: [0, 90_000, 200_000, 60_000_000].map((ts, i) => ({
    ...({ type: 'keystroke', ts, key } as const),
    event: i % 2 === 0 ? 'press' : 'release',
  })),
  mouse: [0, 16_000, 32_000].map((ts) => ({ type: 'mouse', ts, x, y: 5, event: 'move' })),
});

function firstHours(people: readonly SoakPerson[], hours: number): readonly InputEvent[] {
  const events: InputEvent[] = [];
  for (const event of soakInput(people, createRandom(1), START_US)) {
    if (event.ts > START_US + hours * HOUR_US) break;
    events.push(event);
  }
  return events;
}

test('times never fall, and gaps are those of the recording, long ones cut', () => {
  const events = firstHours([person('a', 1)], 2);
  assert.equal(events[0]?.ts, START_US);
  for (const [i, { ts }] of events.entries()) assert.ok(ts >= (events[i - 1]?.ts ?? 0) && Number.isInteger(ts));
  const moves = events.filter(({ type }) => type === 'mouse').slice(0, 3);
  assert.deepEqual(
    moves.map(({ ts }) => ts - (moves[0]?.ts ?? 0)),
    [0, 16_000, 32_000],
  );
  const gaps = events.map(({ ts }, i) => ts - (events[i - 1]?.ts ?? ts));
  // Breaks of at most five minutes are the longest that nothing happens, hands and all.
  assert.ok(Math.max(...gaps) <= 302e6 && Math.max(...gaps) >= 40e6);
});

test('in a day the owner is there most of the time, the others now and then, and all three kinds come', () => {
  const events = firstHours([person('a', 1), person('b', 2), person('c', 3)], 24);
  const keys = Map.groupBy(
    events.flatMap((event) => (event.type === 'keystroke' ? [event.key] : [])),
    (key) => key,
  );
  const [owner = 0, ...others] = ['a', 'b', 'c'].map((key) => keys.get(key)?.length ?? 0);
  const share = owner / (owner + others.reduce((sum, count) => sum + count, 0));
  // 85 % of some hundred sittings: three standard deviations are eleven points.
  assert.ok(share > 0.74 && share < 0.96, `${share}`);
  assert.ok(others.every((count) => count > 0));
  assert.deepEqual(new Set(events.map(({ type }) => type)), new Set(['app', 'mouse', 'keystroke']));
});

test('the same seed gives the same day, and nobody at all is an error', () => {
  const of = (seed: number) => take(soakInput([person('a', 1), person('b', 2)], createRandom(seed), START_US), 500);
  assert.deepEqual(of(4), of(4));
  assert.notDeepEqual(of(4), of(5));
  assert.throws(() => soakInput([], createRandom(1), START_US).next(), /nobody/);
});

test('without recordings two invented people are there, and it is said', async () => {
  const { people, sentence } = await soakPeople('/nonexistent');
  assert.equal(people.length, 2);
  for (const { typing, mouse } of people) {
    assert.ok(typing.length > 1000 && mouse.length > 1000);
    assert.ok(typing.every(({ type }) => type === 'keystroke') && mouse.every(({ type }) => type === 'mouse'));
  }
  assert.match(sentence, /two invented people: there are no recordings in \/nonexistent/);
});
