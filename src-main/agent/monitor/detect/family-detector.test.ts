import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { MINUTES, SECONDS, type DetectorConstants } from './constants.ts';
import { createFamilyDetector, type DetectorTask, type Verdict } from './family-detector.ts';

const task = (constants: DetectorConstants, change: Partial<DetectorTask> = {}): DetectorTask => ({
  ...{ minimums: [0], constants, seed: 1 },
  ...change,
});

function detector(given: DetectorTask) {
  const made = createFamilyDetector(given);
  return {
    ...made,
    next: (...values: number[]): Verdict => {
      const verdict = made.push(values);
      made.observe(values);
      return verdict;
    },
  };
}

test('noise, then a spike: told by how far it jumped, with its distance from the usual', () => {
  const random = createRandom(1);
  const { next } = detector(task(MINUTES, { channels: ['jump'] }));
  for (let i = 0; i < 1000; i++) next(random.normal());
  const { raw, channel, z, usual } = next(40);
  // Some 37 beyond a range of about 7, in units of 0.015.
  assert.ok(raw > 250 && raw < 450, String(raw));
  assert.equal(channel, 'jump');
  assert.ok(Math.abs(z - 40) < 4 && Math.abs(usual) < 0.3, `${z} ${usual}`);
});

test('a new level is news once, and then the usual', () => {
  const random = createRandom(2);
  const { next } = detector(task({ ...SECONDS, youngPoints: 0 }, { channels: ['jump', 'level'] }));
  for (let i = 0; i < 1000; i++) next(random.normal());
  assert.ok(next(20).raw > 1);
  const later = Array.from({ length: 600 }, () => next(20 + random.normal()));
  assert.ok(later.slice(20).every(({ raw }) => raw < 1));
  const { z, usual } = later.at(-1) ?? { z: NaN, usual: NaN };
  assert.ok(Math.abs(z) < 4 && Math.abs(usual - 20) < 0.5, 'z and usual are those of the new level');
});

test('the way back is news only where it is said to be', () => {
  for (const [constants, news] of [
    [MINUTES, true],
    [SECONDS, false],
  ] as const) {
    const random = createRandom(3);
    const { next } = detector(task({ ...constants, youngPoints: 0 }, { channels: ['jump'] }));
    for (let i = 0; i < 1000; i++) next(random.normal());
    for (let i = 0; i < 200; i++) next(50 + random.normal());
    assert.equal(next(0).raw >= 1, news);
  }
});

test('a series that never moved: its first move is far off the usual, but there is no range to be outside of', () => {
  const { next } = detector(task(MINUTES));
  for (let i = 0; i < 500; i++) assert.ok(next(5).raw < 0.5);
  const { raw, z } = next(6);
  assert.ok(z === 0 || z === 99);
  assert.ok(Number.isFinite(raw));
});

test('below its minimum nothing matters', () => {
  for (const [minimum, expected] of [
    [0, true],
    [5, false],
  ] as const) {
    const random = createRandom(4);
    const { next } = detector(task({ ...SECONDS, youngPoints: 0 }, { minimums: [minimum] }));
    for (let i = 0; i < 1000; i++) next(random.uniform() / 10);
    assert.equal(next(3).raw >= 1, expected);
  }
});

test('the beginning is judged more mildly', () => {
  const rawOf = (youngPoints: number): number => {
    const random = createRandom(5);
    const { next } = detector(task({ ...MINUTES, youngPoints }, { channels: ['level'] }));
    for (let i = 0; i < 100; i++) next(random.normal());
    return next(30).raw;
  };
  // 1 + 2 exp(-101 / 1000): the point itself is seen when it is judged.
  assert.ok(Math.abs(rawOf(0) / rawOf(1000) - 2.8079) < 0.001, String(rawOf(0) / rawOf(1000)));
});

test('a glance learns nothing, and sees what the point would', () => {
  const random = createRandom(6);
  const { next, peek, push, memory } = detector(task(MINUTES, { channels: ['jump', 'level'] }));
  for (let i = 0; i < 500; i++) next(random.normal());
  const before = memory();
  const glances = [peek([30]), peek([30])];
  assert.deepEqual(memory(), before);
  assert.deepEqual(glances[0], glances[1]);
  assert.deepEqual(push([30]), glances[0]);
});

test('of several metrics the one that is unusual is named; one that is not known is left out', () => {
  const random = createRandom(7);
  const { next } = detector(task({ ...SECONDS, youngPoints: 0 }, { minimums: [0, 0, 0] }));
  for (let i = 0; i < 1000; i++) next(random.normal(), NaN, random.normal());
  const { raw, metric } = next(0, NaN, 60);
  assert.ok(raw > 1);
  assert.equal(metric, 2);
});

test('two metrics that always go together and once do not: only the forest can see it', () => {
  const random = createRandom(8);
  const both = (channels: DetectorTask['channels']): Verdict => {
    const { next } = detector(
      task({ ...MINUTES, forest: 2 }, { minimums: [0, 0], ...(channels === undefined ? {} : { channels }) }),
    );
    for (let i = 0; i < 1500; i++) {
      const x = Math.sin(i / 9) * 10 + random.normal() * 0.2;
      next(x, x + random.normal() * 0.2);
    }
    return next(8, -8);
  };
  const { raw, channel } = both(undefined);
  assert.ok(raw >= 1 && channel === 'forest', `${raw} by ${channel}`);
  assert.ok(both(['level']).raw < 1);
});

test('what was known is known again after a restart', () => {
  const random = createRandom(9);
  const first = detector(task(MINUTES));
  for (let i = 0; i < 500; i++) first.next(i === 250 ? 100 : random.normal());
  const again = detector(task(MINUTES, { memory: first.memory(), channels: ['jump', 'level'] }));
  for (let i = 0; i < 300; i++) assert.ok(again.next(random.normal()).raw < 1);
  assert.ok(again.next(90).raw < 1, 'it was there before');
  assert.ok(again.next(200).raw > 1);
});
