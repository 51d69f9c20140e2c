// Every source of the host monitor, one line each.
import { cpuSource } from './cpu.ts';
import { diskSource } from './disk.ts';
import { filesystemSource } from './filesystem.ts';
import type { HostSource } from './host-source.ts';
import { memorySource } from './memory.ts';
import { networkSource } from './network.ts';
import { otherSystemSources } from './other-systems.ts';
import { pressureSource } from './pressure.ts';
import { processSource } from './processes.ts';
import { sensorSource } from './sensors.ts';

/** @param commandLines whether those of processes may be read, at this moment. */
export function hostSources(
  commandLines: () => boolean,
  platform: NodeJS.Platform = process.platform,
): readonly HostSource[] {
  if (platform !== 'linux') return otherSystemSources(commandLines);
  return [
    cpuSource(),
    pressureSource(),
    memorySource(),
    diskSource(),
    filesystemSource(),
    networkSource(),
    sensorSource(),
    // Last, so that what this reading itself costs is not seen by the others in the middle of it.
    processSource({ commandLines }),
  ];
}
