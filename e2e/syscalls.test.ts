// System calls as root on the real kernel: real loads counted beside strace and perf over the same calls, the rights of the socket with a
// user who has none, and a helper that is killed and comes back.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createSyscallSource } from '../src-main/agent/collect/syscalls/syscall-source.ts';
import { createMonitor } from '../src-main/agent/monitor/monitor.ts';
import { listenForReaders } from '../src-main/syscalls/broadcast.ts';
import { perfTool } from '../src-main/syscalls/perf-tool.ts';
import { startTool } from '../src-main/syscalls/tool-run.ts';
import { CLI, DD, held, helper, near, NOT_COUNTED, OPENS, PERF, straced, sumOf, testFolder } from './syscall-stage.ts';

const skip = NOT_COUNTED;
const NO_PERF = PERF === null ? 'perf is not installed' : skip;

test('dd and a loop of failing opens, as strace counts them', { skip }, async (t) => {
  const socket = join(testFolder(t), 's.sock');
  for (const [command, names] of [
    [DD, ['read', 'write']],
    [OPENS, ['openat']],
  ] as const) {
    const theirs = straced(command);
    const process = held(t, command);
    const { child, readings, more } = await helper(t, socket, '--pid', String(process.pid));
    await process.go();
    await more(2);
    for (const name of names) {
      const [mine, expected] = [sumOf(readings, name), theirs.get(name)];
      assert.ok(expected !== undefined && expected.count >= 30_000);
      near(name, mine.count, expected.count);
      if (expected.errors > 100) near(`errors of ${name}`, mine.errors, expected.errors);
      else assert.ok(mine.errors <= 100, `${mine.errors} errors of ${name}`);
    }
    const inBuckets = readings
      .flatMap(({ calls }) => calls)
      .every(({ count, latencyLog2Ns }) => latencyLog2Ns.reduce((sum, n) => sum + n, 0) === count);
    assert.ok(inBuckets);
    child.kill('SIGTERM');
    await once(child, 'close');
  }
});

