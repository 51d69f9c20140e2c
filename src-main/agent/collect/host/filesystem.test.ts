import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { filesystemSource, mountsOf } from './filesystem.ts';
import { fakeProcFiles, readEachSecond } from './proc-files.fixture.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'there is no /proc here' };

test('one path a device; neither other machines, nor memory, nor images', () => {
  const mounts = `proc /proc proc rw 0 0
/dev/sda2 / ext4 rw,relatime 0 0
/dev/sda2 /var/lib/docker ext4 rw 0 0
/dev/sdb1 /media/ada/My\\040Disk vfat rw 0 0
nas:/home /home/ada nfs4 rw,hard 0 0
//nas/x /mnt/x cifs rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/loop3 /snap/core/1 squashfs ro 0 0
/dev/sr0 /media/cd ext4 ro,nosuid 0 0
`;
  assert.deepEqual(mountsOf(mounts), ['/', '/media/ada/My Disk']);
});

test('fullness, by hand; a file system that does not answer is not shown', async () => {
  const files = new Map([['/proc/self/mounts', '/dev/a / ext4 rw 0 0\n/dev/b /b ext4 rw 0 0\n']]);
  // 1000 blocks of 1 MiB, 300 free, 250 of them for everybody.
  const root = { bsize: 2 ** 20, blocks: 1000, bfree: 300, bavail: 250, files: 200, ffree: 150 };
  const ask = (path: string) => (path === '/' ? Promise.resolve(root) : Promise.reject(new Error('gone')));
  const read = readEachSecond(filesystemSource(() => fakeProcFiles(files), ask));
  const { parts } = (await read()) ?? {};
  // 700 / 950.
  const usedPercent = 73.68421052631579;
  assert.deepEqual(parts, {
    '/': { totalMiB: 1000, usedMiB: 700, availableMiB: 250, usedPercent, usedFilesPercent: 25 },
  });
});

test('the figures of df', onLinux, async () => {
  const { parts } = (await readEachSecond(filesystemSource())()) ?? {};
  const path = Object.keys(parts ?? {})[0];
  if (path === undefined) return;
  const [, row = ''] = execFileSync('df', ['-k', '--output=size,used,avail', path], { encoding: 'utf8' }).split('\n');
  const [size, used, available] = row
    .trim()
    .split(/ +/)
    .map((kib) => Number(kib) / 1024);
  for (const [field, expected] of [
    ['totalMiB', size],
    ['usedMiB', used],
    ['availableMiB', available],
  ] as const) {
    const value = parts?.[path]?.[field] ?? NaN;
    assert.ok(Math.abs(value - (expected ?? NaN)) <= 0.02 * (expected ?? NaN), `${field} ${value}, df ${expected}`);
  }
});
