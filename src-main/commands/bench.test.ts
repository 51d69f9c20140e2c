// The benchmark as a command. Figures differ from machine to machine, so nothing here depends on how fast one is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { once } from '../evaluate/bench-timing.ts';
import type { Result } from '../evaluate/bench-figure.ts';
import type { Listed } from '../evaluate/bench.ts';
import { exitCodeOf } from './bench.ts';
import { describeBench, describeFigures } from './bench-table.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const bench = (...args: string[]) => spawnSync(process.execPath, [CLI, 'bench', ...args], { encoding: 'utf8' });

/** Asked for once. */
const figures = once((): readonly Listed[] => {
  const { status, stdout, stderr } = bench('--list', '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as readonly Listed[];
});

/** As --help states it. */
const report = v.strictObject({
  machine: v.strictObject({
    cpu: v.string(),
    cores: v.number(),
    memoryGiB: v.number(),
    system: v.string(),
    node: v.literal(process.versions.node),
  }),
  results: v.array(
    v.strictObject({
      ...{ name: v.string(), what: v.string(), value: v.number(), unit: v.string() },
      ...{ statistic: v.picklist(['median', 'p95', 'p99']), repetitions: v.pipe(v.number(), v.integer()) },
      ...{ median: v.number(), p95: v.number(), p99: v.number() },
      ...{ reference: v.nullable(v.number()), goal: v.nullable(v.number()) },
      ...{ better: v.picklist(['less', 'more']), ok: v.nullable(v.boolean()) },
    }),
  ),
  leftOut: v.array(
    v.strictObject({ name: v.string(), reason: v.string(), kind: v.picklist(['long', 'unavailable', 'failed']) }),
  ),
  seconds: v.number(),
});

const measured = (name: string, rest: Partial<Result> = {}): Result => ({
  ...{ name, what: name, value: 2, unit: 'ms', statistic: 'p95', repetitions: 100 },
  ...{ median: 1, p95: 2, p99: 3, reference: null, goal: null, better: 'less', ok: null, ...rest },
});

test('one cheap figure, as JSON on stdout and nothing else there', () => {
  const { status, stdout, stderr } = bench('--json', '--only', 'bus-publish');
  assert.equal(status, 0, stderr);
  const { results, leftOut } = v.parse(report, JSON.parse(stdout));
  assert.deepEqual(leftOut, []);
  const [result] = results;
  assert.ok(result !== undefined && results.length === 1);
  // Reference and goal as the design has them: 100 and 2 microseconds.
  const { name, unit, statistic, repetitions, reference, goal } = result;
  assert.deepEqual(
    { name, unit, statistic, repetitions, reference, goal },
    { name: 'bus-publish', unit: 'µs', statistic: 'p99', repetitions: 100_000, reference: 100, goal: 2 },
  );
  assert.equal(result.value, result.p99);
  assert.ok(result.median > 0 && result.median <= result.p95 && result.p95 <= result.p99);
  assert.equal(result.ok, result.p99 <= 2);
});

test('a goal that is missed fails nothing, unless asked to; a figure that failed always does', () => {
  const missed = { results: [measured('tick', { goal: 1, ok: false })], leftOut: [] };
  const met = { results: [measured('tick', { goal: 5, ok: true }), measured('size')], leftOut: [] };
  const leftOut = (kind: 'long' | 'unavailable' | 'failed') => ({
    ...met,
    leftOut: [{ name: 'a', reason: 'b', kind }],
  });
  const reports = [missed, met, leftOut('long'), leftOut('unavailable'), leftOut('failed')];
  assert.deepEqual(
    reports.map((one) => [exitCodeOf(one, false), exitCodeOf(one, true)]),
    [
      [0, 1],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ],
  );
});

test('a name that is none is misuse, and the names that there are are said', () => {
  const { status, stdout, stderr } = bench('--only', 'speed');
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /no figure 'speed'; choose from callback, bus-publish, /);
});

test('the list says in words what each figure is, and how long all of them take', () => {
  const listed = figures();
  // A name alone, with blanks for its dashes, is what a figure without words goes by.
  const wordless = listed.filter(({ name, what }) => what === name.replaceAll('-', ' '));
  assert.deepEqual(wordless, []);
  const seconds = (some: readonly Listed[]): number => some.reduce((sum, one) => sum + one.seconds, 0);
  assert.ok(seconds(listed) <= 600, 'everything takes ten minutes at most');
  assert.ok(seconds(listed.filter(({ long }) => !long)) <= 300, 'and without the long ones five');
});

const plain = (text: string): string => text;
const paint = { good: plain, caution: plain, bad: plain, dim: plain };

test('a table beside reference and goal, worked out by hand', () => {
  const machine = { cpu: 'Abacus', cores: 2, memoryGiB: 4, system: 'Slate 1', node: '24.0.0' };
  const lines = describeBench(
    {
      machine,
      results: [
        measured('tick', { reference: 75, goal: 5, ok: true }),
        measured('bus', { value: 987_654.3, unit: 'events/s', statistic: 'median', goal: 5e6, ok: false }),
        measured('size', { value: 0.123456, unit: 'MB', repetitions: 1 }),
      ],
      leftOut: [
        { name: 'agent', reason: 'takes a minute', kind: 'long' },
        { name: 'app', reason: 'no runtime', kind: 'unavailable' },
        { name: 'start', reason: 'not built', kind: 'failed' },
      ],
      seconds: 200.4,
    },
    paint,
  );
  assert.deepEqual(lines, [
    'Abacus, 2 cores, 4 GiB, Slate 1, Node 24.0.0',
    '',
    'figure    value  unit              reference  goal',
    'tick          2  ms        p95            75     5  meets',
    'bus     988,000  events/s  median          —   5 M  misses',
    'size      0.123  MB                        —     —',
    '',
    '1 of 2 goals are missed: bus.',
    'Not measured, for it takes minutes (add --long): agent.',
    'app: unavailable: no runtime',
    'start: failed: not built',
    'It took 3 min 20 s.',
  ]);
});

test('no line of a table is longer than a terminal of eighty columns, whatever the figures', () => {
  const listed = figures();
  const results = listed.map(({ name, what }): Result => ({
    ...{ name, what, value: 999_999, unit: 'switches/s', statistic: 'median', repetitions: 100, better: 'more' },
    ...{ median: 1, p95: 2, p99: 3, reference: 999_999, goal: 999_999, ok: false },
  }));
  const machine = { cpu: 'Some Processor with a Long Name 9999X', cores: 128, memoryGiB: 1024, system: 'System 1' };
  const leftOut = listed.map(({ name }) => ({ name, reason: 'takes a minute', kind: 'long' as const }));
  const lines = describeBench({ machine: { ...machine, node: '24.0.0' }, results, leftOut, seconds: 1 }, paint);
  for (const line of [...lines, ...describeFigures(listed)]) assert.ok(line.length <= 80, line);
});
