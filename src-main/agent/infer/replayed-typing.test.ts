import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import type { InjectedFinding } from './injected-finding.ts';
import { createReplayedTyping } from './replayed-typing.ts';

function findings(intervals: readonly number[]): InjectedFinding[] {
  const replayed = createReplayedTyping();
  let atUs = 1_704_704_400_000_000;
  return intervals.flatMap((intervalMs) => {
    atUs += intervalMs * 1000;
    const found = replayed.accept(intervalMs, atUs);
    return found === null ? [] : [found];
  });
}

const random = createRandom(7);
const draw = (count: number): number[] =>
  Array.from({ length: count }, () => Math.round(150 * Math.exp(0.5 * random.normal())));
const typed = draw(600);
const near = (intervals: readonly number[], sdMs: number): number[] =>
  intervals.map((ms) => ms + sdMs * random.normal());

test('a replay is found with the distance to what it repeats, 2 ms of jitter or not', () => {
  for (const sdMs of [0, 2]) {
    const found = findings([...typed, ...near(typed.slice(100, 180), sdMs)]);
    assert.equal(found[0]?.kind, 'replayed recording');
    assert.match(found[0].evidence, / as they were 500 keystrokes before, within 7 ms$/);
  }
});

test('at a bit a match at most, and 27 bits to go, nothing is said before 27 intervals match', () => {
  assert.deepEqual(findings([...typed, ...typed.slice(100, 130)]), []);
  assert.notDeepEqual(findings([...typed, ...typed.slice(100, 140)]), []);
});

test('the same words typed again are no replay: each interval is 12 % off', () => {
  const again = Array.from({ length: 40 }, () =>
    near(typed.slice(100, 120), 0).map((ms) => ms * (1 + 0.12 * random.normal())),
  );
  assert.deepEqual(findings([...typed, ...again.flat()]), []);
});

test('a constant interval repeats itself without being a replay', () => {
  assert.deepEqual(findings(Array.from({ length: 2000 }, () => 100)), []);
});

test('thousands of intervals of one person, coarse as on a clock of 16 ms, are no replay', () => {
  const ticks = draw(20_000).map((ms) => Math.round(ms / 15.625) * 15.625);
  assert.deepEqual(findings(ticks), []);
});
