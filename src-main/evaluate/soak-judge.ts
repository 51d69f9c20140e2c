// The record of a soak in, what it shows out: each thing that was promised, what was measured, and whether it holds. Pure.
import { judgeErrors } from './soak-errors.ts';
import { judgeHandles } from './soak-handles.ts';
import { judgeMemory } from './soak-memory.ts';
import type { SoakEnd, SoakEvent, SoakLine, SoakSample, SoakStart } from './soak-record.ts';
import { judgeStorage } from './soak-storage.ts';
import { WARM_UP_S, type StorageForecast, type Verdict } from './soak-verdict.ts';

export interface SoakReport {
  readonly start: SoakStart;
  readonly wallMinutes: number;
  readonly lifeHours: number;
  /** Whether it went on to its planned end. */
  readonly complete: boolean;
  readonly verdicts: readonly Verdict[];
  readonly figures: SoakFigures;
  readonly events: readonly SoakEvent[];
}

export interface SoakFigures {
  /** Of one core. */
  readonly agentCpuPercent: number;
  readonly driverCpuPercent: number;
  /** Of the machine, over a minute: median and most. */
  readonly load: readonly [number, number];
  readonly inputEvents: number;
  readonly lateEvents: number;
  readonly logLines: number;
  readonly requests: number;
  readonly pushes: number;
  readonly incidents: number;
  /** null while it runs. */
  readonly decisions: number | null;
  readonly states: readonly string[];
}

/** The last sample of a complete run lies at most this far before its planned end. */
const LAST_WITHIN_S = 60;

/** @param forecast null: storage is not judged. @throws Error for a record without a start or a sample. */
export function judgeSoak(lines: readonly SoakLine[], forecast: StorageForecast | null): SoakReport {
  const start = lines.find((line) => line.kind === 'start');
  const samples = lines.filter((line) => line.kind === 'sample');
  const end = lines.find((line) => line.kind === 'end') ?? null;
  const last = samples.at(-1);
  if (start === undefined || last === undefined) throw new Error('The record holds no measurement.');
  const events = lines.filter((line) => line.kind === 'event');
  const settled = samples.filter(({ wallS }) => wallS >= WARM_UP_S);
  return {
    ...{ start, wallMinutes: last.wallS / 60, lifeHours: last.lifeS / 3600 },
    complete: end !== null && last.wallS > start.minutes * 60 - LAST_WITHIN_S,
    verdicts: [
      ...judgeMemory(settled, start.speed),
      ...judgeHandles(settled),
      ...judgeStorage(samples, forecast, start.livedHours),
      ...judgeErrors(samples, events, end),
    ],
    figures: figuresOf(samples, last, end),
    events,
  };
}

function figuresOf(samples: readonly SoakSample[], last: SoakSample, end: SoakEnd | null): SoakFigures {
  const loads = samples.map(({ load }) => load).toSorted((a, b) => a - b);
  return {
    agentCpuPercent: (100 * last.outside.cpuSeconds) / last.wallS,
    driverCpuPercent: (100 * last.driverCpuSeconds) / last.wallS,
    load: [loads[Math.floor(loads.length / 2)] ?? 0, loads.at(-1) ?? 0],
    ...{ inputEvents: last.fed.events, lateEvents: last.fed.late, logLines: last.fed.logLines },
    ...{ requests: last.client.requests, pushes: last.client.messages },
    ...{ incidents: last.agent?.incidents ?? 0, decisions: end?.decisions ?? null },
    states: [...new Set(samples.flatMap(({ agent }) => (agent === null ? [] : [agent.state])))],
  };
}
