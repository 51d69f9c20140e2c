import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearNames } from './near-names.ts';

const KEYS = ['cpu.busyPercent', 'cpu.userPercent', 'cpu.cpu0.busyPercent', 'memory.usedPercent', 'disk.busyPercent'];

test('those that hold it come first, the shorter before the longer', () => {
  assert.deepEqual(nearNames('busyPercent', KEYS), ['cpu.busyPercent', 'disk.busyPercent', 'cpu.cpu0.busyPercent']);
});

test('a slip of the keys, other capitals, and what is like nothing', () => {
  assert.equal(nearNames('cpu.busyPrecent', KEYS)[0], 'cpu.busyPercent');
  assert.equal(nearNames('CPU.BUSYPERCENT', KEYS)[0], 'cpu.busyPercent');
  assert.deepEqual(nearNames('', KEYS), []);
  assert.deepEqual(nearNames('wlan.signalStrengthDecibel', KEYS), []);
});

test('no more than asked for, and nothing for a name longer than any', () => {
  assert.equal(nearNames('Percent', KEYS, 2).length, 2);
  assert.deepEqual(nearNames(`${KEYS[0]}${'x'.repeat(2000)}`, KEYS), []);
});
