// This process measured as the agent is, before and after it has opened something.
import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testFolder } from '../agent/store/test-folder.ts';
import { kindOf, measureOutside } from './soak-measure.ts';

test('a descriptor is told by what it leads to', () => {
  assert.equal(kindOf('/home/ada/.local/share/seclyzer/seclyzer.db-wal'), 'file');
  assert.equal(kindOf('/dev/null'), 'device');
  assert.equal(kindOf('socket:[49163]'), 'socket');
  assert.equal(kindOf('pipe:[1]'), 'pipe');
  assert.equal(kindOf('anon_inode:[eventpoll]'), 'eventpoll');
  assert.equal(kindOf('anon_inode:inotify'), 'inotify');
  assert.equal(kindOf(null), null);
});

test(
  'descriptors, memory and bytes go up by what is taken',
  { skip: process.platform === 'linux' ? false : 'only Linux tells' },
  (t) => {
    const folder = testFolder(t);
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'seclyzer.db'), Buffer.alloc(1000));
    writeFileSync(join(folder, 'models', 'm.onnx'), Buffer.alloc(234));
    const report = join(folder, '..', `${process.pid}-no-report`);
    const before = measureOutside(process.pid, folder, report);
    const opened = [1, 2, 3].map(() => openSync(join(folder, 'seclyzer.db'), 'r'));
    const held = Buffer.alloc(40 * 2 ** 20, 1);
    const after = measureOutside(process.pid, folder, report);
    for (const fd of opened) closeSync(fd);
    assert.ok(before !== null && after !== null);
    assert.equal((after.descriptors['file'] ?? 0) - (before.descriptors['file'] ?? 0), 3);
    const grown = after.anonymousMiB - before.anonymousMiB;
    assert.ok(grown > 39 && grown < 60 && held.length > 0, `${grown} MiB`);
    assert.ok(after.rssMiB >= after.anonymousMiB && after.threads >= 4 && after.cpuSeconds > 0);
    assert.deepEqual(after.storage, { 'seclyzer.db': 1000, 'models/m.onnx': 234 });
    assert.equal(after.inside, null);
  },
);

test('of a process that is gone there is nothing to tell', (t) => {
  assert.equal(measureOutside(2 ** 22 + 1, testFolder(t), '/nonexistent'), null);
});
