// /proc/meminfo and /proc/vmstat enter, how much memory is used and how hard the machine looks for more leaves.
// Fields: https://docs.kernel.org/filesystems/proc.html, "meminfo".
import { createCounters } from './counters.ts';
import type { HostReader, HostSource } from './host-source.ts';
import { pageBytes } from './page-size.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';

const KIB_PER_MIB = 1024;
/** Spaces in front of it included. */
const NUMBER_LENGTH = 32;

export function memorySource(openFiles: () => ProcFiles = openProcFiles): HostSource {
  return {
    name: 'memory',
    eventType: 'memory_metric',
    available: () => procAvailability(openFiles, '/proc/meminfo'),
    open: () => openMemory(openFiles()),
  };
}

function openMemory(files: ProcFiles): HostReader {
  const counters = createCounters();
  const page = pageBytes();
  return {
    close: files.close,
    read: ({ elapsedS }) => {
      const meminfo = files.read('/proc/meminfo');
      if (meminfo === null) throw new Error('/proc/meminfo can not be read');
      const vmstat = files.read('/proc/vmstat') ?? '';
      counters.begin(elapsedS);
      const rate = (name: string): number | null => {
        const value = valueOf(vmstat, name);
        return value === null ? null : counters.perSecond(name, value);
      };
      const [swappedIn, swappedOut, majorFaults] = [rate('pswpin'), rate('pswpout'), rate('pgmajfault')];
      counters.end();
      return {
        values: {
          ...sizes(meminfo),
          swapInBytesPerSecond: swappedIn === null ? null : swappedIn * page,
          swapOutBytesPerSecond: swappedOut === null ? null : swappedOut * page,
          majorFaultsPerSecond: majorFaults,
        },
        parts: {},
      };
    },
  };
}

/** What is used is what could not be had for a new program, as `free` of procps counts it. */
function sizes(meminfo: string) {
  const mib = (name: string): number | null => {
    const value = valueOf(meminfo, `${name}:`);
    return value === null ? null : value / KIB_PER_MIB;
  };
  const [total, free] = [mib('MemTotal') ?? 0, mib('MemFree')];
  const cached = (mib('Cached') ?? 0) + (mib('SReclaimable') ?? 0);
  // Kernels before 3.14 do not tell it; this is what `free` took then.
  const available = mib('MemAvailable') ?? (free ?? 0) + (mib('Buffers') ?? 0) + cached;
  const swapTotal = mib('SwapTotal') ?? 0;
  const swapUsed = swapTotal - (mib('SwapFree') ?? 0);
  return {
    totalMiB: total,
    usedMiB: total - available,
    usedPercent: total > 0 ? (100 * (total - available)) / total : null,
    availableMiB: available,
    freeMiB: free,
    buffersMiB: mib('Buffers'),
    cachedMiB: cached,
    sharedMiB: mib('Shmem'),
    dirtyMiB: mib('Dirty'),
    swapTotalMiB: swapTotal,
    swapUsedMiB: swapUsed,
    swapUsedPercent: swapTotal > 0 ? (100 * swapUsed) / swapTotal : null,
  };
}

/** Of the line that begins with the name: `MemFree:  123 kB`, `pswpin 123`. */
function valueOf(text: string, name: string): number | null {
  const at = text.startsWith(`${name} `) ? 0 : text.indexOf(`\n${name} `) + 1;
  if (at === 0 && !text.startsWith(`${name} `)) return null;
  return Number.parseInt(text.slice(at + name.length, at + name.length + NUMBER_LENGTH), 10);
}
