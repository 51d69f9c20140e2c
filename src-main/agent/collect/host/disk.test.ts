import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskSource } from './disk.ts';
import { fakeProcFiles, readEachSecond, type FakeFiles } from './proc-files.fixture.ts';

/** reads merged sectors ms | writes merged sectors ms | in flight, busy ms, queued ms */
const line = (name: string, ...numbers: number[]): string => `   8       0 ${name} ${numbers.join(' ')} 0 0 0 0 0 0\n`;
const QUIET = [10, 0, 80, 5, 20, 0, 160, 10, 0, 15, 15];

function machine(...blocks: string[]) {
  const files: FakeFiles = new Map(blocks.map((block) => [`/sys/block/${block}/size`, '1']));
  return { files, read: readEachSecond(diskSource(() => fakeProcFiles(files))) };
}

test('what one disk does, by hand', async () => {
  const { files, read } = machine('sda');
  files.set('/proc/diskstats', line('sda', ...QUIET));
  const first = await read();
  assert.deepEqual(first?.values['busyPercent'], null);
  // 4 reads of 400 sectors in 20 ms, 10 writes of 2000 sectors in 50 ms; busy 250 ms, 700 ms of waiting in all.
  files.set('/proc/diskstats', line('sda', 14, 0, 480, 25, 30, 0, 2160, 60, 3, 265, 715));
  const second = await read();
  assert.deepEqual(second?.parts['sda'], {
    ...{ readBytesPerSecond: 204_800, writtenBytesPerSecond: 1_024_000, readsPerSecond: 4, writesPerSecond: 10 },
    ...{ readWaitMs: 5, writeWaitMs: 5, busyPercent: 25, queueLength: 0.7 },
  });
});

test('partitions, images and memory disks are no disks; what is made of disks counts once', async () => {
  const { files, read } = machine('sda', 'sdb', 'dm-0', 'md0', 'loop0', 'zram0');
  const all = ['sda', 'sda1', 'sdb', 'dm-0', 'md0', 'loop0', 'ram0', 'zram0', 'nvme0n1p1'];
  files.set('/proc/diskstats', all.map((name) => line(name, ...QUIET)).join(''));
  await read();
  const busier = [10, 0, 80 + 1000, 5, 20, 0, 160, 10, 0, 15 + 500, 15];
  files.set('/proc/diskstats', all.map((name) => line(name, ...(name === 'sdb' ? QUIET : busier))).join(''));
  const { values, parts } = (await read()) ?? {};
  assert.deepEqual(Object.keys(parts ?? {}), ['sda', 'sdb', 'dm-0', 'md0']);
  assert.equal(values?.['readBytesPerSecond'], 512_000);
  assert.equal(values?.['busyPercent'], 50);
});

test('times of 32 bits wrap; a disk that was put back begins anew', async () => {
  const { files, read } = machine('sda');
  files.set('/proc/diskstats', line('sda', 5, 0, 0, 2 ** 32 - 10, 0, 0, 0, 0, 0, 2 ** 32 - 100, 0));
  await read();
  files.set('/proc/diskstats', line('sda', 10, 0, 0, 40, 0, 0, 0, 0, 0, 100, 0));
  const wrapped = (await read())?.parts['sda'];
  assert.deepEqual([wrapped?.['readWaitMs'], wrapped?.['busyPercent']], [10, 20]);
  files.set('/proc/diskstats', '');
  assert.deepEqual((await read())?.parts, {});
  files.set('/proc/diskstats', line('sda', 3, 0, 8_000_000, 1, 0, 0, 0, 0, 0, 1, 0));
  assert.equal((await read())?.parts['sda']?.['readBytesPerSecond'], null);
  files.set('/proc/diskstats', line('sda', 4, 0, 8_000_002, 3, 0, 0, 0, 0, 0, 2, 0));
  assert.equal((await read())?.parts['sda']?.['readBytesPerSecond'], 1024);
});
