// The host monitor on the real machine: its figures beside those of vmstat, mpstat, iostat, ss and ps over the same five seconds, and
// real loads, each of which must be seen at once and told with its process first.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'playwright/test';
import type { Anomaly, MetricData } from '../src-preload/contract.ts';
import { hostSources } from '../src-main/agent/collect/host/index.ts';
import type { Monitor } from '../src-main/agent/monitor/monitor.ts';
import { monitorWithPast } from './quiet-past.ts';

const TOOLS = ['vmstat', 'mpstat', 'iostat', 'ss', 'ps'];
const absent = TOOLS.filter((tool) => spawnSync('which', [tool], { stdio: 'ignore' }).status !== 0);
test.skip(process.platform !== 'linux', 'there is no /proc here');
test.skip(absent.length > 0, `not installed: ${absent.join(', ')} (Debian packages procps, sysstat, iproute2)`);

// Something else on the machine may have its moment within the same seconds; a fault of ours would show each time.
test.describe.configure({ retries: 2 });

const folder = mkdtempSync(join(tmpdir(), 'seclyzer-host-'));
const children: ChildProcess[] = [];
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(command: string, args: readonly string[]): ChildProcess & { readonly pid: number } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  if (child.pid === undefined) throw new Error(`${command} did not start`);
  return Object.assign(child, { pid: child.pid });
}
const busyLoop = () => start('sh', ['-c', 'while :; do :; done']);
/** As fast as the disk takes it, past the cache, until it is ended: of one that has ended by itself only its parent can be told. */
const writer = () => start(process.execPath, ['-e', writing('for (;;) write();')]);
/** It has all of it when this resolves: a virtual machine may take seconds to give out so much for the first time. */
async function hog(bytes: number) {
  const keep = `const kept = Buffer.alloc(${bytes}, 1); console.log('kept'); setInterval(() => kept, 1e6)`;
  const child = start(process.execPath, ['-e', keep]);
  await once(child.stdout ?? fail(), 'data');
  return child;
}
/** Some 40 MB a second, as evenly as can be. */
const steadyWriter = () => start(process.execPath, ['-e', writing('setInterval(write, 25);')]);
/** A megabyte with each `write()`, over and over the same 256, and on the disk when it returns. */
const writing = (then: string): string => `
  const { constants, openSync, writeSync } = require('node:fs');
  const file = openSync(${JSON.stringify(join(folder, 'written'))}, constants.O_CREAT | constants.O_RDWR | constants.O_SYNC);
  const block = Buffer.alloc(1 << 20, 1);
  let written = 0;
  const write = () => writeSync(file, block, 0, block.length, (written++ % 256) * block.length);
  ${then}`;
/** Both ends in one process. */
const LOOPBACK = `
  const { createServer, connect } = require('node:net');
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1', () => {
    const block = Buffer.alloc(1 << 20);
    const socket = connect(server.address().port, '127.0.0.1', () => { console.log(String(server.address().port)); send(); });
    const send = () => { while (socket.write(block)); socket.once('drain', send); };
  });`;
const transfer = () => start(process.execPath, ['-e', LOOPBACK]);

test('the figures of vmstat, mpstat, iostat, ss and ps over the same five seconds', async () => {
  const port = String((await once(transfer().stdout ?? fail(), 'data'))[0]).trim();
  steadyWriter();
  const memory = await hog(200 * 2 ** 20);
  await wait(2000);
  const readers = new Map(hostSources({ commandLines: () => false }).map((source) => [source.name, source.open()]));
  const read = async (elapsedS: number | null) => {
    const found = new Map<string, MetricData | null>();
    for (const name of ['cpu', 'disk', 'network', 'memory', 'processes']) {
      const moment = { timestampUs: 0, steadyMs: elapsedS === null ? 0 : 1e6, elapsedS };
      found.set(name, (await readers.get(name)?.read(moment)) ?? null);
    }
    return (name: string, field: string, part?: string): number =>
      (part === undefined ? found.get(name)?.values : found.get(name)?.parts[part])?.[field] ?? NaN;
  };
  const vmstat = output('vmstat', ['-n', '-w', '5', '2']);
  const mpstat = output('mpstat', ['5', '1']);
  const iostat = output('iostat', ['-d', '-k', '-y', '5', '1']);
  const ackedBefore = acknowledged(port);
  const startMs = performance.now();
  await read(null);
  await wait(5000 - (performance.now() - startMs));
  const elapsedS = (performance.now() - startMs) / 1000;
  const ours = await read(elapsedS);
  const ackedAfter = acknowledged(port);
  for (const reader of readers.values()) reader.close();

  const near = (what: string, mine: number, theirs: number, least: number): void =>
    expect(Math.abs(mine - theirs), `${what}: ${mine}, not ${theirs}`).toBeLessThanOrEqual(
      Math.max(0.02 * theirs, least),
    );
  const [, , , free = NaN] = numbersOf((await vmstat).trim().split('\n').at(-1));
  near('free memory, KiB', ours('memory', 'freeMiB') * 1024, free, 0);
  const switches = numbersOf((await vmstat).trim().split('\n').at(-1))[11] ?? NaN;
  near('context switches', ours('cpu', 'contextSwitchesPerSecond'), switches, 20);
  // %usr %nice %sys %iowait %irq %soft %steal %guest %gnice %idle
  const cpu = numbersOf(/^Average: +all(.*)$/m.exec(await mpstat)?.[1]);
  // mpstat rounds to the hundredth, the kernel counts in ticks of 10 ms.
  near('user', ours('cpu', 'userPercent'), (cpu[0] ?? NaN) + (cpu[1] ?? NaN), 1);
  near('busy', ours('cpu', 'busyPercent'), 100 - (cpu[9] ?? NaN) - (cpu[3] ?? NaN), 1);
  const [disk, line] = busiestDisk(await iostat);
  // tps, then kB/s: read, written.
  near(`${disk} written`, ours('disk', 'writtenBytesPerSecond', disk), 1024 * (line[2] ?? NaN), 65_536);
  near('loopback', ours('network', 'loopbackBytesPerSecond'), (ackedAfter - ackedBefore) / elapsedS, 65_536);
  const rss = Number(spawnSync('ps', ['-o', 'rss=', '-p', String(memory.pid)], { encoding: 'utf8' }).stdout);
  const source = hostSources({ commandLines: () => false }).find(({ name }) => name === 'processes');
  const data = await source?.open().read({ timestampUs: 0, steadyMs: 0, elapsedS: null });
  const row = data?.top?.byMemory.find(({ pid }) => pid === memory.pid);
  near('resident size, MiB', row?.rssMiB ?? NaN, rss / 1024, 0);
});

