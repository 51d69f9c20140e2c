// The table in the README: what stands in it, and that writing it twice changes nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { BenchReport } from './bench.ts';
import { BEGIN, benchMarkdown, END, withTable } from './bench-markdown.ts';
import { minutesOf, shortNumber } from './bench-number.ts';

const spread = { median: 1, p95: 2, p99: 3 };
const report: BenchReport = {
  machine: { cpu: 'Abacus', cores: 2, memoryGiB: 4, system: 'Slate 1', node: '24.0.0' },
  results: [
    {
      ...{ name: 'tick', what: 'a tick', value: 2, unit: 'ms', statistic: 'p95', repetitions: 100, ...spread },
      ...{ reference: 75, goal: 5, better: 'less', ok: true },
    },
    {
      ...{ name: 'bus', what: 'events', value: 1e5, unit: 'events/s', statistic: 'median', repetitions: 9, ...spread },
      ...{ reference: null, goal: 5e6, better: 'more', ok: false },
    },
    {
      ...{ name: 'size', what: 'models', value: 0.5, unit: 'MB', statistic: 'median', repetitions: 1, ...spread },
      ...{ reference: null, goal: null, better: 'less', ok: null },
    },
  ],
  leftOut: [{ name: 'app', reason: 'no runtime', kind: 'unavailable' }],
  seconds: 500,
};

test('a row for each figure and a line for what is missing, worked out by hand', () => {
  assert.deepEqual(benchMarkdown(report).split('\n'), [
    'Abacus, 2 cores, 4 GiB, Slate 1, Node 24.0.0; it took 8 min 20 s. 1 of 2 goals are met.',
    '',
    '| figure | | measured | | reference | goal | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| a tick | `tick` | 2 ms | p95 | 75 | 5 | meets |',
    '| events | `bus` | 100,000 events/s | median | — | 5 M | **misses** |',
    '| models | `size` | 0.5 MB |  | — | — |  |',
    '',
    '- `app`: unavailable: no runtime',
  ]);
});

test('the table takes the place of the one before, and nothing else moves', () => {
  const readme = `# Title\n\n${BEGIN}\n\nold\n\n${END}\n\nafter\n`;
  const once = withTable(readme, 'new');
  assert.equal(once, `# Title\n\n${BEGIN}\n\nnew\n\n${END}\n\nafter\n`);
  assert.equal(withTable(once, 'new'), once);
});

test('without its place, or with two of them, nothing is written', () => {
  for (const readme of ['# Title\n', `${END}\n${BEGIN}\n`, `${BEGIN}\n`, `${BEGIN}${END}${BEGIN}${END}`])
    assert.throws(() => withTable(readme, 'new'), /must have the lines/);
});

test('the README of this project has the place', () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
  assert.doesNotThrow(() => withTable(readme, ''));
});

test('numbers and times as a reader wants them, worked out by hand', () => {
  assert.deepEqual([0.05, 0.123456, 12.34, 999.9, 1234.5, 200_000, 999_999, 1e6, 115_432_100, null].map(shortNumber), [
    '0.05',
    '0.123',
    '12.3',
    '1,000',
    '1,230',
    '200,000',
    '1 M',
    '1 M',
    '115 M',
    '—',
  ]);
  assert.deepEqual([0.2, 59.4, 60, 200.4].map(minutesOf), ['1 s', '59 s', '1 min 0 s', '3 min 20 s']);
});
