// The report of a soak as a command, of a record that was made up.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { judgeSoak, type SoakReport } from '../evaluate/soak-judge.ts';
import { END, samplesOf, START } from '../evaluate/soak-record.fixture.ts';
import type { SoakLine } from '../evaluate/soak-record.ts';
import { cliWithHome } from './cli.fixture.ts';
import { describeSoak } from './soak-table.ts';

const { dir, cli } = cliWithHome();
const plain = (text: string): string => text;
const PAINT = { dim: plain, good: plain, bad: plain, bold: plain } as unknown as Parameters<typeof describeSoak>[1];

function recordOf(lines: readonly SoakLine[], rest = ''): string {
  const file = join(dir, 'soak.jsonl');
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n${rest}`);
  return file;
}

test('a record that is still being written is told of, without its half line, as JSON', async () => {
  const file = recordOf([START, ...samplesOf(5)], '{"kind":"sample","wal');
  const { code, out, err } = await cli('soak', '--report', file, '--json');
  assert.equal(code, 0, err);
  const { wallMinutes, complete } = JSON.parse(out) as SoakReport;
  assert.deepEqual([wallMinutes, complete], [5, false]);
});

test('a promise that was missed is said, and ends with 1', async () => {
  const file = recordOf([START, ...samplesOf(5), { ...END, exit: 'SIGKILL' }]);
  const { code, out } = await cli('soak', '--report', file);
  assert.equal(code, 1);
  assert.match(out, /promises were missed: exit\.$/m);
});

test('what is no record, and a time that is none, are refused', async () => {
  const file = join(dir, 'other.txt');
  writeFileSync(file, 'something else\n');
  const wrong = await cli('soak', '--report', file);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /is no record of a soak/);
  assert.equal((await cli('soak', '--minutes', '0')).code, 2);
  recordOf([START]);
  const again = await cli('soak', '--data', dir);
  assert.equal(again.code, 2);
  assert.match(again.err, /holds a run already|is not built/);
  assert.equal((await cli('soak', '--report', file, '--data', dir)).code, 2);
});

test('the table says what was run, on what, and what it showed', () => {
  const forecast = Array.from({ length: 20 }, () => 10e6);
  const lines = describeSoak(judgeSoak([START, ...samplesOf(120), END], forecast), PAINT);
  assert.equal(lines[0], '120.0 min at 10 times the speed of life: 20.0 h.');
  assert.match(lines[1] ?? '', /^a processor, 2 cores, 8 GiB, Node 24\.0\.0; commit abc1234, begun 2026-11-21T08:00/);
  assert.ok(lines.some((line) => /^memory of its own +ok +\+0\.00 MB\/h of the wall/.test(line)));
  // 0.15 s of processor a second, at ten times the speed.
  assert.ok(lines.some((line) => line.startsWith('The agent took 15.0 % of a core, 1.50 % at the speed of life')));
  assert.match(lines.at(-1) ?? '', /^All 12 promises that could be judged are kept\.$/);
});
