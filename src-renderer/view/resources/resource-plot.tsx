// The drawing of one cost over time: its line with the outline of least and greatest, the budget as a line, the steps of the governor, and
// where it is going. Drawn by hand, as the charts of the page Host are.
import { memo, useMemo } from 'react';
import type { Point } from '../../../src-preload/thin-series.ts';
import { bandPath, limitAxis, MEAN } from '../../resource-history.ts';
import type { StepSpan } from '../../resource-history.ts';
import type { SeriesRow } from '../../host-series.ts';
import { linePath, plotFrame } from '../../small-plot.ts';
import type { PlotFrame } from '../../small-plot.ts';
import { SPARSE_STEPS, timeAxis } from '../../time-axis.ts';
import { CrossHair, CrossPlane } from '../host/plot-marks.tsx';
import { Axes } from '../host/small-plot.tsx';

/** Marks that are closer would cover each other; the stretch itself is drawn all the same. */
const APART = 14;
/** Of a step’s number, two figures wide: none sticks out on the right. */
const FIGURES = 15;
/** A short one is still seen. */
const THINNEST = 2;

interface SpansProps {
  readonly frame: PlotFrame;
  readonly spans: readonly StepSpan[];
}

function Spans({ frame: { left, right, top, bottom, xOf }, spans }: SpansProps) {
  // Of those too close the newest is named.
  let marked = Infinity;
  return spans.toReversed().map((span) => {
    const [from, to] = [Math.max(left, xOf(span.fromMs)), Math.min(right, xOf(span.toMs))];
    if (to < left || from > right) return null;
    const named = marked - from >= APART;
    if (named) marked = from;
    return (
      <g key={span.fromMs} className="step-span">
        <rect x={from} y={top} width={Math.max(THINNEST, to - from)} height={bottom - top} />
        <path d={`M${from} ${bottom}H${Math.max(from + THINNEST, to)}`} />
        {named && (
          <text x={Math.min(from, right - FIGURES)} y={top - 5}>
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
  /** Of all that is drawn. */
  readonly highest: number;
  readonly spans: readonly StepSpan[];
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

export const ResourcePlot = memo(function ResourcePlot(props: ResourcePlotProps) {
  const { label, unit, least, rows, limit, highest, spans, ahead, width, fromMs, nowMs, toMs } = props;
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
      <Spans frame={frame} spans={spans} />
      <path className="small-band" d={bandPath(rows, frame)} />
      {limitY !== null && <path className="limit-line" d={`M${left} ${limitY}H${right}`} />}
      <path className="small-line" d={linePath(rows, MEAN, frame)} />
      <path className="small-line ahead-line" d={linePath(asRows(ahead), MEAN, frame)} />
      <CrossHair frame={frame} />
      <CrossPlane frame={frame} />
    </svg>
  );
});
