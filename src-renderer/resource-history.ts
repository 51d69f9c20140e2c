// What the program has cost over time. In: the series that the agent keeps. Out: rows of a chart with gaps as empty rows, the outline between
// least and greatest, the stretches in which the governor had given something up, and where the axis ends.
import { LADDERS } from '../src-preload/contract.ts';
import type { GovernorStep, ResourceSeries } from '../src-preload/contract.ts';
import type { Point } from '../src-preload/thin-series.ts';
import type { SeriesRow } from './host-series.ts';
import { readingAxis } from './reading.ts';
import type { ReadingAxis } from './reading.ts';
import type { PlotFrame } from './small-plot.ts';

/** Where the values of a row stand. */
export const [MEAN, LEAST, GREATEST] = [0, 1, 2];
const NOTHING = [null, null, null] as const;

/** Points that are so many times further apart than they should be have a gap between them. */
const GAP = 2.5;
/** Written down is every fifteen seconds; one or two that are late are no gap. */
const SHORTEST_GAP_MS = 60_000;

const gapOf = (stepMs: number): number => Math.max(GAP * stepMs, SHORTEST_GAP_MS);

type Kept = Pick<ResourceSeries, 'points' | 'stepMs'>;

/** A point stands at the middle of its time, as far as that has gone by: `[mean, least, greatest]`. */
export function historyRows({ points, stepMs }: Kept, nowMs: number): readonly SeriesRow[] {
  return points.flatMap(([atMs, least, mean, greatest], index): readonly SeriesRow[] => {
    const row = { atMs: (atMs + Math.max(atMs, Math.min(atMs + stepMs, nowMs))) / 2, values: [mean, least, greatest] };
    const next = points[index + 1];
    if (next === undefined || next[0] - atMs <= gapOf(stepMs)) return [row];
    return [row, { atMs: row.atMs + 1, values: NOTHING }];
  });
}

export interface StepSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** The severest step in force. */
  readonly step: number;
}

/** The stretches in which something was given up, each with its step. Where nothing was measured nothing is said. */
export function stepSpans({ points, stepMs }: Kept, nowMs: number): readonly StepSpan[] {
  const spans: StepSpan[] = [];
  for (const [index, [atMs, , , greatest]] of points.entries()) {
    const nextMs = points[index + 1]?.[0];
    const joins = nextMs !== undefined && nextMs - atMs <= gapOf(stepMs);
    const toMs = joins ? nextMs : Math.max(atMs, Math.min(atMs + stepMs, nowMs));
    const step = Math.round(greatest);
    const last = spans.at(-1);
    if (step === 0) continue;
    if (last?.toMs === atMs && last.step === step) spans[spans.length - 1] = { ...last, toMs };
    else spans.push({ fromMs: atMs, toMs, step });
  }
  return spans;
}

/** The step in force at a moment; 0 where there was none, or nothing is known. */
export const stepAt = (spans: readonly StepSpan[], atMs: number): number =>
  spans.find(({ fromMs, toMs }) => atMs === fromMs || (atMs > fromMs && atMs < toMs))?.step ?? 0;

/** `Step 3: Idle models leave memory.`, of each ladder; empty where everything was on, or nothing is known. */
export function givenText(
  steps: readonly GovernorStep[],
  series: readonly ResourceSeries[],
  atMs: number,
  nowMs: number,
): string {
  const words = LADDERS.flatMap((ladder) => {
    const kept = series.find(({ name }) => name === `${ladder}Step`);
    const number = kept === undefined ? 0 : stepAt(stepSpans(kept, nowMs), atMs);
    const step = steps.find((one) => one.ladder === ladder && one.number === number);
    return step === undefined ? [] : [`Step ${number}: ${step.name}.`];
  });
  return words.join(' ');
}

/** Of the past and of what is foretold. */
export const highestOf = (rows: readonly SeriesRow[], ahead: readonly Point[]): number =>
  Math.max(0, ...rows.map(({ values }) => values[GREATEST] ?? 0), ...ahead.map(([, value]) => value));

/** Below this share of the limit a line would lie on the floor of a chart that ends at the limit, and its course would not be seen. */
const SEEN_SHARE = 1 / 16;

export interface LimitAxis extends ReadingAxis {
  /** False: the limit lies above the chart. */
  readonly holdsLimit: boolean;
}

/**
 * From zero to the limit, or to the highest where that is above it; where all of it is far below the limit, to the highest.
 * @param limit null: there is none. @param least the axis ends no lower than this
 */
export function limitAxis(highest: number, limit: number | null, unit: string, least: number): LimitAxis {
  const holdsLimit = limit !== null && highest >= limit * SEEN_SHARE;
  return { ...readingAxis(holdsLimit ? Math.max(highest, limit) : highest, unit, least), holdsLimit };
}

const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;

/** For each run of points there along the greatest and back along the least. A point alone has no width, and no outline. */
export function bandPath(rows: readonly SeriesRow[], { xOf, yOf }: PlotFrame): string {
  const runs: { readonly up: string[]; readonly down: string[] }[] = [];
  let open = false;
  for (const { atMs, values } of rows) {
    const [least, greatest] = [values[LEAST] ?? null, values[GREATEST] ?? null];
    if (least === null || greatest === null) {
      open = false;
      continue;
    }
    if (!open) runs.push({ up: [], down: [] });
    open = true;
    const x = tenth(xOf(atMs));
    runs.at(-1)?.up.push(`${x} ${tenth(yOf(greatest))}`);
    runs.at(-1)?.down.unshift(`${x} ${tenth(yOf(least))}`);
  }
  return runs
    .filter(({ up }) => up.length > 1)
    .map(({ up, down }) => `M${[...up, ...down].join('L')}Z`)
    .join('');
}
