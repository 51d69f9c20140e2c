import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tick } from '../agent/pipeline.ts';
import { countAlarms, firstAlarm, isAlarm, productRule, type Rule } from './chain-rule.ts';

const tick = (atMs: number): Tick => ({
  point: { atMs, trust: 50, low: 40, high: 60, state: 'NORMAL' },
  decision: null,
  scores: new Map(),
});

/** Alarmed from these moments on until he is told who it is. */
function alarmedAt(...momentsMs: number[]): { readonly rule: Rule; readonly endedMs: number[] } {
  const endedMs: number[] = [];
  let alarm = false;
  const alarmed = ({ point }: Tick): boolean => (alarm ||= momentsMs.includes(point.atMs));
  const reauthenticated = (atMs: number): void => {
    alarm = false;
    endedMs.push(atMs);
  };
  return { rule: { alarmed, reauthenticated }, endedMs };
}

test('a monitored owner is not disturbed', () => {
  assert.deepEqual((['LEARNING', 'NORMAL', 'MONITORING', 'RESTRICTED', 'LOCKDOWN'] as const).map(isAlarm), [
    ...[false, false, false, true, true],
  ]);
});

test('each alarm is counted once and ended', () => {
  const { rule, endedMs } = alarmedAt(4, 5, 9);
  const counted = countAlarms(rule);
  for (let atMs = 0; atMs < 12; atMs += 1) counted.see(tick(atMs));
  assert.equal(counted.count(), 3);
  assert.deepEqual(endedMs, [4, 5, 9]);
});

test('the first alarm after the takeover; one before it is ended, one after it stays', () => {
  const { rule, endedMs } = alarmedAt(3, 7, 9);
  const first = firstAlarm(rule, 6000);
  for (let atMs = 0; atMs < 7; atMs += 1) first.see(tick(atMs));
  assert.equal(first.alarmUs(), null);
  for (let atMs = 7; atMs < 12; atMs += 1) first.see(tick(atMs));
  assert.equal(first.alarmUs(), 7000);
  assert.deepEqual(endedMs, [3]);
});

test('the rule of the product is its state, and it is told', () => {
  const told: number[] = [];
  const rule = productRule({
    reauthenticated: (atMs) => {
      told.push(atMs);
      return tick(atMs);
    },
  });
  const { point } = tick(1);
  assert.equal(rule.alarmed({ ...tick(1), point: { ...point, state: 'RESTRICTED' } }), true);
  assert.equal(rule.alarmed(tick(1)), false);
  rule.reauthenticated(8);
  assert.deepEqual(told, [8]);
});
