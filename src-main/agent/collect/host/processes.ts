// /proc/PID enters for every process, how many there are and who uses most leaves. Reading them all costs some 8 µs each, so it is done
// as often as that stays within a small share of a core: each second up to a few hundred of them, then more seldom.
import type { MetricData } from '../../../../src-preload/contract.ts';
import { threadMs } from '../../thread-time.ts';
import type { HostReader, HostSource, Moment } from './host-source.ts';
import { maskSecrets } from './mask-secrets.ts';
import { mostUsed } from './most-used.ts';
import { pageBytes } from './page-size.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';
import { parseCommandLine, parseProcessIo, parseProcessStat } from './process-stat.ts';
import { createProcessTable } from './process-table.ts';

export interface ProcessOptions {
  /** Whether command lines may be read, at this moment. */
  readonly commandLines: () => boolean;
  /** Whether it must be known who does what at this moment, whatever that costs. */
  readonly urgent?: () => boolean;
  readonly openFiles?: () => ProcFiles;
  /** Processor time of this thread so far, milliseconds. */
  readonly spentMs?: () => number;
}

/** Of a core, for reading all processes. */
const COST_SHARE = 0.002;
const SELDOM_MS = 10_000;
/** Timers are not exact: a reading may come this much before its time. */
const EARLY_MS = 200;

export function processSource(options: ProcessOptions): HostSource {
  const { openFiles = openProcFiles } = options;
  return {
    name: 'processes',
    eventType: 'process_metric',
    available: () => procAvailability(openFiles, '/proc/self/stat'),
    open: () => openProcesses(openFiles(), options),
  };
}

function openProcesses(
  files: ProcFiles,
  { commandLines, urgent = () => false, spentMs = threadMs }: ProcessOptions,
): HostReader {
  const bootS = /^btime (\d+)$/m.exec(files.readOnce('/proc/stat') ?? '')?.[1];
  const table = createProcessTable({
    pageBytes: pageBytes(),
    bootMs: Number(bootS ?? 0) * 1000,
    commandLine: (pid) => (commandLines() ? readCommandLine(files, pid) : null),
    program: (pid) => files.target(`/proc/${pid}/exe`)?.replace(/^.*\//, '') ?? null,
  });
  let dueMs = -Infinity;
  let sinceS: number | null = null;

  function readAll({ steadyMs }: Moment, elapsedS: number | null): MetricData {
    const values = { count: 0, threads: 0, running: 0, waitingForDisk: 0, zombies: 0 };
    table.begin(steadyMs, elapsedS);
    for (const name of files.list('/proc')) {
      const pid = Number(name);
      if (!Number.isInteger(pid)) continue;
      const text = files.readOnce(`/proc/${name}/stat`);
      const stat = text === null ? null : parseProcessStat(text);
      // It has ended since it was listed.
      if (stat === null) continue;
      table.add(pid, stat, () => trafficOf(files, name));
      values.count += 1;
      values.threads += stat.threads;
      if (stat.state === 'R') values.running += 1;
      else if (stat.state === 'D') values.waitingForDisk += 1;
      else if (stat.state === 'Z') values.zombies += 1;
    }
    return { values, parts: {}, top: mostUsed(table.end(), ({ row }) => row()) };
  }
  return {
    close: files.close,
    read: (moment) => {
      const { elapsedS, steadyMs } = moment;
      // Over a gap nothing is known of anybody; the readings that were left out before it do not count either.
      const due = elapsedS === null || steadyMs >= dueMs || urgent();
      sinceS = elapsedS === null ? null : (sinceS ?? 0) + elapsedS;
      if (!due) return null;
      const startMs = spentMs();
      const data = readAll(moment, sinceS);
      const costMs = spentMs() - startMs;
      dueMs = steadyMs + Math.min(SELDOM_MS, costMs / COST_SHARE) - EARLY_MS;
      sinceS = 0;
      return data;
    },
  };
}

function trafficOf(files: ProcFiles, pid: string) {
  const text = files.readOnce(`/proc/${pid}/io`);
  return text === null ? null : parseProcessIo(text);
}

function readCommandLine(files: ProcFiles, pid: number): string | null {
  const text = files.readOnce(`/proc/${pid}/cmdline`);
  // Threads of the kernel have none.
  return text === null || text === '' ? null : maskSecrets(parseCommandLine(text));
}
