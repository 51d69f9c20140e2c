import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callNames, readTable } from './call-names.ts';

// Numbers as syscalls(2), the tables of Chromium OS and syscall(2)'s users know them by heart.
test('x86_64', () => {
  const name = callNames('x64');
  const known = { 0: 'read', 1: 'write', 2: 'open', 59: 'execve', 202: 'futex', 231: 'exit_group', 257: 'openat' };
  for (const [number, expected] of Object.entries(known)) assert.equal(name(Number(number)), expected);
  // After the gap at 335, where the numbers of all architectures meet.
  assert.deepEqual([334, 336, 424, 435, 449, 462, 469].map(name), [
    ...['rseq', 'uprobe', 'pidfd_send_signal', 'clone3', 'futex_waitv', 'mseal', 'file_setattr'],
  ]);
});

test('arm64', () => {
  const name = callNames('arm64');
  const known = {
    56: 'openat',
    57: 'close',
    63: 'read',
    64: 'write',
    93: 'exit',
    98: 'futex',
    221: 'execve',
    222: 'mmap',
  };
  for (const [number, expected] of Object.entries(known)) assert.equal(name(Number(number)), expected);
  assert.deepEqual([260, 261, 424, 435, 462].map(name), ['wait4', 'prlimit64', 'pidfd_send_signal', 'clone3', 'mseal']);
});

test('one that is in no table has its number, and the one without a number its name', () => {
  const name = callNames('x64');
  assert.deepEqual([name(470), name(400), name(-1)], ['call_470', 'call_400', 'rt_sigreturn']);
  assert.equal(callNames('mips')(0), 'call_0');
});

test('a number in a table says where to go on', () => {
  assert.deepEqual(
    [...readTable('a b 7 c\nd')],
    [
      [0, 'a'],
      [1, 'b'],
      [7, 'c'],
      [8, 'd'],
    ],
  );
});
