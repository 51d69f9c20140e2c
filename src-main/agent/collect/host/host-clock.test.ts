import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHostClock } from './host-clock.ts';

/** Three clocks that the test moves. */
function clocks() {
  const at = { awakeMs: 5000, wallMs: 1_700_000_000_000, uptimeS: 900 };
  const clock = createHostClock(() => 10_000, {
    awakeMs: () => at.awakeMs,
    wallMs: () => at.wallMs,
    uptimeS: () => at.uptimeS,
  });
  const pass = (ms: number): void => {
    at.awakeMs += ms;
    at.wallMs += ms;
    at.uptimeS += ms / 1000;
  };
  return { at, pass, read: clock.read };
}

test('seconds go by', () => {
  const { pass, read } = clocks();
  const first = read();
  assert.deepEqual([first.timestampUs, first.gap], [1_700_000_000_000_000, false]);
  pass(1000);
  const second = read();
  assert.deepEqual([second.steadyMs - first.steadyMs, second.awakeMs - first.awakeMs, second.gap], [1000, 1000, false]);
});

test('the wall clock is set, forwards and back: nothing else notices', () => {
  const { at, pass, read } = clocks();
  const first = read();
  pass(1000);
  at.wallMs -= 3_600_000;
  const back = read();
  assert.deepEqual([back.steadyMs - first.steadyMs, back.gap], [1000, false]);
  assert.equal(back.timestampUs, 1_700_000_001_000_000 - 3600e6);
  pass(1000);
  at.wallMs += 7_200_000;
  assert.equal(read().gap, false);
});

test('the machine sleeps: a gap, and the steady clock has gone on', () => {
  const { at, pass, read } = clocks();
  const first = read();
  pass(1000);
  at.uptimeS += 3600;
  at.wallMs += 3_600_000;
  const after = read();
  assert.equal(after.gap, true);
  assert.equal(after.steadyMs - first.steadyMs, 3_601_000);
  assert.equal(after.awakeMs - first.awakeMs, 1000);
  pass(1000);
  assert.equal(read().gap, false);
});

test('a process that was not let run for long: a gap; one that was some seconds late: none', () => {
  const { pass, read } = clocks();
  read();
  pass(9000);
  assert.equal(read().gap, false);
  pass(11_000);
  assert.equal(read().gap, true);
});
