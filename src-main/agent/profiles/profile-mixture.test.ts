import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likeliest, mix, relax } from './profile-mixture.ts';

const close = (a: number | undefined, b: number): boolean => Math.abs((a ?? Number.NaN) - b) < 1e-12;

test('one profile is taken at its word, to the last bit', () => {
  const ratio = 0.1 + 0.2;
  const { ratio: mixed, after } = mix(new Map([[3, 1]]), new Map([[3, ratio]]));
  assert.deepEqual([mixed, [...after]], [ratio, [[3, 1]]]);
  assert.deepEqual([...relax(after, new Map([[3, 1]]), 1234)], [[3, 1]]);
});

test('the owner explains what any of his profiles explains, and Bayes says which it was', () => {
  // 3/4 · 2 + 1/4 · 6 = 3; the posterior odds are 1.5 to 1.5.
  const { ratio, after } = mix(
    new Map([
      [1, 0.75],
      [2, 0.25],
    ]),
    new Map([
      [1, Math.log(2)],
      [2, Math.log(6)],
    ]),
  );
  assert.ok(close(ratio, Math.log(3)));
  assert.ok(close(after.get(1), 0.5) && close(after.get(2), 0.5));
});

test('a profile that says nothing is taken for anybody', () => {
  // 1/2 · e^-2 + 1/2 · 1.
  const { ratio } = mix(
    new Map([
      [1, 0.5],
      [2, 0.5],
    ]),
    new Map([[1, -2]]),
  );
  assert.ok(close(ratio, Math.log(0.5 * Math.exp(-2) + 0.5)));
});

test('ratios that no exponential can hold are no trouble', () => {
  const { ratio, after } = mix(
    new Map([
      [1, 0.5],
      [2, 0.5],
    ]),
    new Map([
      [1, -5000],
      [2, -4000],
    ]),
  );
  assert.ok(close(ratio, -4000 - Math.LN2));
  assert.deepEqual([after.get(1), after.get(2)], [0, 1]);
});

test('without evidence the choice goes back to the shares of use, and no time takes it anywhere else', () => {
  const shares = new Map([
    [1, 0.8],
    [2, 0.2],
  ]);
  const sure = new Map([[2, 1]]);
  assert.deepEqual(
    [...relax(sure, shares, 0)],
    [
      [1, 0.8],
      [2, 1],
    ],
    'a profile that was not there before has its share',
  );
  const gone = relax(
    new Map([
      [1, 0],
      [2, 1],
    ]),
    shares,
    1e9,
  );
  assert.ok(close(gone.get(1), 0.8) && close(gone.get(2), 0.2));
  const some = relax(
    new Map([
      [1, 0],
      [2, 1],
    ]),
    shares,
    10,
  );
  assert.ok((some.get(1) ?? 0) > 0 && (some.get(1) ?? 1) < 0.8);
  assert.ok(
    close(
      [...some.values()].reduce((sum, x) => sum + x, 0),
      1,
    ),
  );
});

test('the likeliest is the heaviest', () => {
  assert.equal(likeliest(new Map()), null);
  assert.equal(
    likeliest(
      new Map([
        [1, 0.4],
        [2, 0.6],
      ]),
    ),
    2,
  );
});
