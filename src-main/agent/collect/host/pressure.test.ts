import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressureSource } from './pressure.ts';
import { fakeProcFiles, readEachSecond, type FakeFiles } from './proc-files.fixture.ts';

const lines = (some: number, full: number): string =>
  `some avg10=9.99 avg60=9.99 avg300=9.99 total=${some}\nfull avg10=9.99 avg60=9.99 avg300=9.99 total=${full}\n`;

test('the share of the time in which work waited, from the totals', async () => {
  const files: FakeFiles = new Map([
    ['/proc/pressure/cpu', 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1000\n'],
    ['/proc/pressure/io', lines(0, 0)],
  ]);
  const read = readEachSecond(pressureSource(() => fakeProcFiles(files)));
  await read();
  files.set('/proc/pressure/cpu', 'some avg10=0.00 avg60=0.00 avg300=0.00 total=251000\n');
  files.set('/proc/pressure/io', lines(1_000_500, 100_000));
  // 250 ms of a second; older kernels have no `full` for the processor; a container may hide one of the three.
  assert.deepEqual((await read())?.parts, {
    cpu: { somePercent: 25, fullPercent: null },
    io: { somePercent: 100, fullPercent: 10 },
  });
});
