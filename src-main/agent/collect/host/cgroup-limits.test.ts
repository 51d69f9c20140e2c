import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCgroupLimits } from './cgroup-limits.ts';
import { fakeProcFiles } from './proc-files.fixture.ts';

const limits = (files: Readonly<Record<string, string>>) =>
  readCgroupLimits(fakeProcFiles(new Map(Object.entries(files))));

test('version 2: the tightest limit on the way up holds', () => {
  const found = limits({
    '/proc/self/cgroup': '0::/user.slice/app.scope\n',
    '/sys/fs/cgroup/user.slice/app.scope/cpu.max': 'max 100000\n',
    '/sys/fs/cgroup/user.slice/app.scope/memory.max': '2147483648\n',
    '/sys/fs/cgroup/user.slice/cpu.max': '150000 100000\n',
    '/sys/fs/cgroup/user.slice/memory.max': '536870912\n',
  });
  assert.deepEqual(found, { cpuCores: 1.5, memoryMiB: 512 });
});

test('version 2 inside a container: its own group looks like the root', () => {
  const found = limits({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '50000 100000\n' });
  assert.deepEqual(found, { cpuCores: 0.5, memoryMiB: null });
});

test('version 1: -1 and a number near 2^63 are no limits', () => {
  const cgroup = '4:memory:/a\n3:cpu,cpuacct:/a\n1:name=systemd:/\n';
  const base = {
    '/proc/self/cgroup': cgroup,
    '/sys/fs/cgroup/memory/a/memory.limit_in_bytes': '9223372036854771712\n',
  };
  assert.deepEqual(limits({ ...base, '/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us': '-1\n' }), {
    cpuCores: null,
    memoryMiB: null,
  });
  const quota = {
    '/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us': '200000\n',
    '/sys/fs/cgroup/cpu/a/cpu.cfs_period_us': '100000\n',
  };
  assert.deepEqual(limits({ ...base, ...quota }), { cpuCores: 2, memoryMiB: null });
});

test('no groups, no limits', () => {
  assert.deepEqual(limits({}), { cpuCores: null, memoryMiB: null });
});