function fail(): never {
  throw new Error('started without a pipe');
}
async function output(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C' } });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  return text;
}
const numbersOf = (line = ''): number[] => line.trim().split(/ +/).map(Number);
/** Bytes that have arrived, of the connection to this port. */
function acknowledged(port: string): number {
  const { stdout, stderr } = spawnSync('ss', ['-tniO', `dport = :${port}`], { encoding: 'utf8' });
  if (!stdout.includes('bytes_acked')) throw new Error(`ss does not show port ${port}: ${stdout}${stderr}`);
  return Number(/bytes_acked:(\d+)/.exec(stdout)?.[1] ?? NaN);
}
function busiestDisk(text: string): readonly [name: string, numbers: number[]] {
  const rows = text.split('\n').flatMap((line) => {
    const [, name, rest] = /^([a-z]\w+) +([\d. ]+)$/.exec(line.trim()) ?? [];
    return name === undefined || /^(dm-|md|loop|zram)/.test(name) ? [] : [[name, numbersOf(rest)] as const];
  });
  return rows.toSorted((a, b) => (b[1][2] ?? 0) - (a[1][2] ?? 0))[0] ?? ['', []];
}

test.describe('real loads', () => {
  let monitor: Monitor;
  test.beforeAll(async () => {
    monitor = await monitorWithPast();
  });
  test.afterAll(() => monitor?.stop());

  test('a busy loop', async () => {
    await quiet();
    const seen = watch('cpu.busyPercent', (before, now) => now > before + 20);
    const { pid } = busyLoop();
    await seen();
    expect((await told('cpu')).evidence.processes[0]?.pid).toBe(pid);
  });
  test('a memory hog and a writer at once: each family names its own', async () => {
    const { totalMiB = 0, availableMiB = 0 } = monitor.realtime()['memory']?.data.values ?? {};
    await quietDisk();
    const bytes = 0.05 * (totalMiB ?? 0) * 2 ** 20;
    test.skip(bytes > ((availableMiB ?? 0) * 2 ** 20) / 2, 'too little memory is free for a hog');
    const memorySeen = watch('memory.usedPercent', (before, now) => now > before + 3);
    const diskSeen = watch('disk.writtenBytesPerSecond', (before, now) => now > before + 4e6);
    const writerPid = writer().pid;
    await diskSeen();
    const hogPid = (await hog(bytes)).pid;
    await memorySeen();
    const [memory, disk] = await Promise.all([told('memory'), told('disk')]);
    expect(memory.evidence.processes[0]?.pid).toBe(hogPid);
    expect(disk.evidence.processes[0]?.pid).toBe(writerPid);
  });
  test('a transfer within this machine', async () => {
    await quiet();
    const seen = watch('network.loopbackBytesPerSecond', (before, now) => now > before + 5e7);
    const { pid } = transfer();
    await seen();
    expect((await told('network')).evidence.processes[0]?.pid).toBe(pid);
  });

  /** What ran before has ended, and nothing else takes its place. */
  async function quiet(): Promise<void> {
    const busy = () => monitor.history('cpu.busyPercent', 2.5)?.statistics?.mean ?? NaN;
    for (let tries = 0; tries < 12 && !(busy() < 40); tries++) await wait(500);
    test.skip(!(busy() < 40), `something else keeps the processor ${busy().toFixed(0)} % busy`);
  }
  async function quietDisk(): Promise<void> {
    const busy = () => (monitor.history('disk.writtenBytesPerSecond', 2.5)?.statistics?.mean ?? NaN) / 1e6;
    for (let tries = 0; tries < 12 && !(busy() < 2); tries++) await wait(500);
    test.skip(!(busy() < 2), `something else writes ${busy().toFixed(0)} MB a second to the disk`);
  }
  /** @returns to be called when the load is there; resolves when it is in the metric, not more than two seconds later. */
  function watch(key: string, is: (before: number, now: number) => boolean): () => Promise<void> {
    const before = monitor.history(key, 4)?.statistics?.p50 ?? 0;
    const askedMs = Date.now();
    return async () => {
      const startedMs = Date.now();
      const after = () =>
        monitor.history(key, 15)?.points.find(([atMs, value]) => atMs > askedMs && is(before, value))?.[0];
      await expect.poll(() => after() !== undefined, { timeout: 4000, intervals: [100] }).toBe(true);
      expect((after() ?? NaN) - startedMs).toBeLessThanOrEqual(2100);
    };
  }
  async function told(family: string): Promise<Anomaly> {
    const find = () => monitor.anomalies(20).find((anomaly) => anomaly.family === family);
    await expect.poll(() => find() !== undefined, { timeout: 12_000, intervals: [200] }).toBe(true);
    const anomaly = find();
    if (anomaly === undefined) throw new Error('it has gone');
    expect(anomaly.score).toBeGreaterThan(0.5);
    return anomaly;
  }
});
