// What is drawn on the time axis of a chart besides its line: pins, the chosen moment, and the plane that takes clicks.
import type { MouseEvent } from 'react';
import { usePlotArea, useXAxisInverseScale, useXAxisScale } from 'recharts';
import type { Lane, PlacedPin } from '../../chart-pins.ts';
import { ShapeMark } from '../icons.tsx';

/** Pixels from the top of the plot up to the middle of the marks of the lowest row, and from row to row. */
const MARK_ABOVE = 9;
const ROW = 15;
/** Above the highest row; and below the lowest of several, whose name must not touch that of the axis. */
const ABOVE_ROWS = 3;
const BELOW_NAMES = 6;

/** Room that rows of marks take above the plot. */
export const roomFor = (lanes: readonly Lane[]): number => lanes.length * ROW + ABOVE_ROWS + below(lanes);

const below = (lanes: readonly Lane[]): number => (lanes.length > 1 ? BELOW_NAMES : 0);

const markY = (plotY: number, lanes: readonly Lane[], lane: Lane): number =>
  plotY - MARK_ABOVE - below(lanes) - Math.max(0, lanes.indexOf(lane)) * ROW;

const LANE_WORDS = { trust: 'State', log: 'Log', host: 'Host' } satisfies Record<Lane, string>;

/** What the rows are of, where there are several. */
export function LaneNames({ lanes }: { readonly lanes: readonly Lane[] }) {
  const plot = usePlotArea();
  if (plot === undefined || lanes.length < 2) return null;
  return lanes.map((lane) => (
    <text key={lane} className="chart-lane" x={plot.x - 4} y={markY(plot.y, lanes, lane) + 4} textAnchor="end">
      {LANE_WORDS[lane]}
    </text>
  ));
}

interface PinsProps {
  readonly pins: readonly PlacedPin[];
  readonly lanes: readonly Lane[];
}

export function Pins({ pins, lanes }: PinsProps) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  if (scale === undefined || plot === undefined) return null;
  return pins.map(({ atMs, shape, tone, title, line, lane, marked }) => {
    const x = scale(atMs);
    if (x === undefined || x < plot.x || x > plot.x + plot.width) return null;
    return (
      <g key={`${lane} ${atMs} ${title}`} className={`tone-${tone} chart-pin`}>
        {line && <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />}
        {marked && (
          <>
            <title>{title}</title>
            <ShapeMark shape={shape} x={x} y={markY(plot.y, lanes, lane)} />
          </>
        )}
      </g>
    );
  });
}

export function ChosenMoment({ atMs }: { readonly atMs: number }) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  const x = scale?.(atMs);
  if (plot === undefined || x === undefined || x < plot.x || x > plot.x + plot.width) return null;
  return (
    <g className="chart-chosen">
      <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />
      <path d={`M${x} ${plot.y + plot.height - 7}l5 7h-10z`} />
    </g>
  );
}

/** Lies over everything, the marks above the plot included. */
export function ClickPlane({ onHit }: { readonly onHit: (atMs: number) => void }) {
  const inverse = useXAxisInverseScale();
  const plot = usePlotArea();
  if (inverse === undefined || plot === undefined) return null;
  const hit = ({ clientX, currentTarget }: MouseEvent): void => {
    const atMs = inverse(plot.x + clientX - currentTarget.getBoundingClientRect().left);
    if (typeof atMs === 'number') onHit(atMs);
  };
  return (
    <rect className="chart-plane" x={plot.x} y={0} width={plot.width} height={plot.y + plot.height} onClick={hit} />
  );
}
