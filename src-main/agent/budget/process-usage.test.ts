import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { testFolder } from '../store/test-folder.ts';
import { folderBytes } from './folder-size.ts';
import { cpuSecondsOf, kibOf, memoryMiB, processTree } from './proc-reader.ts';
import { DEFAULT_LIMITS, createUsageMeter } from './process-usage.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'there is no /proc here' };

/** A process that allocates 128 MiB, uses the given CPU time, says so, and sleeps. */
async function worker(t: TestContext, cpuMs: number): Promise<ChildProcess & { readonly pid: number }> {
  const script = `
    globalThis.kept = Buffer.alloc(128 * 2 ** 20, 1);
    const busy = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
    process.stdin.once('data', () => { const from = busy(); while (busy() - from < ${cpuMs}); console.log('done'); });
    console.log('ready');
    setInterval(() => undefined, 60_000);
  `;
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  assert.ok(child.pid !== undefined);
  return Object.assign(child, { pid: child.pid });
}

async function work(child: ChildProcess): Promise<void> {
  assert.ok(child.stdin && child.stdout);
  child.stdin.write('go\n');
  await once(child.stdout, 'data');
}

test('the lines of the kernel are read as proc(5) defines them', () => {
  const rollup = 'Rss:                1612 kB\nPss:                 357 kB\nPss_Dirty:           112 kB\n';
  assert.equal(kibOf(rollup, 'Pss'), 357);
  assert.equal(kibOf(rollup, 'Swap'), null);
  // A name with spaces and brackets; utime (14th field) 250, stime (15th) 50, in 1/100 s.
  const stat = '4242 (a) b (c) S 1 4242 4242 0 -1 4194304 100 0 0 0 250 50 7 7 20 0 11 0 12345 1000000 500';
  assert.equal(cpuSecondsOf(stat), 3);
});

test('memory: PSS as the kernel sums it over all mappings', onLinux, async (t) => {
  const child = await worker(t, 0);
  const awk = '/^Pss:/ { kib += $2 } END { print kib }';
  const expectedMiB = Number(execFileSync('awk', [awk, `/proc/${child.pid}/smaps`], { encoding: 'utf8' })) / 1024;
  const measuredMiB = memoryMiB(child.pid);
  assert.ok(measuredMiB !== null && measuredMiB > 128);
  assert.ok(Math.abs(measuredMiB - expectedMiB) < 8, `${measuredMiB} MiB, awk says ${expectedMiB}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(memoryMiB(child.pid), null);
});

test('the tree: children, their children, and processes named twice once', onLinux, async (t) => {
  const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const sleeper = Number(String((await once(shell.stdout, 'data'))[0]).trim());
  t.after(() => process.kill(sleeper));
  t.after(() => shell.kill());
  assert.ok(shell.pid !== undefined);
  assert.deepEqual(processTree([shell.pid, sleeper, shell.pid]), new Set([shell.pid, sleeper]));
  assert.ok(processTree([process.pid]).has(sleeper));
});

test('the budget: a child counts with its memory and CPU, against the limits', onLinux, async (t) => {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'a'), Buffer.alloc(3 * 2 ** 20));
  let nowMs = 0;
  const meter = createUsageMeter({ dataDir: folder, nowMs: () => nowMs });
  const alone = meter.read();
  assert.equal(alone.cpuPercent.used, 0);
  assert.deepEqual(alone.storageMiB, { used: 3, limit: 1024 });
  assert.equal(alone.memoryMiB.limit, DEFAULT_LIMITS.memoryMiB);
  const child = await worker(t, 300);
  nowMs = 4_999;
  assert.equal(meter.read().memoryMiB.used, alone.memoryMiB.used, 'read at most every five seconds');
  nowMs = 5_000;
  const both = meter.read();
  // Less than the 128 MiB that it holds: other programs of the same kind, started meanwhile, share pages with these two.
  assert.ok(both.memoryMiB.used - alone.memoryMiB.used > 96);
  nowMs = 6_000;
  meter.read();
  await work(child);
  nowMs = 16_000;
  const own = meter.read().cpuPercent.used;
  // 300 ms of the child in 10 s of this clock are 3 %; this process adds what it took meanwhile.
  assert.ok(own > 2.8 && own < 20, `${own} %`);
});

test(
  'a process counts from the second reading that it is in: its past CPU time is not of that span',
  onLinux,
  async (t) => {
    let nowMs = 0;
    const before = process.cpuUsage();
    const meter = createUsageMeter({ dataDir: testFolder(t), nowMs: () => nowMs });
    const child = await worker(t, 500);
    await work(child);
    nowMs = 5_000;
    const { cpuPercent } = meter.read();
    const own = process.cpuUsage(before);
    // Of five seconds; the child's 500 ms would be 10 % more.
    const ownPercent = (own.user + own.system) / 50_000;
    assert.ok(cpuPercent.used <= ownPercent, `${cpuPercent.used} %, of which this process explains ${ownPercent} %`);
  },
);

test('own CPU time agrees with getrusage', async (t) => {
  let nowMs = 0;
  const meter = createUsageMeter({ dataDir: testFolder(t), nowMs: () => nowMs, platform: 'win32' });
  const before = process.cpuUsage();
  for (let spent = 0; spent < 200_000;) {
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
  nowMs = 2_000;
  const { user, system } = process.cpuUsage(before);
  const expectedPercent = (user + system) / 20_000;
  const measured = meter.read();
  assert.ok(measured.cpuPercent.used >= 10 && Math.abs(measured.cpuPercent.used - expectedPercent) < 2);
  nowMs = 2_100;
  assert.equal(meter.read().cpuPercent.used, measured.cpuPercent.used, 'too soon for another figure');
});

test('without /proc the resident size of this process stands for its memory', (t) => {
  const meter = createUsageMeter({
    dataDir: testFolder(t),
    platform: 'darwin',
    limits: () => ({ memoryMiB: 1, cpuPercent: 2, storageMiB: 3 }),
  });
  const { memoryMiB: memory, cpuPercent, storageMiB } = meter.read();
  assert.ok(Math.abs(memory.used - process.memoryUsage().rss / 2 ** 20) < 30);
  assert.deepEqual([memory.limit, cpuPercent.limit, storageMiB.limit], [1, 2, 3]);
});

test('the size of a folder is that of the files in it, all levels, links left out', (t) => {
  const folder = testFolder(t);
  mkdirSync(join(folder, 'models', 'old'), { recursive: true });
  writeFileSync(join(folder, 'seclyzer.db'), Buffer.alloc(1000));
  writeFileSync(join(folder, 'models', 'old', 'm.onnx'), Buffer.alloc(234));
  symlinkSync('/proc/self/exe', join(folder, 'link'));
  assert.equal(folderBytes(folder), 1234);
  assert.equal(folderBytes(join(folder, 'absent')), 0);
});
