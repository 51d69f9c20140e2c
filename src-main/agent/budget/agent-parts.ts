// Milliseconds that each part of the agent has taken between two measurements enter, with what the whole process has; what each part costs leaves.
// Pure.
import {
  AGENT_PARTS,
  type AgentPart,
  type Figure,
  type PartCosts,
  type StoragePart,
} from '../../../src-preload/contract.ts';
import type { TimedPart } from './part-times.ts';
import { figure } from './usage-meter.ts';

export interface PartsInput {
  /** Of one core, of the agent's process; null: not measured yet. */
  readonly agentCpuPercent: number | null;
  /** Of one core, by part; null: not measured yet. */
  readonly timed: Readonly<Record<TimedPart, number>> | null;
  /** Of one core; null while it is off. */
  readonly monitorCpuPercent: number | null;
  readonly storage: readonly StoragePart[];
}

const ABOUT = {
  input: [
    'Keyboard, mouse and applications',
    'Takes in what the collectors bring. What the system does to bring it is in the rest.',
  ],
  scoring: ['Features and models', 'Makes features of it, asks the models, fuses and decides; learning as well.'],
  monitor: ['Host monitor', 'Reads what the machine does, and looks for what is unusual.'],
  guard: ['Log guard', 'Reads the log of the machine, and looks for attacks.'],
  storage: ['Storage', 'Writes history down, rolls it up, and throws old things away.'],
  publishing: ['Dashboard and API', 'Answers whoever looks.'],
  measuring: ['Measuring and governing', 'Measures what this page shows.'],
  rest: [
    'The rest',
    'What none of them has measured: waking up, compiling, clearing memory, and the threads of libraries.',
  ],
} as const satisfies Record<AgentPart, readonly [name: string, about: string]>;

const EARLY = 'It is measured between two readings, five seconds apart.';
const SHARED = 'The parts of one process share its memory, so it can’t be told apart.';
const BY_PROCESS = 'The kernel counts this by process, not by part.';
const IN_HISTORY = 'What it keeps lies in the database of the history.';
const NOTHING = 'It stores nothing of its own.';
const STORED: Readonly<Partial<Record<AgentPart, StoragePart['part']>>> = {
  storage: 'history',
  guard: 'guard',
  scoring: 'models',
};

export function partsOf({ agentCpuPercent, timed, monitorCpuPercent, storage }: PartsInput): PartCosts[] {
  const known = timed === null ? 0 : Object.values(timed).reduce((sum, one) => sum + one, monitorCpuPercent ?? 0);
  const cpuOf = (part: AgentPart): Figure => {
    if (part === 'monitor') return figure(monitorCpuPercent, 'The host monitor is off.');
    if (part !== 'rest') return figure(timed?.[part] ?? null, EARLY);
    return figure(timed === null || agentCpuPercent === null ? null : Math.max(0, agentCpuPercent - known), EARLY);
  };
  return AGENT_PARTS.map((part) => ({
    ...{ part, name: ABOUT[part][0], about: ABOUT[part][1] },
    memoryMiB: figure(null, SHARED),
    cpuPercent: cpuOf(part),
    writtenBytesPerSecond: figure(null, BY_PROCESS),
    wakeUpsPerSecond: figure(null, BY_PROCESS),
    storageMiB: figure(
      storage.find((one) => one.part === STORED[part])?.usedMiB ?? null,
      part === 'monitor' ? IN_HISTORY : NOTHING,
    ),
  }));
}
