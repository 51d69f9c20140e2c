// The benchmark as a command. Figures differ from machine to machine, so nothing here depends on how fast one is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from '../evaluate/bench.ts';
import { describe } from './bench.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const bench = (...args: string[]) => spawnSync(process.execPath, [CLI, 'bench', ...args], { encoding: 'utf8' });

test('one cheap figure, as JSON on stdout and nothing else there', () => {
  const { status, stdout, stderr } = bench('--json', '--only', 'bus-publish');
  assert.equal(status, 0, stderr);
  const { machine, results, leftOut } = JSON.parse(stdout) as BenchReport;
  assert.deepEqual(Object.keys(machine), ['cpu', 'cores', 'memoryGiB', 'node']);
  assert.equal(machine.node, process.versions.node);
  assert.deepEqual(leftOut, []);
  const [result] = results;
  assert.ok(result !== undefined && results.length === 1);
  // Reference and goal as the design has them: 100 and 2 microseconds.
  const { name, unit, statistic, reference, goal } = result;
  assert.deepEqual(
    { name, unit, statistic, reference, goal },
    { name: 'bus-publish', unit: 'µs', statistic: 'p99', reference: 100, goal: 2 },
  );
  assert.equal(result.value, result.p99);
  assert.ok(result.median > 0 && result.median <= result.p95 && result.p95 <= result.p99);
  assert.equal(result.ok, result.p99 <= 2);
});

test('a name that is none is misuse, and the names that there are are said', () => {
  const { status, stdout, stderr } = bench('--only', 'speed');
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /no figure 'speed'; choose from callback, bus-publish, /);
});

test('a table beside reference and goal, worked out by hand', () => {
  const plain = (text: string): string => text;
  const spread = { median: 1, p95: 2, p99: 12_345.6 };
  const lines = describe(
    {
      machine: { cpu: 'Abacus', cores: 2, memoryGiB: 4, node: '24.0.0' },
      results: [
        {
          ...{ name: 'tick', value: 2, unit: 'ms', statistic: 'p95', samples: 100, ...spread },
          ...{ reference: 75, goal: 5, ok: true },
        },
        {
          ...{ name: 'bus', value: 0.123456, unit: 'events/s', statistic: 'median', samples: 19, ...spread },
          ...{ reference: null, goal: 1e6, ok: false },
        },
      ],
      leftOut: [
        { name: 'agent', reason: 'not built', failed: false },
        { name: 'size', reason: 'no models', failed: true },
      ],
    },
    { good: plain, caution: plain, bad: plain, dim: plain },
  );
  assert.deepEqual(lines, [
    'Abacus, 2 cores, 4 GiB, Node 24.0.0',
    '',
    'figure  value  unit              median  p95     p99  reference       goal',
    'tick        2  ms        p95          1    2  12,346         75          5  ok',
    'bus     0.123  events/s  median       1    —       —          —  1,000,000  missed',
    '',
    '1 of 2 missed their goal.',
    'agent: left out (not built)',
    'size: failed (no models)',
  ]);
});
