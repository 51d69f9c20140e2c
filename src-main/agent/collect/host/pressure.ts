// /proc/pressure enters, the share of time in which work had to wait for processor, memory and disks leaves: `some` work, and
// `full`, all of it. https://docs.kernel.org/accounting/psi.html.
import type { Readings } from '../../../../src-preload/contract.ts';
import { createCounters } from './counters.ts';
import type { HostReader, HostSource } from './host-source.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';

const RESOURCES = ['cpu', 'memory', 'io'] as const;
const US_PER_S = 1e6;
const TURN_ON = 'Start the kernel with psi=1; it needs CONFIG_PSI, which Linux has since 4.20.';

export function pressureSource(openFiles: () => ProcFiles = openProcFiles): HostSource {
  return {
    name: 'pressure',
    eventType: 'cpu_metric',
    available: () => procAvailability(openFiles, '/proc/pressure/cpu', TURN_ON),
    open: () => openPressure(openFiles()),
  };
}

function openPressure(files: ProcFiles): HostReader {
  const counters = createCounters();
  return {
    close: files.close,
    read: ({ elapsedS }) => {
      counters.begin(elapsedS);
      const parts: Record<string, Readings> = {};
      for (const resource of RESOURCES) {
        const text = files.read(`/proc/pressure/${resource}`);
        // A container may show some of them only.
        if (text === null) continue;
        const share = (kind: 'some' | 'full'): number | null => {
          // Microseconds in all: exact for any interval, where the averages beside it lag behind.
          const total = new RegExp(`^${kind} .*total=(\\d+)`, 'm').exec(text)?.[1];
          const waited = total === undefined ? null : counters.perSecond(`${resource} ${kind}`, Number(total));
          return waited === null ? null : Math.min(100, (100 * waited) / US_PER_S);
        };
        parts[resource] = { somePercent: share('some'), fullPercent: share('full') };
      }
      counters.end();
      return { values: {}, parts };
    },
  };
}
