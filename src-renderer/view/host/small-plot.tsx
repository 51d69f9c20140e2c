// The drawing of a small chart: axes with their units, lines, anomalies, the cross-hair. Drawn by hand: a dozen of Recharts' charts, drawn
// anew each second, took 46 % of a core, these take 2 %.
import { memo, useMemo } from 'react';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import type { HostChart } from '../../host-charts.ts';
import { highestOf } from '../../host-series.ts';
import type { SeriesRow } from '../../host-series.ts';
import { readingAxis } from '../../reading.ts';
import { linePath, PLOT_HEIGHT, plotFrame } from '../../small-plot.ts';
import type { PlotFrame } from '../../small-plot.ts';
import { SPARSE_STEPS, timeAxis } from '../../time-axis.ts';
import { AnomalyMarks, CrossHair, CrossPlane } from './plot-marks.tsx';

/** Half of the width of `12:34`: a time that would stick out is left out. */
const TICK_HALF = 18;

interface AxesProps {
  readonly frame: PlotFrame;
  readonly yTicks: readonly { readonly y: number; readonly text: string }[];
  readonly xTicks: readonly { readonly x: number; readonly text: string }[];
}

export const Axes = ({ frame: { left, right, bottom }, yTicks, xTicks }: AxesProps) => (
  <g className="small-axes">
    {yTicks.map(({ y, text }) => (
      <g key={y}>
        <line x1={left} x2={right} y1={y} y2={y} />
        <text x={left - 8} y={y + 4} textAnchor="end">
          {text}
        </text>
      </g>
    ))}
    {xTicks
      .filter(({ x }) => x >= left + TICK_HALF && x <= right - TICK_HALF)
      .map(({ x, text }) => (
        <text key={text} x={x} y={bottom + 16} textAnchor="middle">
          {text}
        </text>
      ))}
  </g>
);

interface SmallPlotProps {
  /** The chart in words. */
  readonly label: string;
  readonly chart: HostChart;
  readonly rows: readonly SeriesRow[];
  readonly width: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly anomalies: readonly HostAnomaly[];
  readonly chosen: number | null;
}

export const lineClass = ({ crowd }: HostChart, index: number): string => (crowd ? 'line-crowd' : `line-${index}`);

export const SmallPlot = memo(function SmallPlot(props: SmallPlotProps) {
  const { label, chart, rows, width, fromMs, toMs, anomalies, chosen } = props;
  const highest = highestOf(rows);
  const { frame, yTicks } = useMemo(() => {
    const axis = readingAxis(highest, chart.unit, chart.least);
    const frame = plotFrame(width, fromMs, toMs, axis.top);
    return { frame, yTicks: axis.ticks.map((tick) => ({ y: frame.yOf(tick), text: axis.tickText(tick) })) };
  }, [highest, chart, width, fromMs, toMs]);
  const xTicks = useMemo(() => {
    const { ticks, tickText } = timeAxis(fromMs, toMs, SPARSE_STEPS);
    return ticks.map((tick) => ({ x: frame.xOf(tick), text: tickText(tick) }));
  }, [frame, fromMs, toMs]);
  return (
    <svg className="small-svg" width={width} height={PLOT_HEIGHT} role="img" aria-label={label}>
      <Axes frame={frame} yTicks={yTicks} xTicks={xTicks} />
      {chart.lines.map(({ key }, index) => (
        <path key={key} className={`small-line ${lineClass(chart, index)}`} d={linePath(rows, index, frame)} />
      ))}
      <CrossHair frame={frame} />
      <CrossPlane frame={frame} />
      <AnomalyMarks frame={frame} anomalies={anomalies} chosen={chosen} />
    </svg>
  );
});
