import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { startTicker } from './ticker.ts';

const turns = async (n = 5): Promise<void> => {
  for (let i = 0; i < n; i += 1) await Promise.resolve();
};

test('ticks fall on the grid, one at a time; a late one does not bring the missed ones after it', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  let nowMs = 1_000_002;
  const ticks: number[] = [];
  const gate = Promise.withResolvers<void>();
  const clock = { nowUs: () => nowMs * 1000, speed: 1 };
  const ticker = startTicker(
    () => 5e6,
    clock,
    (nowUs) => (ticks.push(nowUs), ticks.length === 2 ? gate.promise : Promise.resolve()),
    () => undefined,
  );
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms;
    mock.timers.tick(ms);
    await turns();
  };
  await pass(5000);
  assert.deepEqual(ticks, [1_005e6]);
  await pass(5000);
  await pass(60_000);
  assert.deepEqual(ticks, [1_005e6, 1_010e6], 'the second one is still at work');
  gate.resolve();
  await turns();
  await pass(5000);
  assert.deepEqual(ticks, [1_005e6, 1_010e6, 1_075e6]);
  await ticker.stop();
  await pass(60_000);
  assert.equal(ticks.length, 3);
});

test('a tick that fails is told and the next one comes', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  let nowMs = 0;
  let ticks = 0;
  const told: unknown[] = [];
  const ticker = startTicker(
    () => 5e6,
    { nowUs: () => nowMs * 1000, speed: 10 },
    () => ((ticks += 1), Promise.reject(new Error('no'))),
    (error) => told.push(error),
  );
  for (let i = 0; i < 3; i += 1) {
    nowMs += 5000;
    mock.timers.tick(501);
    await turns();
  }
  assert.equal(ticks, 3);
  assert.equal(told.length, 3);
  await ticker.stop();
});
