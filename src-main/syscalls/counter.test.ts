import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeAlarm } from '../agent/collect/fake-alarm.fixture.ts';
import type { SyscallReading } from '../agent/monitor/syscalls-type.ts';
import { keepCounting } from './counter.ts';
import type { Choice } from './requirements.ts';
import type { Tool } from './tool.ts';
import type { RunListener } from './tool-run.ts';

const TOOL: Tool = {
  ...{ source: 'bpftrace', command: '/x', args: [], env: {}, stream: 'stdout', nsPerCall: 500 },
  reader: () => () => ({ kind: 'part' }),
};
const reads = (count: number) => [{ name: 'read', count, errors: 0, latencyLog2Ns: [] }];

function stage(choose: (without: string | null) => Choice = () => ({ ok: true, tool: TOOL, note: null })) {
  const alarm = fakeAlarm();
  const runs: { readonly tool: Tool; readonly listener: RunListener; stopped: boolean }[] = [];
  const readings: SyscallReading[] = [];
  const lacks: string[] = [];
  const said: string[] = [];
  const cpu = { own: 10, tool: 0 };
  const end = keepCounting(
    {
      choose,
      start: (tool, listener) => {
        const run = { tool, listener, stopped: false };
        runs.push(run);
        return { pid: 4242, stop: () => void (run.stopped = true) };
      },
      alarm,
      nowUs: () => alarm.nowMs() * 1000,
      spent: (pid) => (pid === 4242 ? cpu.tool : cpu.own),
    },
    {
      reading: (one) => void readings.push(one),
      unavailable: ({ reason }) => void lacks.push(reason),
      malformed: () => undefined,
      said: (words) => void said.push(words),
    },
  );
  return { alarm, runs, readings, lacks, said, cpu, end };
}

test('a reading says what it cost: the two processes, and the calls themselves', async () => {
  const { alarm, runs, readings, cpu, end } = stage();
  cpu.tool = 3;
  runs[0]?.listener.counted({ seconds: 1, calls: [] });
  cpu.own += 0.004;
  cpu.tool += 0.006;
  await alarm.pass(2000);
  runs[0]?.listener.counted({ seconds: 2, calls: reads(40_000) });
  // The second of compiling at the start is no running cost. Then 10 ms and 40,000 times 500 ns in two seconds.
  assert.equal(readings[0]?.costCpuPercent, 0);
  assert.ok(Math.abs((readings[1]?.costCpuPercent ?? NaN) - 1.5) < 1e-9);
  assert.deepEqual([readings[1]?.ts, readings[1]?.source], [2_000_000, 'bpftrace']);
  end();
  assert.equal(runs[0]?.stopped, true);
});

test('one that ends is begun again, later after each failure, and at once after a success', async () => {
  const { alarm, runs, lacks, end } = stage();
  runs[0]?.listener.counted({ seconds: 1, calls: [] });
  runs[0]?.listener.ended('killed');
  assert.deepEqual(lacks, ['bpftrace has ended: killed']);
  await alarm.pass(999);
  assert.equal(runs.length, 1);
  await alarm.pass(1);
  assert.equal(runs.length, 2);
  runs[1]?.listener.ended('killed');
  await alarm.pass(1999);
  assert.equal(runs.length, 2);
  await alarm.pass(1);
  assert.equal(runs.length, 3);
  end();
  runs[2]?.listener.ended('stopped');
  await alarm.pass(60_000);
  assert.deepEqual([runs.length, lacks.length], [3, 2]);
});

test('one that says nothing is ended and begun again', async () => {
  const { alarm, runs, lacks, end } = stage();
  await alarm.pass(15_000);
  runs[0]?.listener.counted({ seconds: 1, calls: [] });
  await alarm.pass(19_999);
  assert.equal(runs[0]?.stopped, false);
  await alarm.pass(1);
  assert.equal(runs[0]?.stopped, true);
  assert.match(lacks[0] ?? '', /said nothing for 20 seconds/);
  await alarm.pass(1000);
  assert.equal(runs.length, 2);
  end();
});

test('a tool that never works gives way to the lesser one, with the reason', async () => {
  const perf: Tool = { ...TOOL, source: 'perf' };
  const { alarm, runs, said, end } = stage((without) =>
    without === null ? { ok: true, tool: TOOL, note: null } : { ok: true, tool: perf, note: `perf, for ${without}` },
  );
  runs[0]?.listener.ended('no BTF');
  await alarm.pass(1000);
  runs[1]?.listener.ended('no BTF');
  await alarm.pass(2000);
  assert.deepEqual(
    runs.map(({ tool }) => tool.source),
    ['bpftrace', 'bpftrace', 'perf'],
  );
  assert.equal(said.at(-1), 'perf, for bpftrace has ended: no BTF');
  end();
});

test('where nothing can count, the reason is told and the machine is looked at again', async () => {
  let there = false;
  const lacking = { ok: false, reason: 'no tracefs', fix: 'mount it' } as const;
  const { alarm, runs, lacks, end } = stage(() => (there ? { ok: true, tool: TOOL, note: null } : lacking));
  assert.deepEqual([lacks, runs.length], [['no tracefs'], 0]);
  there = true;
  await alarm.pass(1000);
  assert.equal(runs.length, 1);
  end();
});
