import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuSource } from './cpu.ts';
import { fakeProcFiles, readEachSecond, type FakeFiles } from './proc-files.fixture.ts';

/** user nice system idle iowait irq softirq steal guest guest_nice */
const stat = (all: string, ...cores: string[]): string =>
  [
    `cpu  ${all}`,
    ...cores.map((core, i) => `cpu${i} ${core}`),
    'intr 5000 1 2 3',
    'ctxt 9000',
    'btime 1',
    'processes 400',
    'procs_running 3',
    'procs_blocked 1',
    'softirq 7 1',
  ].join('\n');

function machine() {
  const files: FakeFiles = new Map([['/proc/loadavg', '1.50 0.75 0.25 2/150 999']]);
  return { files, read: readEachSecond(cpuSource(() => fakeProcFiles(files))) };
}

test('shares of the time between two readings, by hand', async () => {
  const { files, read } = machine();
  files.set('/proc/stat', stat('100 10 50 1000 20 0 5 0 0 0', '50 5 25 500 10 0 5 0', '50 5 25 500 10 0 0 0'));
  const first = await read();
  assert.equal(first?.values['busyPercent'], null);
  // 200 ticks: user 40 + nice 10, system 30 + irq 4 + softirq 6, iowait 10, steal 20, idle 80.
  files.set(
    '/proc/stat',
    stat('140 20 80 1080 30 4 11 20 7 0', '90 15 55 500 10 4 11 20', '50 5 25 580 20 0 0 0').replace(
      'ctxt 9000',
      'ctxt 9250',
    ),
  );
  const second = await read();
  assert.deepEqual(second, {
    values: {
      ...{ busyPercent: 55, userPercent: 25, systemPercent: 20, iowaitPercent: 5, stealPercent: 10 },
      ...{ interruptsPerSecond: 0, contextSwitchesPerSecond: 250, forksPerSecond: 0, runningTasks: 3, blockedTasks: 1 },
      ...{ loadAverage1: 1.5, loadAverage5: 0.75, loadAverage15: 0.25 },
    },
    parts: { cpu0: { busyPercent: 100, frequencyMHz: null }, cpu1: { busyPercent: 0, frequencyMHz: null } },
  });
});

test('idle time that the kernel corrects downwards counts as none', async () => {
  const { files, read } = machine();
  files.set('/proc/stat', stat('0 0 0 1000 50 0 0 0 0 0'));
  await read();
  files.set('/proc/stat', stat('25 0 0 1075 49 0 0 0 0 0'));
  const { values } = (await read()) ?? {};
  assert.deepEqual([values?.['busyPercent'], values?.['iowaitPercent']], [25, 0]);
});

test('a core that is taken out and put back has no share in its first reading', async () => {
  const { files, read } = machine();
  const both = stat('0 0 0 100 0 0 0 0', '0 0 0 50 0 0 0 0', '0 0 0 50 0 0 0 0');
  files.set('/proc/stat', both);
  await read();
  files.set('/proc/stat', stat('10 0 0 190 0 0 0 0', '10 0 0 140 0 0 0 0'));
  assert.deepEqual(Object.keys((await read())?.parts ?? {}), ['cpu0']);
  files.set('/proc/stat', stat('20 0 0 380 0 0 0 0', '20 0 0 230 0 0 0 0', '0 0 0 5 0 0 0 0'));
  const { parts } = (await read()) ?? {};
  assert.deepEqual([parts?.['cpu0']?.['busyPercent'], parts?.['cpu1']?.['busyPercent']], [10, null]);
});

test('the frequency, where the kernel tells it', async () => {
  const { files, read } = machine();
  files.set('/proc/stat', stat('0 0 0 100 0 0 0 0', '0 0 0 50 0 0 0 0'));
  files.set('/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq', '2400000\n');
  assert.equal((await read())?.parts['cpu0']?.['frequencyMHz'], 2400);
});

test('without /proc/stat it fails, and says so', () => {
  const { read } = machine();
  assert.throws(() => void read(), /\/proc\/stat can not be read/);
});
