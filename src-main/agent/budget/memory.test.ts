import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openProcFiles } from '../collect/host/proc-files.ts';
import { testFolder } from '../store/test-folder.ts';
import { createMemoryWatch, type MachineMemory } from './machine-memory.ts';
import { modelRefusal } from './model-rule.ts';

const MEMINFO = 'MemTotal:        8126464 kB\nMemFree:          123456 kB\nMemAvailable:    2031616 kB\n';

function memoryOf(t: TestContext, tree: Readonly<Record<string, string>>): MachineMemory {
  const root = testFolder(t);
  for (const [path, text] of Object.entries({ '/proc/meminfo': MEMINFO, ...tree })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return createMemoryWatch(openProcFiles(root)).read(0);
}

test('a machine without a group: what programs may still have, in MiB', (t) => {
  assert.deepEqual(memoryOf(t, {}), {
    ...{ totalMiB: 7936, availableMiB: 1984, cgroupLimitMiB: null, cgroupUsedMiB: null },
  });
});

test('a group of version 2: its limit, and what it uses without idle page cache', (t) => {
  const folder = '/sys/fs/cgroup/user.slice/app.scope';
  const { cgroupLimitMiB, cgroupUsedMiB } = memoryOf(t, {
    '/proc/self/cgroup': '0::/user.slice/app.scope\n',
    [`${folder}/memory.max`]: '536870912\n',
    [`${folder}/memory.current`]: '314572800\n',
    [`${folder}/memory.stat`]: 'anon 1\nfile 2\ninactive_file 104857600\n',
  });
  assert.deepEqual([cgroupLimitMiB, cgroupUsedMiB], [512, 200]);
});

test('a group of version 1, seen from within a container that has it as the root', (t) => {
  const { cgroupLimitMiB, cgroupUsedMiB } = memoryOf(t, {
    '/proc/self/cgroup': '4:memory:/docker/abc\n0::/\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '268435456\n',
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': '209715200\n',
    '/sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 52428800\n',
  });
  assert.deepEqual([cgroupLimitMiB, cgroupUsedMiB], [256, 150]);
});

test('a limit above what the machine has is none', (t) => {
  const { cgroupLimitMiB, cgroupUsedMiB } = memoryOf(t, {
    '/proc/self/cgroup': '0::/a\n',
    '/sys/fs/cgroup/a/memory.max': '99999999999999\n',
    '/sys/fs/cgroup/a/memory.current': '1048576\n',
  });
  assert.deepEqual([cgroupLimitMiB, cgroupUsedMiB], [null, null]);
});

const PLENTY: MachineMemory = { totalMiB: 8000, availableMiB: 4000, cgroupLimitMiB: null, cgroupUsedMiB: null };
const use = (change: Partial<MachineMemory>, ownMiB: number | null = 200) => ({
  ...{ machine: { ...PLENTY, ...change }, ownMiB, budgetMiB: 400 },
});

test('above 80 % of the machine, of the group or of the budget no model is loaded, and it is said of which', () => {
  assert.equal(modelRefusal(false, use({})), null);
  assert.equal(modelRefusal(false, use({ availableMiB: 1600 })), null, '80 % is not above it');
  assert.equal(
    modelRefusal(false, use({ availableMiB: 1280 })),
    '84 % of the memory of this machine is in use, and above 80 % no model is loaded.',
  );
  assert.match(
    modelRefusal(false, use({ cgroupLimitMiB: 500, cgroupUsedMiB: 450 })) ?? '',
    /^90 % of what this session/,
  );
  assert.match(modelRefusal(false, use({}, 330)) ?? '', /^83 % of SecLyzer’s own budget/);
});

test('what was refused is allowed again below 75 %: it does not come and go on the line', () => {
  assert.notEqual(modelRefusal(true, use({}, 310)), null, '77.5 %');
  assert.equal(modelRefusal(false, use({}, 310)), null);
  assert.equal(modelRefusal(true, use({}, 300)), null, '75 %');
});

test('what is not known refuses nothing', () => {
  assert.equal(modelRefusal(false, use({ totalMiB: null, availableMiB: null }, null)), null);
});
