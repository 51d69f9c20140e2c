import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { createSustained } from './sustained.ts';

const OPTIONS = { spans: [10], leak: 0, minimum: 0 };

/** Bursts of one point in ten up to 100 on a ground of nearly nothing, so many points long. */
function bursts(points: number, push: (x: number) => unknown): void {
  const random = createRandom(1);
  for (let i = 0; i < points; i++) push(i % 10 === 0 ? 80 + 20 * random.uniform() : random.uniform());
}

test('a load that is usual for one point is news for ten', () => {
  const sustained = createSustained(OPTIONS);
  bursts(2000, (x) => assert.ok((sustained.push(x)?.beyond ?? 0) < 0.5));
  let first: number | null = null;
  for (let i = 1; i <= 10; i++) if ((sustained.push(90)?.beyond ?? 0) > 1) first ??= i;
  // The means were 8 to 11; a second burst within ten points makes more.
  assert.ok(first !== null && first <= 3, String(first));
  const record = sustained.push(90);
  assert.ok(record !== null && record.mean > 80 && record.before < 12 && record.beyond > 10);
});

test('what creeps up is compared with what was there before it began', () => {
  const sustained = createSustained(OPTIONS);
  for (let i = 0; i < 1000; i++) sustained.push(i % 2);
  let most = 0;
  // A tenth of the range at each point: never far beyond the point before.
  for (let i = 0; i < 20; i++) most = Math.max(most, sustained.push(1 + i / 10)?.beyond ?? 0);
  assert.ok(most > 1, String(most));
});

test('not before it has seen enough means, and the first ones more mildly', () => {
  const beyondAfter = (points: number): number => {
    const sustained = createSustained(OPTIONS);
    for (let i = 0; i < points; i++) sustained.push(i % 20 < 10 ? 0 : 1);
    for (let i = 0; i < 9; i++) sustained.push(10);
    return sustained.push(10)?.beyond ?? 0;
  };
  assert.equal(beyondAfter(60), 0);
  const [young, old] = [beyondAfter(100), beyondAfter(5000)];
  // 1 + 2 exp(-10 / 24) and hardly more than 1; the range and the mean are the same.
  assert.ok(Math.abs(old / young - 2.32) < 0.1, `${old / young}`);
});

test('a record below the minimum is none', () => {
  for (const [minimum, expected] of [
    [1, true],
    [20, false],
  ] as const) {
    const sustained = createSustained({ ...OPTIONS, minimum });
    for (let i = 0; i < 1000; i++) sustained.push(i % 3);
    for (let i = 0; i < 9; i++) sustained.push(12);
    assert.equal(sustained.push(12) !== null, expected);
  }
});

test('of several spans the one that stands out most; known again after a restart', () => {
  const first = createSustained({ ...OPTIONS, spans: [10, 100] });
  for (let i = 0; i < 5000; i++) first.push(i % 300 < 30 ? 50 : 0);
  const again = createSustained({ ...OPTIONS, spans: [10, 100] }, first.memory());
  let record = null;
  for (let i = 0; i < 200; i++) record = again.push(i < 100 ? 0 : 50) ?? record;
  // Thirty points at 50 were usual, so ten are; a hundred are not.
  assert.equal(record?.points, 100);
});
