// One small chart: its title, what each line is and how much, and the lines themselves. Gaps are gaps, nothing is animated.
import { memo, useMemo } from 'react';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import type { HostChart } from '../../host-charts.ts';
import { rowAt, seriesRows, shareMs } from '../../host-series.ts';
import type { SeriesMap, SeriesRow } from '../../host-series.ts';
import { readingText } from '../../reading.ts';
import { useCrossHair } from './cross-hair.ts';
import { lineClass, SmallPlot } from './small-plot.tsx';

/** The cross-hair means the nearest reading within this many of them. */
const REACH = 3;

interface HostChartProps {
  readonly chart: HostChart;
  readonly series: SeriesMap;
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervalMs: number;
  /** Pixels; 0 while it is not known. */
  readonly width: number;
  /** Those of its metrics. */
  readonly anomalies: readonly HostAnomaly[];
  readonly chosen: number | null;
}

/** The newest of each line, which need not be read at the same time. */
const newest = (rows: readonly SeriesRow[], line: number): number | null =>
  rows.findLast(({ values }) => values[line] !== null)?.values[line] ?? null;

interface LegendProps {
  readonly chart: HostChart;
  readonly rows: readonly SeriesRow[];
  readonly reachMs: number;
}

/** Values under the cross-hair, or the newest ones. Of a crowd the highest is told. */
function Legend({ chart, rows, reachMs }: LegendProps) {
  const atMs = useCrossHair((known) => known.atMs);
  const row = atMs === null ? null : rowAt(rows, atMs, reachMs);
  const valueOf = (line: number): number | null => (atMs === null ? newest(rows, line) : (row?.values[line] ?? null));
  const all = chart.lines.map(({ label }, index) => ({ label, index, value: valueOf(index) }));
  const [highest] = all.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const shown =
    chart.crowd && highest !== undefined ? [{ ...highest, label: `highest of ${all.length}: ${highest.label}` }] : all;
  return (
    <ul className="plain chart-legend">
      {shown.map(({ label, index, value }) => (
        <li key={index}>
          <svg className={`line-key ${lineClass(chart, index)}`} width="12" height="8" aria-hidden="true">
            <path d="M0 4h12" />
          </svg>
          <span className="quiet">{label}</span>
          <strong>{readingText(value, chart.unit)}</strong>
        </li>
      ))}
    </ul>
  );
}

function inWords({ title, lines, unit }: HostChart, rows: readonly SeriesRow[]): string {
  const words = lines.map(({ label }, index) => `${label} ${readingText(newest(rows, index), unit)}`);
  return `${title}: ${words.join(', ')}`;
}

export const HostChartFigure = memo(function HostChartFigure(props: HostChartProps) {
  const { chart, series, fromMs, toMs, intervalMs, width, anomalies, chosen } = props;
  const everyMs = Math.max(intervalMs, chart.seldomMs);
  const rows = useMemo(
    () => seriesRows(chart.lines, series, [fromMs, toMs], everyMs),
    [chart, series, fromMs, toMs, everyMs],
  );
  return (
    <figure className="small-chart">
      <figcaption>
        <h3>{chart.title}</h3>
      </figcaption>
      <Legend chart={chart} rows={rows} reachMs={REACH * Math.max(everyMs, shareMs(toMs - fromMs))} />
      <div className={rows.length === 0 ? 'small-frame empty' : 'small-frame'}>
        {rows.length === 0 && <p className="quiet">The line begins with the second reading.</p>}
        {rows.length > 0 && width > 0 && (
          <SmallPlot label={inWords(chart, rows)} {...{ chart, rows, width, fromMs, toMs, anomalies, chosen }} />
        )}
      </div>
    </figure>
  );
});
