// The line of trust with its band. In: points, a time axis, pins. Out: the drawing; gaps as gaps, nothing animated.
import { useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import type { TrustPoint } from '../../../src-preload/contract.ts';
import { meantMs } from '../../chart-pins.ts';
import type { Lane, PlacedPin } from '../../chart-pins.ts';
import { chartRows, gapMs } from '../../history.ts';
import type { ChartRow } from '../../history.ts';
import type { TimeAxis } from '../../time-axis.ts';
import { ChosenMoment, ClickPlane, LaneNames, Pins, roomFor } from './pins.tsx';
import { Tip } from './tip.tsx';

const TRUST_TICKS = [0, 25, 50, 75, 100];
const MARGIN = { right: 12, bottom: 4, left: 0 };
const TRUST_ALONE: readonly Lane[] = ['trust'];
/** How far from a mark or a point a click still means it: some ten pixels of a chart of common width. */
const REACH_SHARE = 1 / 60;

interface DotProps {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: ChartRow;
}

/** A point without neighbours would draw no line at all. */
const loneDot = ({ cx, cy, payload }: DotProps) =>
  payload?.alone === true && cx !== undefined && cy !== undefined ? (
    <circle key={payload.atMs} className="chart-dot" cx={cx} cy={cy} r={2.5} />
  ) : (
    <g key={payload?.atMs ?? 'gap'} />
  );

interface TrustPlotProps {
  /** The chart for who cannot see it. */
  readonly label: string;
  /** Oldest first, at most 300. */
  readonly points: readonly TrustPoint[];
  readonly axis: TimeAxis;
  readonly pins: readonly PlacedPin[];
  /** The rows of marks, from the plot upwards. */
  readonly lanes?: readonly Lane[];
  readonly timeText: (atMs: number) => string;
  readonly chosenMs?: number | null;
  /** Told the moment that a click means. Without it the chart takes no clicks. */
  readonly onPick?: (atMs: number) => void;
}

export function TrustPlot(props: TrustPlotProps) {
  const { label, points, axis, pins, lanes = TRUST_ALONE, timeText, chosenMs = null, onPick } = props;
  const { domain, ticks, tickText } = axis;
  const lengthMs = domain[1] - domain[0];
  const rows = useMemo(() => [...chartRows(points, gapMs(points, lengthMs))], [points, lengthMs]);
  const margin = useMemo(() => ({ ...MARGIN, top: roomFor(lanes) }), [lanes]);
  return (
    <ComposedChart className="plot" responsive data={rows} margin={margin} aria-label={label}>
      <CartesianGrid vertical={false} />
      <XAxis
        dataKey="atMs"
        type="number"
        domain={[...domain]}
        ticks={[...ticks]}
        tickFormatter={tickText}
        tickLine={false}
        allowDataOverflow
        minTickGap={16}
      />
      <YAxis
        domain={[0, 100]}
        ticks={TRUST_TICKS}
        width={lanes.length > 1 ? 40 : 32}
        axisLine={false}
        tickLine={false}
      />
      <Tooltip content={<Tip timeText={timeText} />} filterNull={false} isAnimationActive={false} />
      <Area className="chart-band" dataKey="band" stroke="none" isAnimationActive={false} activeDot={false} />
      <LaneNames lanes={lanes} />
      <Pins pins={pins} lanes={lanes} />
      <Line className="chart-line" dataKey="trust" type="linear" dot={loneDot} isAnimationActive={false} />
      {chosenMs !== null && <ChosenMoment atMs={chosenMs} />}
      {onPick !== undefined && (
        <ClickPlane onHit={(hitMs) => onPick(meantMs(hitMs, pins, points, lengthMs * REACH_SHARE))} />
      )}
    </ComposedChart>
  );
}
