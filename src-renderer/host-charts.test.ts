import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartsOf } from './host-charts.ts';
import { metricView } from './host-view.fixture.ts';

test('a chart for each family that is read, a line for each part in the order of their numbers', () => {
  const charts = chartsOf([
    metricView('cpu.cpu10.busyPercent', 1),
    metricView('cpu.cpu2.busyPercent', 2),
    metricView('cpu.busyPercent', 3, '%', 'The processor’s load'),
    metricView('cpu.iowaitPercent', 0),
  ]);
  assert.deepEqual(
    charts.map(({ id, lines }) => [id, lines.map(({ label }) => label)]),
    [
      ['cpu', ['busy', 'waiting for disks']],
      ['cores', ['cpu2', 'cpu10']],
    ],
  );
  assert.deepEqual(charts[0]?.names, ['The processor’s load', 'cpu.iowaitPercent']);
});

test('what is not there has no line: swap on a machine without; before there is any value every line has its place', () => {
  const labels = (used: number | null): readonly string[] | undefined =>
    chartsOf([metricView('memory.usedPercent', used), metricView('memory.swapUsedPercent', null)])[0]?.lines.map(
      ({ label }) => label,
    );
  assert.deepEqual(labels(40), ['used']);
  assert.deepEqual(labels(null), ['used', 'swap used']);
});

test('more lines than can be told apart are a crowd; temperatures and battery where there are any', () => {
  const cores = Array.from({ length: 4 }, (_, i) => metricView(`cpu.cpu${i}.busyPercent`, i));
  assert.deepEqual(
    [cores, cores.slice(1)].map((some) => chartsOf(some)[0]?.crowd),
    [true, false],
  );
  const sensors = chartsOf([
    metricView('sensors.hottestC', 61, '°C', 'The highest temperature'),
    metricView('sensors.coretemp Package id 0.temperatureC', 61, '°C'),
    metricView('sensors.BAT0.chargePercent', 80),
  ]);
  assert.deepEqual(
    sensors.map(({ id, unit, lines }) => [id, unit, lines[0]?.label]),
    [
      ['temperature', '°C', 'coretemp Package id 0'],
      ['battery', '%', 'BAT0'],
    ],
  );
  // The highest has no line of its own, yet it is what is told of.
  assert.ok(sensors[0]?.names.includes('The highest temperature'));
});
