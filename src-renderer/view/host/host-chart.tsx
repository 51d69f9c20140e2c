// One small chart: its title, what each line is and how much, and the lines themselves. Gaps are gaps, nothing is animated.
import { memo, useMemo } from 'react';
import { CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import type { HostChart } from '../../host-charts.ts';
import { highestOf, rowAt, seriesRows, shareMs } from '../../host-series.ts';
import type { SeriesMap, SeriesRow } from '../../host-series.ts';
import { readingAxis, readingText } from '../../reading.ts';
import { SPARSE_STEPS, timeAxis } from '../../time-axis.ts';
import { useCrossHair } from './cross-hair.ts';
import { AnomalyMarks, CrossHair, CrossPlane } from './plot-marks.tsx';

const MARGIN = { top: 18, right: 8, bottom: 0, left: 0 };
/** The cross-hair means the nearest reading within this many of them. */
const REACH = 3;

interface HostChartProps {
  readonly chart: HostChart;
  readonly series: SeriesMap;
  readonly fromMs: number;
  readonly toMs: number;
  /** Those of its metrics. */
  readonly anomalies: readonly HostAnomaly[];
  readonly chosen: number | null;
}

/** The newest of each line, which need not be read at the same time. */
const newest = (rows: readonly SeriesRow[], line: number): number | null =>
  rows.findLast(({ values }) => values[line] !== null)?.values[line] ?? null;

const lineClass = ({ crowd }: HostChart, index: number): string => (crowd ? 'line-crowd' : `line-${index}`);

/** Values under the cross-hair, or the newest ones. Of a crowd the highest is told. */
function Legend({
  chart,
  rows,
  reachMs,
}: {
  readonly chart: HostChart;
  readonly rows: readonly SeriesRow[];
  readonly reachMs: number;
}) {
  const atMs = useCrossHair((known) => known.atMs);
  const row = atMs === null ? null : rowAt(rows, atMs, reachMs);
  const valueOf = (line: number): number | null => (atMs === null ? newest(rows, line) : (row?.values[line] ?? null));
  const all = chart.lines.map(({ label }, index) => ({ label, index, value: valueOf(index) }));
  const shown = chart.crowd
    ? all
        .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1))
        .slice(0, 1)
        .map((line) => ({ ...line, label: `highest of ${all.length}: ${line.label}` }))
    : all;
  return (
    <ul className="plain chart-legend">
      {shown.map(({ label, index, value }) => (
        <li key={chart.crowd ? 'highest' : label}>
          <svg
            className={`line-key ${lineClass(chart, index)}`}
            width="16"
            height="8"
            viewBox="0 0 16 8"
            aria-hidden="true"
          >
            <path d="M0 4h16" />
          </svg>
          <span className="quiet">{label}</span>
          <strong>{readingText(value, chart.unit)}</strong>
        </li>
      ))}
    </ul>
  );
}

interface DotProps {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly index?: number;
}

function Plot({
  chart,
  rows,
  fromMs,
  toMs,
  anomalies,
  chosen,
}: Omit<HostChartProps, 'series'> & { readonly rows: readonly SeriesRow[] }) {
  const highest = highestOf(rows);
  const y = useMemo(() => readingAxis(highest, chart.unit, chart.least), [highest, chart]);
  const x = useMemo(() => timeAxis(fromMs, toMs, SPARSE_STEPS), [fromMs, toMs]);
  const words = chart.lines.map(({ label }, index) => `${label} ${readingText(newest(rows, index), chart.unit)}`);
  return (
    <ComposedChart
      className="plot"
      responsive
      data={[...rows]}
      margin={MARGIN}
      accessibilityLayer={false}
      role="img"
      aria-label={`${chart.title}: ${words.join(', ')}`}
    >
      <CartesianGrid vertical={false} />
      <XAxis
        dataKey="atMs"
        type="number"
        domain={[...x.domain]}
        ticks={[...x.ticks]}
        tickFormatter={x.tickText}
        tickLine={false}
        allowDataOverflow
        height={20}
      />
      <YAxis
        domain={[0, y.top]}
        ticks={[...y.ticks]}
        tickFormatter={y.tickText}
        width={64}
        axisLine={false}
        tickLine={false}
        interval={0}
      />
      {chart.lines.map(({ key }, index) => (
        <Line
          key={key}
          className={`small-line ${lineClass(chart, index)}`}
          dataKey={({ values }: SeriesRow) => values[index]}
          type="linear"
          dot={loneDot(rows, index, lineClass(chart, index))}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
      <CrossHair />
      <CrossPlane />
      <AnomalyMarks anomalies={anomalies} chosen={chosen} />
    </ComposedChart>
  );
}

/** A reading without neighbours would draw no line at all. */
const loneDot = (rows: readonly SeriesRow[], line: number, className: string) => {
  const known = (at: number): boolean => (rows[at]?.values[line] ?? null) !== null;
  return ({ cx, cy, index = -1 }: DotProps) =>
    cx !== undefined && cy !== undefined && known(index) && !known(index - 1) && !known(index + 1) ? (
      <circle key={index} className={`lone ${className}`} cx={cx} cy={cy} r={2} />
    ) : (
      <g key={index} />
    );
};

export const HostChartFigure = memo(function HostChartFigure(props: HostChartProps) {
  const { chart, series, fromMs, toMs } = props;
  const rows = useMemo(() => seriesRows(chart.lines, series, [fromMs, toMs]), [chart, series, fromMs, toMs]);
  return (
    <figure className="small-chart">
      <figcaption>
        <h3>{chart.title}</h3>
      </figcaption>
      <Legend chart={chart} rows={rows} reachMs={REACH * shareMs(toMs - fromMs)} />
      <div className={rows.length === 0 ? 'small-plot empty' : 'small-plot'}>
        {rows.length === 0 ? (
          <p className="quiet">The line begins with the second reading.</p>
        ) : (
          <div>
            <Plot {...props} rows={rows} />
          </div>
        )}
      </div>
    </figure>
  );
});
