// Every source of the host monitor, one line each.
import { cpuSource } from './cpu.ts';
import { diskSource } from './disk.ts';
import { filesystemSource } from './filesystem.ts';
import type { HostSource } from './host-source.ts';
import { memorySource } from './memory.ts';
import { networkSource } from './network.ts';
import { otherSystemSources } from './other-systems.ts';
import { pressureSource } from './pressure.ts';
import { processSource, type ProcessOptions } from './processes.ts';
import { sensorSource } from './sensors.ts';

export function hostSources(
  options: Pick<ProcessOptions, 'commandLines' | 'urgent'>,
  platform: NodeJS.Platform = process.platform,
): readonly HostSource[] {
  if (platform !== 'linux') return otherSystemSources(options.commandLines);
  return [
    cpuSource(),
    pressureSource(),
    memorySource(),
    diskSource(),
    filesystemSource(),
    networkSource(),
    sensorSource(),
    // Last, so that what this reading itself costs is not seen by the others in the middle of it.
    processSource(options),
  ];
}
