// What a replay comes to. In: its ticks. Out: rows for the table, and the summary. Pure.
import { MODALITIES, type Modality, type State } from '../../src-preload/contract.ts';
import type { Tick } from '../agent/pipeline.ts';

export interface TickRow {
  readonly atMs: number;
  /** null while learning. */
  readonly trust: number | null;
  readonly state: State;
  /** Log-likelihood ratio of each modality that scored at this tick. */
  readonly llr: Readonly<Partial<Record<Modality, number>>>;
}

export interface TrustSummary {
  readonly ticks: number;
  /** Windows that were scored, per modality. */
  readonly scored: Readonly<Record<Modality, number>>;
  /** null when no tick had a score. */
  readonly trust: { readonly min: number; readonly median: number; readonly last: number } | null;
  readonly stateChanges: readonly { readonly atMs: number; readonly from: State; readonly to: State }[];
}

export function rowOf({ point, scores }: Tick): TickRow {
  const llr = Object.fromEntries([...scores].map(([modality, score]) => [modality, score.llr]));
  return { atMs: point.atMs, trust: point.trust, state: point.state, llr };
}

export function summarise(rows: readonly TickRow[]): TrustSummary {
  const scored = { keystroke: 0, mouse: 0, app: 0, linguistic: 0 };
  for (const { llr } of rows) for (const modality of MODALITIES) if (llr[modality] !== undefined) scored[modality]++;
  const levels = rows.map(({ trust }) => trust).filter((trust) => trust !== null);
  const last = levels.at(-1);
  const trust = last === undefined ? null : { min: leastOf(levels), median: medianOf(levels), last };
  return { ticks: rows.length, scored, trust, stateChanges: changesOf(rows) };
}

function changesOf(rows: readonly TickRow[]): TrustSummary['stateChanges'] {
  let from: State | undefined;
  return rows.flatMap(({ atMs, state }) => {
    const change = from === undefined || from === state ? [] : [{ atMs, from, to: state }];
    from = state;
    return change;
  });
}

const leastOf = (values: readonly number[]): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity);

/** The mean of the middle two where their number is even. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
