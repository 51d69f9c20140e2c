import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fsyncSync, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { testFolder } from '../store/test-folder.ts';
import { folderBytes } from './folder-size.ts';
import { cpuSecondsOf, kibOf, memoryMiB, processTree } from './proc-reader.ts';
import { roleOf } from './process-role.ts';
import { storageParts } from './storage-parts.ts';
import { createTreeMeter, type TreeMeasurement } from './tree-meter.ts';

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

function meterOf(t: TestContext) {
  let nowMs = 0;
  const meter = createTreeMeter({ roots: () => [], nowMs: () => nowMs });
  return {
    at: (ms: number, exact = false) => {
      nowMs = ms;
      return meter.measure(exact);
    },
    folder: testFolder(t),
  };
}
const memoryOf = ({ processes }: TreeMeasurement): number =>
  processes.reduce((sum, { memoryMiB: own }) => sum + (own ?? 0), 0);

test(
  'a child counts with its memory from when it is listed, and with its CPU from the second reading',
  onLinux,
  async (t) => {
    const { at } = meterOf(t);
    const alone = at(0, true);
    const [own] = alone.processes;
    assert.deepEqual([own?.pid, own?.role, own?.rates.cpuSeconds], [process.pid, 'agent', null]);
    const child = await worker(t, 300);
    const listed = at(5000).processes.some(({ pid }) => pid === child.pid);
    assert.equal(listed, false, 'processes are listed every fifteen seconds, or for somebody who looks');
    const both = at(10_000, true);
    // Less than the 128 MiB that it holds: other programs of the same kind, started meanwhile, share pages with these two.
    assert.ok(memoryOf(both) - memoryOf(alone) > 96);
    const other = both.processes.find(({ pid }) => pid === child.pid);
    assert.deepEqual([other?.role, other?.rates.cpuSeconds], ['helper', null]);
    await work(child);
    const rate = at(20_000).processes.find(({ pid }) => pid === child.pid)?.rates;
    // 300 ms in 10 s of this clock are 3 % of a core; it wakes to read, to answer, and now and then besides.
    assert.ok(rate?.cpuSeconds && rate.cpuSeconds > 0.028 && rate.cpuSeconds < 0.06, `${rate?.cpuSeconds}`);
    assert.ok(rate.wakeUps && rate.wakeUps > 0, `${rate.wakeUps}`);
    assert.equal(rate.writtenBytes, 0);
  },
);

test('bytes written and wake-ups of this process, against what it did', onLinux, (t) => {
  const { at, folder } = meterOf(t);
  at(0, true);
  const file = openSync(join(folder, 'a'), 'w');
  writeSync(file, Buffer.alloc(4 * 2 ** 20, 7));
  fsyncSync(file);
  closeSync(file);
  const { writtenBytes } = at(10_000).processes[0]?.rates ?? {};
  // 4 MiB in 10 s; where the folder lies in memory nothing reaches a disk.
  const onDisk = writtenBytes !== 0;
  if (onDisk) assert.ok((writtenBytes ?? 0) >= 0.4 * 2 ** 20 && (writtenBytes ?? 0) < 0.6 * 2 ** 20, `${writtenBytes}`);
  else t.diagnostic('this folder lies on no disk');
});

test('own CPU time agrees with getrusage', (t) => {
  const { at } = meterOf(t);
  const before = process.cpuUsage();
  at(0, true);
  for (let spent = 0; spent < 200_000;) {
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
  const { cpuSeconds } = at(2000).processes[0]?.rates ?? {};
  const { user, system } = process.cpuUsage(before);
  const expected = (user + system) / 2e6;
  assert.ok(cpuSeconds !== null && cpuSeconds !== undefined && Math.abs(cpuSeconds - expected) < 0.02, `${cpuSeconds}`);
});

test(
  'between two walks memory goes by what is resident; a walk comes when that has moved, or for somebody who looks',
  onLinux,
  async (t) => {
    const { at } = meterOf(t);
    at(0, true);
    const child = await worker(t, 0);
    const before = memoryOf(at(15_000));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const after = memoryOf(at(20_000, true));
    assert.ok(before - after > 96, `${before} and then ${after}`);
  },
);

test('without /proc the resident size of this process stands for its memory', () => {
  const { processes } = createTreeMeter({ roots: () => [], nowMs: () => 0, platform: 'darwin' }).measure(true);
  assert.equal(processes.length, 1);
  assert.ok(Math.abs((processes[0]?.memoryMiB ?? 0) - process.memoryUsage().rss / 2 ** 20) < 30);
});

test('what a process is for stands in its arguments', () => {
  const relations = { own: 1, roots: [2] };
  const role = (pid: number, ...args: string[]) => roleOf(pid, args, relations);
  assert.deepEqual([role(1), role(2, 'electron', '.'), role(3, 'sleep', '5')], ['agent', 'main', 'helper']);
  assert.equal(role(4, 'electron', '--type=renderer', '--lang=en'), 'window');
  assert.equal(role(5, 'electron', '--type=gpu-process'), 'graphics');
  assert.equal(role(6, 'electron', '--type=zygote', '--no-sandbox'), 'zygote');
  assert.equal(role(7, 'electron', '--type=utility', '--utility-sub-type=network.mojom.NetworkService'), 'network');
  assert.equal(role(8, 'electron', '--type=utility', '--utility-sub-type=audio.mojom.AudioService'), 'helper');
});

test('the size of a folder is that of the files in it, all levels, links left out; by part as well', (t) => {
  const folder = testFolder(t);
  mkdirSync(join(folder, 'models', 'old'), { recursive: true });
  for (const [name, bytes] of [
    ['seclyzer.db', 1000],
    ['seclyzer.db-wal', 24],
    ['guard.db', 500],
    ['lock.db', 7],
  ] as const)
    writeFileSync(join(folder, name), Buffer.alloc(bytes));
  writeFileSync(join(folder, 'models', 'old', 'm.onnx'), Buffer.alloc(234));
  symlinkSync('/proc/self/exe', join(folder, 'link'));
  assert.equal(folderBytes(folder), 1765);
  assert.equal(folderBytes(join(folder, 'absent')), 0);
  assert.deepEqual(
    storageParts(folder).map(({ part, usedMiB }) => [part, usedMiB * 2 ** 20]),
    [
      ['history', 1024],
      ['models', 234],
      ['guard', 500],
      ['other', 7],
    ],
  );
});
