import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetricData } from '../../../../src-preload/contract.ts';
import type { HostReader } from './host-source.ts';
import { pageBytes } from './page-size.ts';
import { fakeProcFiles, type FakeFiles } from './proc-files.fixture.ts';
import { processSource } from './processes.ts';

const MIB = 2 ** 20;

interface Fake {
  readonly parent?: number;
  readonly name?: string;
  readonly state?: string;
  readonly ticks?: number;
  readonly start?: number;
  readonly rssMiB?: number;
}

function machine(commandLines = false, urgent = () => false) {
  const files: FakeFiles = new Map([['/proc/stat', 'cpu 1\nbtime 1700000000\n']]);
  const spent = { ms: 0, each: 0 };
  const reader = processSource({
    commandLines: () => commandLines,
    urgent,
    openFiles: () => fakeProcFiles(files),
    spentMs: () => (spent.ms += spent.each),
  }).open();
  const put = (
    pid: number,
    { parent = 1, name = 'x', state = 'S', ticks = 0, start = 100, rssMiB = 1 }: Fake = {},
  ): void => {
    const pages = (rssMiB * MIB) / pageBytes();
    const line = `${pid} (${name}) ${state} ${parent} 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 2 0 ${start} ${8 * MIB} ${pages} 0`;
    files.set(`/proc/${pid}/stat`, line);
  };
  const io = (pid: number, read: number, written: number): void =>
    void files.set(`/proc/${pid}/io`, `read_bytes: ${read}\nwrite_bytes: ${written}\ncancelled_write_bytes: 0\n`);
  return { files, spent, put, io, second: seconds(reader) };
}

function seconds(reader: HostReader): (step?: number | null) => MetricData | null {
  let atMs = 0;
  let first = true;
  return (step = 1) => {
    atMs += (step ?? 1000) * 1000;
    const elapsedS = first ? null : step;
    first = false;
    const found = reader.read({ timestampUs: atMs * 1000, steadyMs: atMs, elapsedS });
    assert.ok(!(found instanceof Promise));
    return found;
  };
}

const names = (rows: NonNullable<MetricData['top']>[keyof NonNullable<MetricData['top']>] | undefined) =>
  rows?.map(({ name }) => name);

test('who uses the processor, by hand; who has just come has done it all since', () => {
  const { put, second } = machine();
  put(1, { name: 'init', ticks: 5000 });
  put(2, { name: 'busy', ticks: 100, state: 'R', start: 250 });
  const first = second();
  assert.deepEqual(first?.values, { count: 2, threads: 4, running: 1, waitingForDisk: 0, zombies: 0 });
  assert.deepEqual(first?.top?.byCpu, [], 'what was done before the first reading is not of now');
  put(2, { name: 'busy', ticks: 150, state: 'R', start: 250 });
  put(3, { name: 'new', ticks: 80, start: 9000, state: 'D' });
  put(4, { name: 'gone', state: 'Z' });
  const { values, top } = second() ?? {};
  assert.deepEqual(values, { count: 4, threads: 8, running: 1, waitingForDisk: 1, zombies: 1 });
  assert.deepEqual(
    top?.byCpu.map(({ name, cpuPercent }) => [name, cpuPercent]),
    [
      ['new', 80],
      ['busy', 50],
    ],
  );
  assert.equal(top?.byCpu[1]?.startedMs, 1_700_000_002_500);
});

test('a program on Node is called by its file: the kernel calls all of them after their main thread', () => {
  const { files, put, second } = machine();
  put(1, { name: 'MainThread' });
  put(2, { name: 'MainThread' });
  files.set('/proc/1/exe', '/usr/bin/node');
  assert.deepEqual(names(second()?.top?.byMemory), ['node', 'MainThread']);
});

test('a number that is given to another process does not hand on its past', () => {
  const { put, second } = machine();
  put(7, { name: 'old', ticks: 9000, start: 1, rssMiB: 500 });
  second();
  put(7, { name: 'young', ticks: 10, start: 400, rssMiB: 20 });
  const row = second()?.top?.byCpu[0];
  assert.deepEqual([row?.name, row?.cpuPercent, row?.growthMiB], ['young', 10, 20]);
});

test('a process that ends between the list and the reading is left out', () => {
  const { files, put, second } = machine();
  put(1);
  files.set('/proc/2/status', '');
  assert.equal(second()?.values['count'], 1);
});

