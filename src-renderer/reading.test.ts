import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fineText, readingAxis, readingText } from './reading.ts';

test('a figure in the unit in which it is best read', () => {
  const cases: [number | null, string, string][] = [
    ...([
      [12.4, '%', '12 %'],
      [0.3, '%', '0 %'],
      [0, 'B/s', '0 B/s'],
      [999, 'B/s', '999 B/s'],
      [25_800, 'B/s', '25.8 kB/s'],
      [999_700, 'B/s', '1 MB/s'],
      [1_234_567, 'B/s', '1.23 MB/s'],
      [512, 'MiB', '512 MiB'],
      [1536, 'MiB', '1.5 GiB'],
    ] as [number, string, string][]),
    ...([
      [2.815, '', '2.82'],
      [16_384, '', '16,384'],
      [61.25, '°C', '61.3 °C'],
      [-40, '%', '−40 %'],
      [null, '%', '—'],
    ] as [number | null, string, string][]),
  ];
  for (const [value, unit, text] of cases) assert.equal(readingText(value, unit), text);
});

test('three figures of what does not change by the second', () => {
  assert.deepEqual(
    [fineText(2.884, '%'), fineText(12_345, 'B/s'), fineText(128.4, '')],
    ['2.88 %', '12.3 kB/s', '128'],
  );
});

test('an axis ends at a full figure above the highest, with its unit at every tick', () => {
  const axis = (highest: number, unit: string, least: number): [number, string[]] => {
    const { top, ticks, tickText } = readingAxis(highest, unit, least);
    return [top, ticks.map(tickText)];
  };
  assert.deepEqual(axis(37, '%', 100), [100, ['0', '50 %', '100 %']]);
  assert.deepEqual(axis(12, '%', 10), [20, ['0', '10 %', '20 %']]);
  assert.deepEqual(axis(3.4e6, 'B/s', 1e6), [4e6, ['0', '2 MB/s', '4 MB/s']]);
  assert.deepEqual(axis(650_000, 'B/s', 1e5), [1e6, ['0', '0.5 MB/s', '1 MB/s']]);
  assert.deepEqual(axis(2.9, '', 1), [4, ['0', '2', '4']]);
  assert.deepEqual(axis(440, '', 10), [500, ['0', '250', '500']]);
});

test('a share is never drawn beyond all, nor little as much', () => {
  assert.equal(readingAxis(100, '%', 10).top, 100);
  assert.equal(readingAxis(61, '%', 10).top, 100);
  assert.equal(readingAxis(0, 'B/s', 1e6).top, 1e6);
});
