// The data folder and what the agent's parts tell enter; the governor over the processes, the disk, the memory and the power supply of this machine
// leaves, with what the parts are measured and held back by.
import { openProcFiles } from '../collect/host/proc-files.ts';
import { createModelDoor, type ModelDoor } from '../infer/model-gate.ts';
import { createPartTimes, type PartTimes } from './part-times.ts';
import { createGovernor, type Governor, type GovernorParts } from './resource-desk.ts';
import { createTreeMeter } from './tree-meter.ts';
import { createUsageMeter } from './usage-meter.ts';

type Told = Omit<GovernorParts, 'meter' | 'times' | 'door' | 'nowMs' | 'wallMs'>;

export interface BuiltGovernor {
  readonly governor: Governor;
  readonly times: PartTimes;
  readonly door: ModelDoor;
  readonly endMeasuring: () => void;
}

/** @param otherPids processes of the program that do not descend from this one */
export function buildGovernor(dataDir: string, otherPids: readonly number[], told: Told): BuiltGovernor {
  const nowMs = (): number => performance.now();
  const files = openProcFiles();
  const [times, door] = [createPartTimes(), createModelDoor()];
  const tree = createTreeMeter({ roots: () => otherPids, nowMs });
  const meter = createUsageMeter({ tree, dataDir, files, nowMs });
  const governor = createGovernor({ ...told, meter, times, door, nowMs, wallMs: Date.now });
  return { governor, times, door, endMeasuring: files.close };
}
