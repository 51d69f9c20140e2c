import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySource } from './memory.ts';
import { pageBytes } from './page-size.ts';
import { fakeProcFiles, readEachSecond, type FakeFiles } from './proc-files.fixture.ts';

const MEMINFO = `MemTotal:       16384000 kB
MemFree:         1024000 kB
MemAvailable:    8192000 kB
Buffers:          102400 kB
Cached:          6144000 kB
SwapTotal:       2048000 kB
SwapFree:        1536000 kB
Dirty:             10240 kB
Shmem:            512000 kB
SReclaimable:     204800 kB
`;

test('sizes, by hand', async () => {
  const files: FakeFiles = new Map([
    ['/proc/meminfo', MEMINFO],
    ['/proc/vmstat', 'nr_free_pages 5\npswpin 100\npswpout 200\npgmajfault 7\n'],
  ]);
  const read = readEachSecond(memorySource(() => fakeProcFiles(files)));
  const first = await read();
  assert.equal(first?.values['majorFaultsPerSecond'], null);
  files.set('/proc/vmstat', 'nr_free_pages 5\npswpin 110\npswpout 200\npgmajfault 10\n');
  const page = pageBytes();
  assert.deepEqual((await read())?.values, {
    ...{ totalMiB: 16000, usedMiB: 8000, usedPercent: 50, availableMiB: 8000, freeMiB: 1000, buffersMiB: 100 },
    ...{ cachedMiB: 6200, sharedMiB: 500, dirtyMiB: 10 },
    ...{ swapTotalMiB: 2000, swapUsedMiB: 500, swapUsedPercent: 25 },
    ...{ swapInBytesPerSecond: 10 * page, swapOutBytesPerSecond: 0, majorFaultsPerSecond: 3 },
  });
});

test('without swap its share is unknown, and an old kernel has no MemAvailable', async () => {
  const old = MEMINFO.replace(/MemAvailable.*\n/, '').replace(
    /SwapTotal.*\nSwapFree.*\n/,
    'SwapTotal: 0 kB\nSwapFree: 0 kB\n',
  );
  const files: FakeFiles = new Map([['/proc/meminfo', old]]);
  const read = readEachSecond(memorySource(() => fakeProcFiles(files)));
  const { values } = (await read()) ?? {};
  assert.equal(values?.['swapUsedPercent'], null);
  // 1000 free + 100 buffers + 6200 cached.
  assert.equal(values?.['availableMiB'], 7300);
  assert.equal(values?.['swapInBytesPerSecond'], null);
});
