import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliWithHome } from './cli.fixture.ts';
import type { SyscallReading } from '../agent/monitor/syscalls-type.ts';
import { countsLine, countsTable } from './syscalls-table.ts';

const { dir, cli } = cliWithHome();
const plain = (text: string): string => text;
const PAINT = { good: plain, caution: plain, bad: plain, dim: plain };
const READING: SyscallReading = {
  ...{ ts: 0, seconds: 2, costCpuPercent: 1.25, source: 'bpftrace' },
  calls: [
    {
      name: 'read',
      count: 20_000,
      errors: 0,
      latencyLog2Ns: [...zeros(9), 19_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000],
    },
    { name: 'openat', count: 10, errors: 4, latencyLog2Ns: [] },
  ],
};

function zeros(n: number): number[] {
  return Array.from({ length: n }, () => 0);
}

test('the table: a second, and how long they take', () => {
  const lines = countsTable({ kind: 'reading', reading: READING, droppedReaders: 1, malformedLines: 0 }, PAINT);
  const cells = lines.map((line) => line.trim().split(/ {2,}/));
  // 2^10 ns and 2^21 ns.
  assert.deepEqual(cells[1], ['read', '10,000', '0', '1 µs', '2.1 ms']);
  assert.deepEqual(cells[2], ['openat', '5', '2', '—', '—']);
  assert.match(lines[3] ?? '', /bpftrace; that takes 1.3 % of a core/);
  assert.match(lines[4] ?? '', /cut off: 1; lines that were not understood: 0/);
});

test('one line a second', () => {
  assert.match(
    countsLine(READING),
    /^\d\d:00:00 {2}10,005 calls\/s {2}2 failed\/s {2}cost 1.3 % {2}read 10,000, openat 5$/,
  );
});

test('where no helper runs: why, what to do, and exit code 1', async () => {
  const socket = join(dir, 'none.sock');
  const { code, out, err } = await cli('syscalls', '--socket', socket);
  assert.deepEqual([code, out], [1, '']);
  if (process.platform === 'linux') assert.match(err, /does not run.*seclyzer syscalls --install/s);
  const json = await cli('syscalls', '--socket', socket, '--json');
  assert.deepEqual([json.code, (JSON.parse(json.out) as { kind: string }).kind], [1, 'unavailable']);
});

test('misuse', async () => {
  for (const args of [['--install', '--run'], ['--pid', '7'], ['--run', '--pid', '0'], ['--nothing']]) {
    const { code, out } = await cli('syscalls', ...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
  }
});
