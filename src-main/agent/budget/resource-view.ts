// A measurement, the state of the governor and what holds now enter; what the page Resources shows leaves. Pure.
import {
  LADDERS,
  RESOURCES,
  type BudgetLine,
  type ModelResidency,
  type PartCosts,
  type PowerView,
  type ProcessCosts,
  type ResourceView,
  type StorageForecast,
} from '../../../src-preload/contract.ts';
import type { GatedModel } from '../infer/model-gate.ts';
import { measurementOf, nextOf, standingOf, unitOf } from './budget-words.ts';
import type { Economy } from './economy.ts';
import { meanOf, PATIENCE, ROOM, type Amounts, type GovernorInput, type GovernorState } from './governor.ts';
import { ROLE_NAMES } from './process-role.ts';
import { STEPS, type Step } from './steps.ts';
import type { MeasuredProcess } from './tree-meter.ts';
import { figure, type Usage } from './usage-meter.ts';

export interface ResourceParts {
  /** By the wall clock, of now; and of the clock of the measurements. */
  readonly wallMs: number;
  readonly nowMs: number;
  readonly usage: Usage;
  readonly state: GovernorState;
  readonly rules: Pick<GovernorInput, 'applies' | 'mayWeaken'>;
  readonly limits: Amounts;
  readonly economy: Economy;
  readonly onBattery: PowerView['onBattery'];
  /** By ladder: the last change, by the wall clock. */
  readonly lastChange: Readonly<
    Record<(typeof LADDERS)[number], { readonly atMs: number; readonly why: string | null }>
  >;
  readonly pace: ResourceView['pace'];
  readonly parts: readonly PartCosts[];
  readonly forecast: StorageForecast;
  readonly models: readonly GatedModel[];
  readonly refusal: string | null;
}

const EARLY = 'It is measured between two readings, five seconds apart.';
const HIDDEN = 'The kernel tells this of a sandboxed process to nobody but root.';
const NO_FIGURE = 'It can’t be measured on this system.';

const SENTENCES = {
  memory: 'Mean of 30 s, of all processes of the program; pages that several share count once.',
  processor: 'Mean of 30 s, of all processes but those that draw a window: what that costs ends with the looking.',
  storage: 'Size of the data folder.',
} as const;

export function resourceViewOf(parts: ResourceParts): ResourceView {
  const { usage, state, limits, nowMs, wallMs, economy } = parts;
  const early = usage.cpuPercent === null ? EARLY : NO_FIGURE;
  return {
    atMs: wallMs - Math.max(0, nowMs - usage.atMs),
    budget: RESOURCES.map((resource) => lineOf(parts, resource)),
    governor: {
      standing: LADDERS.map((ladder) =>
        standingOf(state, ladder, parts.lastChange[ladder], nextOf(state, ladder, { ...parts.rules, limits, nowMs })),
      ),
      steps: STEPS.map((step) => stepOf(step, parts)),
    },
    pace: parts.pace,
    processes: usage.processes.map(processOf),
    parts: [...parts.parts],
    total: {
      memoryMiB: figure(usage.memoryMiB, NO_FIGURE),
      cpuPercent: figure(usage.cpuPercent, early),
      writtenBytesPerSecond: figure(usage.writtenBytesPerSecond, early),
      wakeUpsPerSecond: figure(usage.wakeUpsPerSecond, early),
    },
    storage: { parts: [...usage.storage], forecast: parts.forecast },
    power: powerOf(usage, economy, parts.onBattery),
    models: parts.models.map((model) => residencyOf(model, parts)),
    measuringCpuPercent: parts.parts.find(({ part }) => part === 'measuring')?.cpuPercent.value ?? 0,
    machine: {
      memoryTotalMiB: usage.machine.totalMiB,
      memoryAvailableMiB: usage.machine.availableMiB,
      cgroupLimitMiB: usage.machine.cgroupLimitMiB,
    },
  };
}

function lineOf({ usage, state, limits }: ResourceParts, resource: BudgetLine['resource']): BudgetLine {
  const used = { memory: usage.memoryMiB, processor: usage.cpuPercent ?? 0, storage: usage.storageMiB }[resource];
  const judged = meanOf(state, resource, PATIENCE.downMs);
  const limit = limits[resource];
  const counts = judged ?? 0;
  return {
    ...{ resource, unit: unitOf(resource), limit, used, judged, sentence: SENTENCES[resource] },
    state: counts > limit ? 'over' : counts > ROOM * limit ? 'near' : 'within',
  };
}

function stepOf(step: Step, { state, wallMs, nowMs }: ResourceParts): ResourceView['governor']['steps'][number] {
  const { ladder, number, name, sheds, costs, relieves } = step;
  const held = state.held.find(({ id }) => id === step.id);
  return {
    ...{ ladder, number, name, sheds, costs, relieves: [...relieves], inForce: held !== undefined },
    sinceMs: held === undefined ? null : wallMs - (nowMs - held.atMs),
    why: held === undefined ? null : measurementOf(held.because, held.mean, held.limit, PATIENCE.downMs),
  };
}

function processOf({ pid, role, memoryMiB, rates }: MeasuredProcess): ProcessCosts {
  const early = rates.cpuSeconds === null && rates.wakeUps === null;
  return {
    ...{ pid, role, name: ROLE_NAMES[role] },
    memoryMiB: figure(memoryMiB, HIDDEN),
    cpuPercent: figure(rates.cpuSeconds === null ? null : 100 * rates.cpuSeconds, EARLY),
    writtenBytesPerSecond: figure(rates.writtenBytes, early ? EARLY : HIDDEN),
    wakeUpsPerSecond: figure(rates.wakeUps, early ? EARLY : HIDDEN),
  };
}

function powerOf(
  { power }: Usage,
  { hops, monitorSeconds, slowerOnBattery }: Economy,
  onBattery: PowerView['onBattery'],
): PowerView {
  return { ...power, onBattery, slower: slowerOnBattery, sentence: powerSentence() };
  function powerSentence(): string {
    if (power.source === 'unknown') return 'This machine has no battery of its own, or does not say so.';
    if (power.source === 'mains')
      return onBattery === 'slower' ? 'On the mains. On battery SecLyzer works slower.' : 'On the mains.';
    if (onBattery === 'same') return 'On battery, which changes nothing: the settings have it so.';
    return `On battery: judges every ${hops} s, and reads the machine every ${monitorSeconds} s.`;
  }
}

const MODEL_NAMES: Readonly<Record<string, string>> = {
  'linguistic-bayes': 'Writing',
  'log-forest': 'Log guard',
  'keystroke-forest': 'Typing',
  'mouse-forest': 'Mouse',
  'mouse-svm': 'Mouse, one class',
};

function residencyOf({ name, loaded, addedMiB }: GatedModel, { refusal, economy }: ResourceParts): ModelResidency {
  const idle = `It was not asked for ${economy.modelIdleMs / 1000} s, or not yet.`;
  return {
    name: MODEL_NAMES[name] ?? name,
    state: loaded ? 'loaded' : refusal === null ? 'unloaded' : 'refused',
    memoryMiB: figure(addedMiB, 'It has not been loaded since the start.'),
    reason: loaded ? null : (refusal ?? idle),
  };
}
