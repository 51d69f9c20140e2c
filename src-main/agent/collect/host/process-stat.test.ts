import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommandLine, parseProcessIo, parseProcessStat } from './process-stat.ts';

test('a line of stat, by the numbers of its fields', () => {
  // Fields 14 utime, 15 stime, 20 threads, 22 start, 23 vsize, 24 rss; a name that imitates the fields behind it.
  const line =
    '4242 (a) S 1 (b) R 1 4242 4242 0 -1 4194304 100 0 0 0 250 50 7 7 20 0 11 0 12345 1000000 500 18446744073709551615\n';
  assert.deepEqual(parseProcessStat(line), {
    ...{
      name: 'a) S 1 (b',
      state: 'R',
      parent: 1,
      cpuTicks: 300,
      threads: 11,
      startTicks: 12_345,
      vmsBytes: 1_000_000,
      rssPages: 500,
    },
  });
  assert.equal(parseProcessStat(''), null);
});

test('traffic of disks; what was taken back before it was written does not count', () => {
  const io =
    'rchar: 9\nwchar: 9\nsyscr: 1\nsyscw: 1\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 4096\n';
  assert.deepEqual(parseProcessIo(io), { readBytes: 4096, writtenBytes: 4096 });
  assert.equal(parseProcessIo(''), null);
});

test('arguments', () => {
  assert.deepEqual(parseCommandLine('sh\0-c\0sleep 1\0'), ['sh', '-c', 'sleep 1']);
  assert.deepEqual(parseCommandLine('sshd: ada [priv]\0\0\0\0'), ['sshd: ada [priv]']);
});