test('the largest, and those that have grown in the last minute', () => {
  const { put, second } = machine();
  for (let pid = 1; pid <= 30; pid++) put(pid, { name: `p${pid}`, rssMiB: pid });
  const { top } = second() ?? {};
  assert.deepEqual(names(top?.byMemory), ['p30', 'p29', 'p28', 'p27', 'p26', 'p25', 'p24', 'p23', 'p22', 'p21']);
  assert.deepEqual(top?.byGrowth, []);
  put(3, { name: 'p3', rssMiB: 103 });
  for (let s = 0; s < 20; s++) assert.deepEqual(names(second()?.top?.byGrowth), ['p3']);
  // Half a minute later that is its size; a minute after the jump, and from then on, it has not grown.
  for (let s = 0; s < 45; s++) second();
  assert.deepEqual(second()?.top?.byGrowth, []);
});

test('traffic of the disks is asked of those at work, and is null where it is hidden', () => {
  const { put, io, second } = machine();
  put(1, { name: 'dd', ticks: 0 });
  put(2, { name: 'root’s', ticks: 0 });
  io(1, 0, 0);
  second();
  put(1, { name: 'dd', ticks: 9, state: 'D' });
  put(2, { name: 'root’s', ticks: 5 });
  io(1, 3 * MIB, MIB);
  const { top } = second() ?? {};
  assert.deepEqual(names(top?.byDisk), ['dd']);
  assert.deepEqual([top?.byDisk[0]?.readBytesPerSecond, top?.byDisk[0]?.writtenBytesPerSecond], [3 * MIB, MIB]);
  const hidden = top?.byCpu.find(({ pid }) => pid === 2);
  assert.deepEqual([hidden?.readBytesPerSecond, hidden?.writtenBytesPerSecond], [null, null]);
});

test('who hardly uses the processor is asked seldom, and what he moved is spread over the time since', () => {
  const { put, io, second } = machine();
  put(1, { name: 'dd', ticks: 1 });
  io(1, 0, 0);
  second();
  for (const [s, ticks] of [1, 1, 1, 2].entries()) {
    put(1, { name: 'dd', ticks });
    io(1, 0, (s + 1) * MIB);
    const found = second()?.top?.byDisk[0]?.writtenBytesPerSecond ?? 0;
    assert.equal(found, s === 3 ? MIB : 0);
  }
});

test('what a child moved is not told again of its parent when the child has ended', () => {
  const { files, put, io, second } = machine();
  put(10, { name: 'make' });
  io(10, 0, 0);
  second();
  put(10, { name: 'make', ticks: 1 });
  put(11, { name: 'cc', parent: 10, ticks: 5 });
  io(11, 0, 8 * MIB);
  assert.deepEqual(names(second()?.top?.byDisk), ['cc']);
  files.delete('/proc/11/stat');
  files.delete('/proc/11/io');
  put(10, { name: 'make', ticks: 2 });
  io(10, 0, 9 * MIB);
  const { byDisk } = second()?.top ?? {};
  assert.deepEqual(
    byDisk?.map(({ name, writtenBytesPerSecond }) => [name, writtenBytesPerSecond]),
    [['make', MIB]],
  );
});

test('command lines only when they are wanted, and masked', () => {
  for (const wanted of [false, true]) {
    const { files, put, second } = machine(wanted);
    put(1, { name: 'app' });
    files.set('/proc/1/cmdline', 'app\0--token\0hunter2\0');
    assert.equal(second()?.top?.byMemory[0]?.commandLine, wanted ? 'app --token ***' : null);
  }
});

test('what costs much is read more seldom, and shares are still those of the whole time', () => {
  const { spent, put, second } = machine();
  // 8 ms a reading: at most 0.2 % of a core, so every four seconds.
  spent.each = 8;
  put(1, { ticks: 0 });
  const found = Array.from({ length: 9 }, (_, s) => {
    put(1, { ticks: s * 25 });
    return second()?.top?.byCpu[0]?.cpuPercent ?? null;
  });
  assert.deepEqual(found, [null, null, null, null, 25, null, null, null, 25]);
});

test('when it matters it is read each second, whatever it costs', () => {
  let urgent = false;
  const { spent, put, second } = machine(false, () => urgent);
  spent.each = 8;
  put(1);
  const read = Array.from({ length: 6 }, (_, s) => {
    urgent = s >= 3;
    return second() !== null;
  });
  assert.deepEqual(read, [true, false, false, true, true, true]);
});

test('nothing spans a gap', () => {
  const { put, second } = machine();
  put(1, { ticks: 0 });
  second();
  put(1, { ticks: 500 });
  assert.deepEqual(second(null)?.top?.byCpu, []);
  put(1, { ticks: 510 });
  assert.equal(second()?.top?.byCpu[0]?.cpuPercent, 10);
});
