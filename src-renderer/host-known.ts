// Everything that the page Host knows of the machine, and how it changes: pure functions from (what was known, what arrived) to what is known.
import type { HostAnomaly, HostSeries, HostView, SyscallView } from '../src-preload/contract.ts';
import { chartsOf } from './host-charts.ts';
import type { HostChart } from './host-charts.ts';
import { withFetched, withView } from './host-series.ts';
import type { SeriesMap } from './host-series.ts';
import { withSecond } from './syscall-map.ts';

export interface HostKnown {
  /** null before the first answer. */
  readonly view: HostView | null;
  /** The same list until there are other metrics: which there are changes rarely. */
  readonly charts: readonly HostChart[];
  readonly series: SeriesMap;
  /** Of the last seconds, oldest first. */
  readonly syscalls: readonly SyscallView[];
  /** Of the last week, newest first; null before the first answer. */
  readonly anomalies: readonly HostAnomaly[] | null;
}

export const NOTHING_KNOWN: HostKnown = { view: null, charts: [], series: new Map(), syscalls: [], anomalies: null };

/** @param rangeMs how much is kept of each series. */
export function withHostView(known: HostKnown, view: HostView, rangeMs: number): HostKnown {
  const designed = chartsOf(view.metrics);
  const charts = JSON.stringify(designed) === JSON.stringify(known.charts) ? known.charts : designed;
  const keys = new Set(keysOf(charts));
  return {
    ...known,
    ...{ view, charts, series: withView(known.series, view, keys, rangeMs) },
    syscalls: withSecond(known.syscalls, view),
  };
}

export const withHostSeries = (known: HostKnown, fetched: readonly HostSeries[]): HostKnown => ({
  ...known,
  series: withFetched(known.series, fetched),
});

export const keysOf = (charts: readonly HostChart[]): readonly string[] =>
  charts.flatMap(({ lines }) => lines.map(({ key }) => key));
