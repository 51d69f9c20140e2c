import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trend } from '../../../src-preload/contract.ts';
import { createRandom } from '../learn/random.ts';
import { metricEvent } from './events.fixture.ts';
import { createStreamProcessor } from './stream-processor.ts';
import { createTrendDesk } from './trend-desk.ts';

/** Lets seconds go by; answers the trends that were told, with the second. */
function desk() {
  const processor = createStreamProcessor();
  const made = createTrendDesk(processor);
  let second = 0;
  const pass = (
    seconds: number,
    memory: (second: number) => number,
    disk: (second: number) => number = () => 50,
    step = 1,
  ) => {
    const told: (readonly [number, Trend])[] = [];
    for (const end = second + seconds; second < end; second += step) {
      processor.accept(metricEvent('memory', { values: { usedPercent: memory(second) } }), second * 1000);
      if (second % 30 === 0)
        processor.accept(
          metricEvent('filesystem', { parts: { '/home': { usedPercent: disk(second) } } }),
          second * 1000,
        );
      for (const trend of made.round(second * 1000, 1e12 + second * 1000)) told.push([second, trend]);
    }
    return told;
  };
  return { pass, trends: made.trends };
}
const random = createRandom(1);

test('nothing moves: every metric steady, nothing told', () => {
  const { pass, trends } = desk();
  assert.deepEqual(
    pass(1300, () => 40 + random.normal() / 5),
    [],
  );
  const memory = trends().find(({ key }) => key === 'memory.usedPercent');
  assert.deepEqual([memory?.direction, memory?.forecast, memory?.atMs], ['steady', null, 1e12 + 1_260_000]);
  assert.ok(trends().some(({ key }) => key === 'filesystem./home.usedPercent'));
});

test('a leak is told when it is sure, with when memory will be exhausted; and when it has stopped', () => {
  const { pass, trends } = desk();
  pass(1200, () => 40 + random.normal() / 5);
  const leak = pass(900, (second) => 40 + (second - 1200) / 20 + random.normal() / 5);
  const rising = leak.filter(([, { direction }]) => direction === 'rising');
  assert.ok(rising.length >= 1 && leak.length <= 3, JSON.stringify(leak));
  assert.ok((rising[0]?.[0] ?? NaN) < 1200 + 600);
  const now = trends().find(({ key }) => key === 'memory.usedPercent');
  // Three per cent more a minute since it began.
  const expected = (60 - ((now?.atMs ?? NaN) - 1e12 - 1_200_000) / 20_000) / 3;
  assert.ok(now?.forecast !== null && now?.forecast !== undefined);
  const minutes = now.forecast.inSeconds / 60;
  assert.ok(Math.abs(minutes - expected) < Math.max(0.5, now.forecast.plusMinusSeconds / 60), String(minutes));
  const end = pass(1200, () => 85 + random.normal() / 5);
  assert.equal(end.at(-1)?.[1].direction, 'steady');
});

test('a disk that fills over days is foretold from days', () => {
  const { pass, trends } = desk();
  const day = 86_400;
  const told = pass(
    3 * day,
    () => 40,
    (second) => 90 + (2 * second) / day,
    30,
  );
  const disk = trends().find(({ key }) => key === 'filesystem./home.usedPercent');
  // 96 % after three days, two a day.
  assert.match(disk?.forecast?.sentence ?? '', /^The disk at \/home will be full in 2 days ± 1\.$/);
  assert.ok(told.some(([, { forecast }]) => forecast !== null));
});
