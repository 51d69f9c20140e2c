import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { processTree, treeMemory } from './process-tree.ts';

const skip = process.platform === 'linux' ? false : 'there is no /proc';

test('a process, its child and its grandchild, and what they hold', { skip }, async () => {
  // The grandchild holds 40 MiB that it has written to, and says when.
  const hold = 'const held = Buffer.alloc(40 << 20, 1); console.log(held.length); setInterval(() => held, 1000);';
  const words = JSON.stringify(['-e', hold]);
  const between = `require('node:child_process').spawn(process.execPath, ${words}, { stdio: 'inherit' });`;
  const child = spawn(process.execPath, ['-e', between], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const { pid = 0 } = child;
  const tree = processTree(pid);
  const [first, grandchild] = tree;
  try {
    assert.equal(first, pid);
    assert.equal(tree.length, 2);
    assert.ok(processTree(process.pid).includes(grandchild ?? 0));
    const { pssMiB, processes } = treeMemory(pid);
    assert.deepEqual(
      processes.map((each) => each.pid),
      [grandchild, pid],
    );
    assert.ok((processes[0]?.pssMiB ?? 0) > 40);
    assert.ok(Math.abs(pssMiB - processes.reduce((sum, each) => sum + each.pssMiB, 0)) < 0.2);
  } finally {
    if (grandchild !== undefined) process.kill(grandchild);
    child.kill();
  }
  await once(child, 'exit');
  assert.throws(() => treeMemory(pid), /tells nothing of the memory of process/);
});
