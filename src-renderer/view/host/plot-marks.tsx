// What lies over the lines of a small chart: the shared cross-hair, the plane that moves it, anomalies that lead to their evidence.
import type { PointerEvent } from 'react';
import { usePlotArea, useXAxisInverseScale, useXAxisScale } from 'recharts';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import { clockTimeSeconds } from '../../format.ts';
import { SEVERITY_SIGNS } from '../../host-words.ts';
import { hrefOf } from '../../route.ts';
import { ShapeMark } from '../icons.tsx';
import { pointAt, useCrossHair } from './cross-hair.ts';

/** Pixels from the top of the plot up to the middle of a mark. */
const MARK_ABOVE = 8;
/** Marks closer than this would cover each other: of those the worst is drawn, of equals the newest. */
const APART = 12;
const US_PER_MS = 1000;

export function CrossHair() {
  const atMs = useCrossHair((known) => known.atMs);
  const scale = useXAxisScale();
  const plot = usePlotArea();
  const x = atMs === null ? undefined : scale?.(atMs);
  if (plot === undefined || x === undefined || x < plot.x || x > plot.x + plot.width) return null;
  return <line className="cross-hair" x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />;
}

export function CrossPlane() {
  const inverse = useXAxisInverseScale();
  const plot = usePlotArea();
  if (inverse === undefined || plot === undefined) return null;
  const move = ({ clientX, currentTarget }: PointerEvent): void => {
    const atMs = inverse(plot.x + clientX - currentTarget.getBoundingClientRect().left);
    if (typeof atMs === 'number') pointAt(atMs);
  };
  const { x, y, width, height } = plot;
  return (
    <rect
      className="cross-plane"
      {...{ x, y, width, height }}
      onPointerMove={move}
      onPointerLeave={() => pointAt(null)}
    />
  );
}

interface AnomalyMarksProps {
  readonly anomalies: readonly HostAnomaly[];
  readonly chosen: number | null;
}

const WEIGHTS = { low: 0, medium: 1, high: 2 } as const;

/** For the keyboard the list of anomalies leads to the same places. */
export function AnomalyMarks({ anomalies, chosen }: AnomalyMarksProps) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  if (scale === undefined || plot === undefined) return null;
  const drawn: number[] = [];
  const weightOf = ({ id, severity }: HostAnomaly): number => (id === chosen ? 3 : WEIGHTS[severity]);
  return anomalies
    .toSorted((a, b) => weightOf(b) - weightOf(a) || b.ts - a.ts)
    .map(({ id, ts, severity, sentence }) => {
      const x = scale(ts / US_PER_MS);
      if (x === undefined || x < plot.x || x > plot.x + plot.width) return null;
      if (drawn.some((other) => Math.abs(other - x) < APART)) return null;
      drawn.push(x);
      const { shape, tone, word } = SEVERITY_SIGNS[severity];
      return (
        <a
          key={id}
          className={`tone-${tone} anomaly-mark${id === chosen ? ' chosen' : ''}`}
          href={hrefOf({ page: 'host', anomaly: id })}
          tabIndex={-1}
          aria-label={`${word}, ${clockTimeSeconds(ts / US_PER_MS)}: ${sentence}`}
        >
          <title>{`${word}, ${clockTimeSeconds(ts / US_PER_MS)}: ${sentence}`}</title>
          <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />
          <rect x={x - 8} y={plot.y - 16} width={16} height={16} />
          <ShapeMark shape={shape} x={x} y={plot.y - MARK_ABOVE} />
        </a>
      );
    });
}