test('the whole machine, as perf counts it', { skip: NO_PERF }, async (t) => {
  const { readings, more } = await helper(t, join(testFolder(t), 's.sock'));
  const before = readings.length;
  // A call that nobody else makes often: before and after perf there is more time in ours.
  const loop = 'i=0; while [ $i -lt 300000 ]; do umask 022; i=$((i+1)); done';
  const stat = spawn(PERF ?? '', ['stat', '-a', '-x', ',', '-e', 'syscalls:sys_exit_umask', 'sh', '-c', loop], {
    ...{ stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  });
  let text = '';
  stat.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(stat, 'close');
  await more(2);
  const theirs = Number(/^(\d+),,syscalls:sys_exit_umask/m.exec(text)?.[1] ?? NaN);
  assert.ok(theirs >= 300_000, text);
  near('umask', sumOf(readings.slice(before), 'umask').count, theirs);
  // So many calls in a second or two can not cost nothing.
  const cost = Math.max(...readings.map(({ costCpuPercent }) => costCpuPercent));
  assert.ok(cost > 1 && cost < 100, `${cost} %`);
});

test('perf where there is no bpftrace: the sum of the same calls', { skip: NO_PERF }, async (t) => {
  const theirs = straced(OPENS);
  const process = held(t, OPENS);
  const sum = { count: 0, errors: 0, readings: 0 };
  const run = startTool(perfTool(PERF ?? '', process.pid), {
    counted: ({ calls }) => {
      sum.readings += 1;
      for (const { count, errors } of calls) [sum.count, sum.errors] = [sum.count + count, sum.errors + errors];
    },
    malformed: () => undefined,
    ended: (complaint) => (sum.readings === 0 ? assert.fail(complaint) : undefined),
  });
  t.after(run.stop);
  const until = async (readings: number): Promise<void> => {
    for (let i = 0; i < 400 && sum.readings < readings; i++) await wait(50);
  };
  await until(1);
  // perf ends with the process that it watches, and tells the last second then.
  await process.go();
  await wait(1500);
  const of = (key: 'count' | 'errors'): number => [...theirs.values()].reduce((total, call) => total + call[key], 0);
  near('calls', sum.count, of('count'));
  near('errors', sum.errors, of('errors'));
});

const nobodyReads = spawnSync(
  'su',
  ['-s', '/bin/sh', 'nobody', '-c', `"${process.execPath}" --version && cat "${CLI}"`],
  { stdio: 'ignore' },
);
const noNobody = nobodyReads.status === 0 ? false : 'the user nobody can not run this program where it lies';

test(
  'a user without rights reads as a member of the group, and not otherwise',
  { skip: skip === false ? noNobody : skip },
  async (t) => {
    const asNobody = async (socket: string): Promise<string> => {
      const command = `"${process.execPath}" "${CLI}" syscalls --json --socket "${socket}"`;
      const child = spawn('su', ['-s', '/bin/sh', 'nobody', '-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
      return (await child.stdout.setEncoding('utf8').toArray()).join('');
    };
    const groupOf = (name: string): number => Number(spawnSync('id', ['-g', name], { encoding: 'utf8' }).stdout);
    for (const [user, words] of [
      ['nobody', 'for the group'],
      ['daemon', 'only root and members of the group'],
    ] as const) {
      const path = testFolder(t);
      chmodSync(path, 0o711);
      const socketFile = join(path, 'run', 's.sock');
      const broadcast = await listenForReaders({ socketFile, gid: groupOf(user) });
      t.after(broadcast.close);
      broadcast.send({ kind: 'unavailable', reason: 'for the group', fix: 'none' });
      assert.ok((await asNobody(socketFile)).includes(words));
    }
  },
);

test(
  'the counter or the whole helper is killed: the monitor says so, and goes on when it is back',
  { skip },
  async (t) => {
    const socket = join(testFolder(t), 's.sock');
    const first = await helper(t, socket);
    const syscalls = createSyscallSource(socket);
    const settings = { enabled: true, intervalSeconds: 1, commandLines: false };
    const store = { get: () => null, set: () => undefined };
    const monitor = createMonitor({
      settings: () => settings,
      store,
      tell: assert.fail,
      sources: [syscalls.source],
      syscalls,
    });
    t.after(monitor.stop);
    const types: string[] = [];
    monitor.subscribe('test', ['syscall'], ({ event_type }) => types.push(event_type));
    await monitor.apply();
    const until = async (ok: boolean): Promise<void> => {
      for (let i = 0; i < 500 && monitor.syscalls().ok !== ok; i++) await wait(50);
      assert.equal(monitor.syscalls().ok, ok);
    };
    await until(true);
    await wait(1500);
    assert.ok(types.length > 0);
    assert.ok((monitor.history('syscalls.callsPerSecond', 10)?.statistics?.max ?? 0) > 0);

    const children = readFileSync(`/proc/${first.child.pid}/task/${first.child.pid}/children`, 'utf8')
      .trim()
      .split(' ');
    process.kill(Number(children[0]), 'SIGKILL');
    await first.more(2);
    // The monitor has heard that too, and looks again after five seconds.
    await wait(500);
    await until(true);

    first.child.kill('SIGKILL');
    await once(first.child, 'close');
    await until(false);
    const lack = monitor.syscalls();
    assert.ok(!lack.ok && /helper for system calls/.test(lack.reason) && lack.fix !== '');
    // In place of the socket that was left behind.
    await helper(t, socket);
    await until(true);
    // What the killed one had begun does not count on for nobody.
    for (let i = 0; i < 100 && isAlive(Number(children[0])); i++) await wait(50);
    assert.equal(isAlive(Number(children[0])), false);
  },
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is none of this number.
    return false;
  }
}
