import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { anew, both, slower, towards, type Typist } from './drifting-typing.ts';

/** Somebody whose every hold and every interval is expected to be so long, in seconds. */
const even = (hold: number, interval: number, variance = 0): Typist => ({
  hold: () => ({ mean: Math.log(0.03 + hold), variance, count: 1 }),
  interval: () => ({ mean: Math.log(0.03 + interval), variance, count: 1 }),
});
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}`);

test('one who does not vary types anew what is expected of him, but his pauses stay', () => {
  const { hold, interval } = anew(even(0.1, 0.2), createRandom(1));
  near(hold(0.3, 'a'), 0.1);
  near(interval(0.5, 'a', 'b'), 0.2);
  assert.equal(interval(1.5, 'a', 'b'), 1.5);
});

test('one who varies does so as Student with five degrees of freedom: half of his times within 0.7267 deviations', () => {
  const { hold } = anew(even(0.1, 0.2, 0.04), createRandom(2));
  const far = Array.from({ length: 4000 }, () => Math.abs(Math.log(0.03 + hold(0, 'a')) - Math.log(0.13)) / 0.2);
  const within = far.filter((x) => x < 0.7267).length / far.length;
  // Five standard errors of a share of a half.
  assert.ok(Math.abs(within - 0.5) < (5 * 0.5) / Math.sqrt(far.length), `${within}`);
});

test('imitation goes a share of the way from the one to the other, on the scale of logarithms', () => {
  const [from, to] = [even(0.07, 0.17), even(0.37, 0.77)];
  const none = towards(from, to, 0);
  near(none.hold(0.09, 'a'), 0.09);
  const all = towards(from, to, 1);
  near(all.hold(0.07, 'a'), 0.37);
  near(all.interval(0.17, 'a', 'b'), 0.77);
  // ln(0.1) to ln(0.4): half of the way is ln(0.2); ln(0.2) to ln(0.8): ln(0.4).
  const half = towards(from, to, 0.5);
  near(half.hold(0.07, 'a'), 0.17);
  near(half.interval(0.17, 'a', 'b'), 0.37);
  assert.equal(half.interval(2, 'a', 'b'), 2);
});

test('one change after the other', () => {
  const { hold, interval } = both(slower(2, 3), slower(1.5, 0.5));
  near(hold(0.1, 'a'), 0.3);
  near(interval(0.2, 'a', 'b'), 0.3);
});
