// The drawing of one cost over time: its line with the outline of least and greatest, the budget as a line, the steps of the governor, and
// where it is going. Drawn by hand, as the charts of the page Host are.
import { memo, useMemo } from 'react';
import type { Point } from '../../../src-preload/thin-series.ts';
import { bandPath, GREATEST, limitAxis, MEAN } from '../../resource-history.ts';
import type { StepSpan } from '../../resource-history.ts';
import type { SeriesRow } from '../../host-series.ts';
import { linePath, plotFrame } from '../../small-plot.ts';
import type { PlotFrame } from '../../small-plot.ts';
import { SPARSE_STEPS, timeAxis } from '../../time-axis.ts';
import { CrossHair, CrossPlane } from '../host/plot-marks.tsx';
import { Axes } from '../host/small-plot.tsx';

/** Marks that are closer would cover each other; the stretch itself is drawn all the same. */
const APART = 14;
/** A short one is still seen. */
const THINNEST = 2;

interface SpansProps {
  readonly frame: PlotFrame;
  readonly spans: readonly StepSpan[];
  readonly titleOf: (span: StepSpan) => string;
}

function Spans({ frame: { left, right, top, bottom, xOf }, spans, titleOf }: SpansProps) {
  let marked = -Infinity;
  return spans.map((span) => {
    const [from, to] = [Math.max(left, xOf(span.fromMs)), Math.min(right, xOf(span.toMs))];
    if (to < left || from > right) return null;
    const named = from - marked >= APART;
    if (named) marked = from;
    return (
      <g key={span.fromMs} className="step-span">
        <title>{titleOf(span)}</title>
        <rect x={from} y={top} width={Math.max(THINNEST, to - from)} height={bottom - top} />
        <path d={`M${from} ${bottom}H${Math.max(from + THINNEST, to)}`} />
        {named && (
          <text x={from} y={top - 5}>
            {span.step}
          </text>
        )}
      </g>
    );
  });
}

interface ResourcePlotProps {
  /** The chart in words. */
  readonly label: string;
  readonly unit: string;
  readonly least: number;
  readonly rows: readonly SeriesRow[];
  readonly limit: number | null;
  readonly spans: readonly StepSpan[];
  readonly titleOf: (span: StepSpan) => string;
  /** From the present on; empty where nothing is foretold. */
  readonly ahead: readonly Point[];
  readonly width: number;
  readonly fromMs: number;
  readonly nowMs: number;
  /** The end of the axis; `nowMs`, or later. */
  readonly toMs: number;
}

const asRows = (points: readonly Point[]): readonly SeriesRow[] =>
  points.map(([atMs, value]) => ({ atMs, values: [value] }));

const highestIn = (rows: readonly SeriesRow[]): number =>
  rows.reduce((most, { values }) => Math.max(most, values[GREATEST] ?? 0), 0);

export const ResourcePlot = memo(function ResourcePlot(props: ResourcePlotProps) {
  const { label, unit, least, rows, limit, spans, titleOf, ahead, width, fromMs, nowMs, toMs } = props;
  const highest = ahead.reduce((most, [, value]) => Math.max(most, value), highestIn(rows));
  const { frame, yTicks, limitY } = useMemo(() => {
    const axis = limitAxis(highest, limit, unit, least);
    const frame = plotFrame(width, fromMs, toMs, axis.top);
    const yTicks = axis.ticks.map((tick) => ({ y: frame.yOf(tick), text: axis.tickText(tick) }));
    return { frame, yTicks, limitY: limit !== null && axis.holdsLimit ? frame.yOf(limit) : null };
  }, [highest, limit, unit, least, width, fromMs, toMs]);
  const xTicks = useMemo(() => {
    const { ticks, tickText } = timeAxis(fromMs, toMs, SPARSE_STEPS);
    return ticks.map((tick) => ({ x: frame.xOf(tick), text: tickText(tick) }));
  }, [frame, fromMs, toMs]);
  const { left, right, top, bottom } = frame;
  const present = frame.xOf(nowMs);
  return (
    <svg className="small-svg" width={width} height={bottom + 20} role="img" aria-label={label}>
      {toMs > nowMs && (
        <rect className="plot-future" x={present} y={top} width={right - present} height={bottom - top} />
      )}
      <Axes frame={frame} yTicks={yTicks} xTicks={xTicks} />
      <Spans frame={frame} spans={spans} titleOf={titleOf} />
      <path className="small-band" d={bandPath(rows, frame)} />
      {limitY !== null && <path className="limit-line" d={`M${left} ${limitY}H${right}`} />}
      <path className="small-line" d={linePath(rows, MEAN, frame)} />
      <path className="small-line ahead-line" d={linePath(asRows(ahead), MEAN, frame)} />
      <CrossHair frame={frame} />
      <CrossPlane frame={frame} />
    </svg>
  );
});
