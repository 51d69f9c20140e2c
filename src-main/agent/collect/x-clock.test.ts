// Expected times are worked out by hand in the comments.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createXClock } from './x-clock.ts';

/** Clocks that a test sets; the wall clock is `baseMs` ahead of the monotonic one. */
function clocksAt(baseMs: number) {
  const now = { baseMs, monotonicMs: 0 };
  const clock = createXClock({ wallMs: () => now.baseMs + now.monotonicMs, monotonicMs: () => now.monotonicMs });
  /** An event with X time `xMs` arrives at monotonic time `atMs`. */
  const arrive = (atMs: number, xMs: number): number => {
    now.monotonicMs = atMs;
    return clock.toEpochUs(xMs);
  };
  return { now, arrive };
}

test('prompt events: epoch time is X time plus a constant', () => {
  const { arrive } = clocksAt(1_000_000);
  assert.equal(arrive(500, 70_000), 1_000_500_000); // wall 1,000,500 ms
  assert.equal(arrive(592, 70_092), 1_000_592_000);
  assert.equal(arrive(600, 70_100), 1_000_600_000);
});

test('a batch that arrives at one moment keeps its intervals', () => {
  const { arrive } = clocksAt(1_000_000);
  // 8 ms apart, all delivered at 218; the first anchors the clock at its arrival, later ones may pull it 0.5 % of 8 ms.
  const times = [0, 8, 16, 24].map((x) => arrive(218, 5_000 + x));
  assert.equal(times[0], 1_000_218_000);
  for (const [i, ts] of times.entries()) assert.ok(Math.abs(ts - (1_000_218_000 + i * 8000)) <= i * 40, `event ${i}`);
});

test('the lag of the first event is worked off by at most 0.5 % of the time that passes', () => {
  const { arrive } = clocksAt(1_000_000);
  arrive(100, 0); // 100 ms late
  // Prompt from now on. After 10 s of X time the clock may have moved 50 ms of the 100.
  assert.equal(arrive(10_000, 10_000), 1_010_050_000);
  // After 10 s more the lag is gone.
  assert.equal(arrive(20_000, 20_000), 1_020_000_000);
  assert.equal(arrive(20_090, 20_090), 1_020_090_000);
});

test('late events among prompt ones do not move the clock', () => {
  const { arrive } = clocksAt(1_000_000);
  arrive(0, 0);
  assert.equal(arrive(1200, 1000), 1_001_000_000); // 200 ms late
  assert.equal(arrive(9000, 2000), 1_002_000_000); // 7 s late, but neither clock has jumped
  assert.equal(arrive(9001, 9001), 1_009_001_000);
});

test('X time wraps after 49.7 days', () => {
  const { arrive } = clocksAt(1_000_000);
  const last = 2 ** 32 - 10;
  assert.equal(arrive(0, last), 1_000_000_000);
  assert.equal(arrive(25, 15), 1_000_025_000); // 10 ms to the wrap and 15 after it
  assert.equal(arrive(1025, 1015), 1_001_025_000);
});

test('after a suspend the wall clock counts, not the clock that stood still', () => {
  const { now, arrive } = clocksAt(1_000_000);
  arrive(0, 0);
  assert.equal(arrive(1000, 1000), 1_001_000_000);
  now.baseMs += 3_600_000; // asleep for an hour: neither the X clock nor the monotonic one has moved
  assert.equal(arrive(1500, 1500), 4_601_500_000);
  assert.equal(arrive(1600, 1600), 4_601_600_000);
});

test('a wall clock set forward or back by over 5 s is followed at once, by less only slowly', () => {
  const { now, arrive } = clocksAt(100_000_000);
  arrive(0, 0);
  now.baseMs += 4000;
  // 4 s forward: the smallest difference of the window still is the old one.
  assert.equal(arrive(1000, 1000), 100_001_000_000);
  now.baseMs -= 4000 + 3_600_000;
  assert.equal(arrive(2000, 2000), 96_402_000_000); // an hour back: 100,002 s - 3,600 s
  assert.equal(arrive(2050, 2050), 96_402_050_000);
});

test('times never decrease where X time steps back a little', () => {
  const { arrive } = clocksAt(1_000_000);
  arrive(0, 100);
  assert.equal(arrive(20, 120), 1_000_020_000);
  assert.equal(arrive(20, 118), 1_000_020_000);
  assert.equal(arrive(30, 130), 1_000_030_000);
});

test('another server, whose time began anew, is anchored anew', () => {
  const { arrive } = clocksAt(1_000_000);
  arrive(0, 900_000);
  // The difference has grown by 890 s. For a while that may be lag; after two windows without a better one it is not.
  arrive(10_000, 20_000);
  arrive(75_000, 85_000);
  assert.equal(arrive(140_000, 150_000), 1_140_000_000);
});
