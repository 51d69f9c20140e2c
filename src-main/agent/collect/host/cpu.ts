// /proc/stat and /proc/loadavg enter, what the processor does leaves: shares of its time, by core, load, switches and forks.
// Fields: https://docs.kernel.org/filesystems/proc.html, 1.7.
import type { Readings } from '../../../../src-preload/contract.ts';
import { createCounters, type Counters } from './counters.ts';
import type { HostReader, HostSource } from './host-source.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';

/** Some processors are asked by an interrupt each; and nobody needs to know it each second. */
const FREQUENCY_EVERY_MS = 10_000;
const KHZ_PER_MHZ = 1000;

export function cpuSource(openFiles: () => ProcFiles = openProcFiles): HostSource {
  return {
    name: 'cpu',
    eventType: 'cpu_metric',
    available: () => procAvailability(openFiles, '/proc/stat'),
    open: () => openCpu(openFiles()),
  };
}

function openCpu(files: ProcFiles): HostReader {
  const counters = createCounters();
  let frequencies: ReadonlyMap<string, number> = new Map();
  let askedMs = -Infinity;
  return {
    close: files.close,
    read: ({ elapsedS, steadyMs }) => {
      const stat = files.read('/proc/stat');
      if (stat === null) throw new Error('/proc/stat can not be read');
      counters.begin(elapsedS);
      const values: Record<string, number | null> = {};
      const parts: Record<string, Readings> = {};
      if (steadyMs - askedMs >= FREQUENCY_EVERY_MS) {
        frequencies = readFrequencies(files);
        askedMs = steadyMs;
      }
      for (const line of stat.split('\n')) {
        const name = line.slice(0, line.indexOf(' '));
        if (name === 'cpu') Object.assign(values, sharesOf(name, line, counters));
        else if (/^cpu\d+$/.test(name))
          parts[name] = {
            busyPercent: sharesOf(name, line, counters).busyPercent,
            frequencyMHz: frequencies.get(name) ?? null,
          };
        else if (name in RATES) values[RATES[name as keyof typeof RATES]] = counters.perSecond(name, firstNumber(line));
        else if (name in COUNTS) values[COUNTS[name as keyof typeof COUNTS]] = firstNumber(line);
      }
      counters.end();
      const [load1, load5, load15] = (files.read('/proc/loadavg') ?? '').split(' ').map(Number);
      Object.assign(values, {
        loadAverage1: load1 ?? null,
        loadAverage5: load5 ?? null,
        loadAverage15: load15 ?? null,
      });
      return { values, parts };
    },
  };
}

/** By the first number of the line: the one of interrupts goes on with thousands of others. */
const RATES = {
  intr: 'interruptsPerSecond',
  ctxt: 'contextSwitchesPerSecond',
  processes: 'forksPerSecond',
} as const;
const COUNTS = { procs_running: 'runningTasks', procs_blocked: 'blockedTasks' } as const;

const firstNumber = (line: string): number => Number.parseInt(line.slice(line.indexOf(' ')), 10);

const KINDS = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;

/**
 * Per cent of the time of one core, or of all together. Time of a guest is part of `user` already. The kernel corrects idle time
 * downwards now and then: such a step counts as none.
 */
function sharesOf(name: string, line: string, counters: Counters) {
  const [, ...fields] = line.split(/ +/);
  const spent = new Map<string, number>();
  let total = 0;
  for (const [i, kind] of KINDS.entries()) {
    const added = counters.added(`${name} ${kind}`, Number(fields[i] ?? 0)) ?? 0;
    spent.set(kind, added);
    total += added;
  }
  const share = (...kinds: readonly (typeof KINDS)[number][]): number | null =>
    total > 0 ? (100 * kinds.reduce((sum, kind) => sum + (spent.get(kind) ?? 0), 0)) / total : null;
  return {
    busyPercent: share('user', 'nice', 'system', 'irq', 'softirq', 'steal'),
    userPercent: share('user', 'nice'),
    systemPercent: share('system', 'irq', 'softirq'),
    iowaitPercent: share('iowait'),
    stealPercent: share('steal'),
  };
}

function readFrequencies(files: ProcFiles): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name of files.list('/sys/devices/system/cpu')) {
    if (!/^cpu\d+$/.test(name)) continue;
    const khz = files.readOnce(`/sys/devices/system/cpu/${name}/cpufreq/scaling_cur_freq`);
    if (khz !== null) found.set(name, Number(khz) / KHZ_PER_MHZ);
  }
  return found;
}
