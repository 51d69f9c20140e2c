import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, excess, ruleOf, rulesOf, tolerances } from './tolerances.ts';

test('what float32 and seven digits do to a value is within the defaults, the next digit is not', () => {
  const may = tolerances()('keystroke.dwell.mean');
  const within = (a: number, b: number): boolean => excess(apart(a, b), may) <= 1;
  for (const value of [Math.PI, 83.456789012, 1234567.8901, -0.00012345678, 9.9999994]) {
    assert.ok(within(Math.fround(value), value), `${value} as float32`);
    assert.ok(within(Number(Math.fround(value).toPrecision(7)), Math.fround(value)), `${value} in seven digits`);
  }
  assert.ok(!within(100, 100.001));
  assert.ok(!within(1, -1));
  assert.ok(within(0, 1e-9), 'near zero a share means nothing');
});

test('the last rule that fits holds; * stands for anything, and nothing else is special', () => {
  const of = tolerances([
    ['keystroke.*', { abs: 1, rel: 0 }],
    ['*.mean', { abs: 2, rel: 0 }],
    ['a+b', { abs: 3, rel: 0 }],
  ]);
  assert.equal(of('keystroke.dwell.sd').abs, 1);
  assert.equal(of('keystroke.dwell.mean').abs, 2);
  assert.equal(of('a+b').abs, 3);
  assert.notEqual(of('aab').abs, 3);
  assert.deepEqual(of('mouse.llr'), { abs: 1e-5, rel: 0 });
  assert.deepEqual(of('trust'), { abs: 0.05, rel: 0 });
});

test('a rule as an option', () => {
  assert.deepEqual(ruleOf('trust=0.5'), ['trust', { abs: 0.5, rel: 0 }]);
  assert.deepEqual(ruleOf('mouse.*=0,1e-3'), ['mouse.*', { abs: 0, rel: 1e-3 }]);
  for (const wrong of ['trust', 'trust=', '=1', 'trust=x', 'trust=-1', 'trust=1,2,3', 'trust=Infinity', 'trust=1, '])
    assert.equal(ruleOf(wrong), null, wrong);
});

test('many rules in a file; what is wrong with it is said', () => {
  assert.deepEqual(rulesOf('{"a": 1, "b*": {"rel": 0.5}}'), [
    ['a', { abs: 1, rel: 0 }],
    ['b*', { abs: 0, rel: 0.5 }],
  ]);
  assert.throws(() => rulesOf('{'), { message: 'it is not JSON' });
  assert.throws(() => rulesOf('{"a": -1}'), { message: /^a must be a number, or/ });
  assert.throws(() => rulesOf('{"a": {"abs": 1, "oops": 2}}'), { message: /must be a number/ });
  assert.throws(() => rulesOf('[1]'), /must be/);
});

test('apart: the larger of the two is the measure; zero and zero are equal', () => {
  assert.deepEqual(apart(50, 40), { abs: 10, rel: 0.2 });
  assert.deepEqual(apart(40, 50), { abs: 10, rel: 0.2 });
  assert.deepEqual(apart(0, -0), { abs: 0, rel: 0 });
  assert.deepEqual(apart(-1, 1), { abs: 2, rel: 2 });
});
