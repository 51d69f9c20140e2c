import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf, unitOf, valueWords } from './metric-words.ts';
import { WATCHED_FAMILIES } from './watched-metrics.ts';

test('units by the end of the name', () => {
  for (const [key, unit] of [
    ['cpu.busyPercent', '%'],
    ['disk.vda.readBytesPerSecond', 'B/s'],
    ['cpu.forksPerSecond', '/s'],
    ['memory.usedMiB', 'MiB'],
    ['disk.vda.readWaitMs', 'ms'],
    ['cpu.cpu0.frequencyMHz', 'MHz'],
    ['sensors.nvme.temperatureC', '°C'],
    ['sensors.BAT0.powerW', 'W'],
    ['cpu.loadAverage1', ''],
  ] as const)
    assert.equal(unitOf(key), unit, key);
});

test('values as people write them', () => {
  for (const [key, value, words] of [
    ['cpu.busyPercent', 97.34, '97 %'],
    ['cpu.busyPercent', 0.456, '0.46 %'],
    ['cpu.busyPercent', 0, '0 %'],
    ['disk.readBytesPerSecond', 12_400_000, '12 MB/s'],
    ['disk.readBytesPerSecond', 812, '812 B/s'],
    ['disk.readBytesPerSecond', 0, '0 B/s'],
    ['network.sentBytesPerSecond', 1.25e9, '1.3 GB/s'],
    ['processes.threads', 1234.4, '1,234'],
    ['processes.count', 126, '126'],
  ] as const)
    assert.equal(valueWords(key, value), words);
});

test('every metric that may be told of has a name in words', () => {
  for (const { metrics } of WATCHED_FAMILIES) for (const { key } of metrics) assert.notEqual(nameOf(key), key);
});
