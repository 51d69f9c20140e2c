// What is drawn on the time axis of a chart besides its line: pins, the chosen moment, and the plane that takes clicks.
import type { MouseEvent } from 'react';
import { usePlotArea, useXAxisInverseScale, useXAxisScale } from 'recharts';
import type { PlacedPin } from '../../chart-pins.ts';
import { ShapeMark } from '../icons.tsx';

/** Pixels from the top of the plot up to the middle of a mark. */
const MARK_ABOVE = 9;

export function Pins({ pins }: { readonly pins: readonly PlacedPin[] }) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  if (scale === undefined || plot === undefined) return null;
  return pins.map(({ atMs, shape, tone, title, line, marked }) => {
    const x = scale(atMs);
    if (x === undefined || x < plot.x || x > plot.x + plot.width) return null;
    return (
      <g key={`${atMs} ${title}`} className={`tone-${tone} chart-pin`}>
        {line && <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />}
        {marked && (
          <>
            <title>{title}</title>
            <ShapeMark shape={shape} x={x} y={plot.y - MARK_ABOVE} />
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
