// /proc/net/dev enters, what passes through each interface leaves. Fields: proc_pid_net(5), "/proc/net/dev".
import type { Readings } from '../../../../src-preload/contract.ts';
import { createCounters, type Counters } from './counters.ts';
import type { HostReader, HostSource } from './host-source.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';

const LOOPBACK = 'lo';
/** Received: bytes packets errs drop fifo frame compressed multicast; sent, from the 9th on: bytes packets errs drop … */
const FIELDS = {
  receivedBytesPerSecond: 0,
  receivedPacketsPerSecond: 1,
  receiveErrorsPerSecond: 2,
  receiveDropsPerSecond: 3,
  sentBytesPerSecond: 8,
  sentPacketsPerSecond: 9,
  sendErrorsPerSecond: 10,
  sendDropsPerSecond: 11,
} as const;
type Field = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as readonly Field[];
type Traffic = Record<Field, number | null>;

export function networkSource(openFiles: () => ProcFiles = openProcFiles): HostSource {
  return {
    name: 'network',
    eventType: 'network_metric',
    available: () => procAvailability(openFiles, '/proc/net/dev'),
    open: () => openNetwork(openFiles()),
  };
}

function openNetwork(files: ProcFiles): HostReader {
  const counters = createCounters();
  const hardware = new Map<string, boolean>();
  const isHardware = (name: string): boolean => {
    const known = hardware.get(name) ?? files.list(`/sys/class/net/${name}/device`).length > 0;
    hardware.set(name, known);
    return known;
  };
  return {
    close: files.close,
    read: ({ elapsedS }) => {
      const dev = files.read('/proc/net/dev');
      if (dev === null) throw new Error('/proc/net/dev can not be read');
      counters.begin(elapsedS);
      const parts: Record<string, Traffic> = {};
      for (const line of dev.split('\n')) {
        const colon = line.lastIndexOf(':');
        if (colon < 0) continue;
        const name = line.slice(0, colon).trim();
        const fields = line
          .slice(colon + 1)
          .trim()
          .split(/ +/)
          .map(Number);
        // One that has never carried anything is a template of the kernel's, or not plugged in.
        if (fields[FIELDS.receivedBytesPerSecond] === 0 && fields[FIELDS.sentBytesPerSecond] === 0) continue;
        parts[name] = trafficOf(name, fields, counters);
      }
      counters.end();
      for (const name of hardware.keys()) if (!(name in parts)) hardware.delete(name);
      return { values: sumOf(parts, isHardware), parts };
    },
  };
}

function trafficOf(name: string, fields: readonly number[], counters: Counters): Traffic {
  const traffic = {} as Traffic;
  for (const field of NAMES) traffic[field] = counters.perSecond(`${name} ${field}`, fields[FIELDS[field]] ?? 0);
  return traffic;
}

/**
 * Of the interfaces with hardware behind them: a packet to a container passes a bridge and a virtual pair as well, and would be counted
 * three times. Where none has any, as inside a container, of all but the loopback.
 */
function sumOf(parts: Readonly<Record<string, Traffic>>, isHardware: (name: string) => boolean): Readings {
  const outer = Object.keys(parts).filter((name) => name !== LOOPBACK);
  const real = outer.filter(isHardware);
  const counted = real.length > 0 ? real : outer;
  const values: Record<string, number | null> = {};
  for (const field of NAMES) {
    const known = counted.map((name) => parts[name]?.[field] ?? null).filter((x) => x !== null);
    values[field] = known.length === 0 ? null : known.reduce((sum, x) => sum + x, 0);
  }
  return { ...values, loopbackBytesPerSecond: parts[LOOPBACK]?.sentBytesPerSecond ?? null };
}
