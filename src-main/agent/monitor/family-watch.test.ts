import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { createFamilyWatch, type FamilyMemory, type Incident } from './family-watch.ts';
import type { WatchedFamily } from './watched-metrics.ts';

const CPU: WatchedFamily = {
  family: 'cpu',
  metrics: [{ key: 'cpu.busyPercent', minimum: 10, scale: 'linear', season: true }],
  rankedBy: 'cpu',
};
const NETWORK: WatchedFamily = {
  family: 'network',
  metrics: [{ key: 'network.sentBytesPerSecond', minimum: 262_144, scale: 'root', season: false }],
  rankedBy: 'cpu',
};
const DAY_S = 86_400;

interface Told extends Incident {
  readonly second: number;
}

/** Lets readings go by, one in each step. @param value of the metric at a second. */
function watching(watched: WatchedFamily, memory: FamilyMemory = {}, stepS = 1) {
  const watch = createFamilyWatch({ watched, seed: 1, memory, ...(stepS === 1 ? {} : { meanMs: 4 * stepS * 1000 }) });
  let second = 0;
  return {
    watch,
    for: (seconds: number, value: (second: number) => number): readonly Told[] => {
      const told: Told[] = [];
      for (const end = second + seconds; second < end; second += stepS) {
        const moment = {
          minuteOfDay: Math.floor((second % DAY_S) / 60),
          day: Math.floor(second / DAY_S),
          weekend: false,
        };
        for (const incident of watch.push([value(second)], second * 1000, moment)) told.push({ ...incident, second });
      }
      return told;
    },
  };
}
const random = createRandom(1);
const idle = (): number => Math.abs(2 + random.normal());

test('two quiet hours: nothing is told', () => {
  assert.deepEqual(watching(CPU).for(7200, idle), []);
});

test('a busy loop is told within ten seconds, once, with what it is and what was usual', () => {
  const { for: pass } = watching(CPU);
  pass(1200, idle);
  const told = pass(120, () => 52 + random.normal());
  assert.equal(told.length, 1);
  const [{ second, channel, score, value, usual, z, metric }] = told as [Told];
  assert.ok(second >= 1200 && second < 1210, String(second));
  assert.ok(['jump', 'level'].includes(channel) && metric.key === 'cpu.busyPercent');
  assert.ok(score > 0.5 && score < 1 && value > 10 && value < 60 && Math.abs(usual - 2) < 1 && z > 3);
});

test('a level that stays is told once and then the usual; its end is none', () => {
  const { for: pass } = watching(CPU);
  pass(7200, idle);
  const shift = pass(3 * 3600, () => 40 + random.normal());
  assert.ok(shift.length >= 1 && shift.every(({ second }) => second < 7200 + 3600), JSON.stringify(shift));
  assert.deepEqual(pass(7200, idle), []);
});

test('a burst of some seconds that has been there before is no news', () => {
  const { for: pass } = watching(CPU);
  const bursts = (second: number): number => (second % 600 < 12 ? 90 : idle());
  pass(6 * 3600, bursts);
  assert.deepEqual(pass(6 * 3600, bursts), []);
});

test('a load that is usual for seconds is told when it stays for minutes', () => {
  const { for: pass } = watching(CPU);
  pass(12 * 3600, (second) => (second % 600 < 15 ? 60 : idle()));
  const told = pass(1800, () => 60);
  assert.deepEqual(
    told.map(({ channel }) => channel),
    ['sustained'],
  );
});

test('a job each night: news on the first, none on those after it, missed when it does not come', () => {
  const { for: pass } = watching(CPU, {}, 5);
  const night = (second: number): number =>
    second % DAY_S >= 10_800 && second % DAY_S < 11_700 ? 60 + random.normal() : idle();
  const first = pass(DAY_S, night);
  assert.ok(
    first.length >= 1 && first.every(({ second }) => second >= 10_800 && second < 13_000),
    JSON.stringify(first),
  );
  for (let day = 1; day < 5; day++) assert.deepEqual(pass(DAY_S, night), [], `day ${day}`);
  const [missed, ...others] = pass(DAY_S, idle);
  assert.deepEqual([missed?.channel, missed?.second, others.length], ['missing', 5 * DAY_S + 12_600, 0]);
});

test('what was known before a restart is known after it', () => {
  const before = watching(CPU);
  before.for(3600, (second) => (second > 1800 && second < 2000 ? 95 : idle()));
  const after = watching(CPU, before.watch.memory());
  assert.deepEqual(after.for(600, idle), []);
  assert.deepEqual(
    after.for(60, () => 90),
    [],
  );
});

test('rates are judged by their root, and told as they are', () => {
  const { for: pass } = watching(NETWORK);
  pass(3600, () => 2000 * random.uniform());
  const [told, ...others] = pass(60, () => 25e6);
  assert.ok(told !== undefined && others.length === 0);
  assert.ok(told.value > 1e5 && told.value <= 25e6 && told.usual < 2000);
  assert.deepEqual(
    watching(NETWORK).for(3700, (second) => (second > 3600 ? 50_000 : 2000 * random.uniform())),
    [],
    'too little',
  );
});

test('what is not known is left out; over a gap nothing is averaged', () => {
  const { for: pass, watch } = watching(CPU);
  pass(1200, (second) => (second % 3 === 0 ? NaN : idle()));
  assert.deepEqual(
    pass(60, () => NaN),
    [],
  );
  pass(60, idle);
  pass(2, () => 100);
  watch.forgetLast();
  assert.deepEqual(pass(60, idle), [], 'two readings are not enough for an alarm');
});
