// The steps in force and the power supply enter; how the agent is to work leaves, in numbers that its parts go by. Pure.
import type { Modality, PowerView, UserSettings } from '../../../src-preload/contract.ts';
import { FULL_KEEPING, type Keeping } from '../store/keeping.ts';
import type { StepId } from './steps.ts';

export interface Economy {
  /** Hops of the settings that a tick stands for: 1, 2 or 5. */
  readonly hops: number;
  /** The host monitor and the log guard look no more often than this; what the user has chosen may be longer. */
  readonly monitorSeconds: number;
  readonly guardMs: number;
  readonly mayTrain: boolean;
  /** A model that nobody asks for so long is unloaded. */
  readonly modelIdleMs: number;
  readonly modalitiesOff: ReadonlySet<Modality>;
  readonly monitorOff: boolean;
  readonly guardOff: boolean;
  /** Whether figures of the machine and of the program are written down. */
  readonly figures: boolean;
  readonly keeping: Keeping;
  /** Something works slower because of the battery alone. */
  readonly slowerOnBattery: boolean;
}

const MODEL_IDLE_MS = 120_000;
const HURRIED_IDLE_MS = 10_000;
const SLOW_MONITOR_S = 5;
const SLOW_GUARD_MS = 15_000;
/** On battery, where the settings have it so. */
const BATTERY_PACE = { hops: 2, monitorSeconds: 5, guardMs: 5000 } as const;

const OFF: Readonly<Partial<Record<StepId, Modality>>> = {
  'writing-off': 'linguistic',
  'apps-off': 'app',
  'mouse-off': 'mouse',
  'keyboard-off': 'keystroke',
};

export function economyOf(
  held: readonly StepId[],
  power: PowerView['source'],
  onBattery: UserSettings['budget']['onBattery'],
): Economy {
  const has = (id: StepId): boolean => held.includes(id);
  const slower = power === 'battery' && onBattery === 'slower';
  const own = {
    hops: has('hop-5s') ? 5 : has('hop-2s') ? 2 : 1,
    monitorSeconds: has('monitor-5s') ? SLOW_MONITOR_S : 1,
    guardMs: has('guard-slow') ? SLOW_GUARD_MS : 0,
  };
  const { hops, monitorSeconds, guardMs } = slower ? BATTERY_PACE : { hops: 1, monitorSeconds: 1, guardMs: 0 };
  return {
    hops: Math.max(own.hops, hops),
    monitorSeconds: Math.max(own.monitorSeconds, monitorSeconds),
    guardMs: Math.max(own.guardMs, guardMs),
    mayTrain: !has('guard-slow'),
    modelIdleMs: has('idle-models') ? HURRIED_IDLE_MS : MODEL_IDLE_MS,
    modalitiesOff: new Set(held.flatMap((id) => OFF[id] ?? [])),
    monitorOff: has('monitor-off'),
    guardOff: has('guard-off'),
    figures: !has('no-figures'),
    keeping: {
      eventMinutes: has('short-events') ? 10 : FULL_KEEPING.eventMinutes,
      rowHours: has('short-readings') ? 6 : FULL_KEEPING.rowHours,
      minuteDays: has('short-readings') ? 1 : FULL_KEEPING.minuteDays,
      figureDays: has('short-figures') ? 7 : FULL_KEEPING.figureDays,
    },
    slowerOnBattery: slower && (hops > own.hops || monitorSeconds > own.monitorSeconds || guardMs > own.guardMs),
  };
}

/** The settings of the host monitor and of the log guard as they hold at the moment. */
export const thriftyMonitor = (
  monitor: UserSettings['monitor'],
  { monitorOff, monitorSeconds }: Economy,
): UserSettings['monitor'] => ({
  ...monitor,
  enabled: monitor.enabled && !monitorOff,
  intervalSeconds: Math.max(monitor.intervalSeconds, monitorSeconds),
});
export const thriftyGuard = (guard: UserSettings['guard'], { guardOff }: Economy): UserSettings['guard'] => ({
  ...guard,
  enabled: guard.enabled && !guardOff,
});
