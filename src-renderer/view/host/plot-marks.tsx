// What lies over the lines of a small chart: the shared cross-hair, the plane that moves it, anomalies that lead to their evidence.
import type { PointerEvent } from 'react';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import { clockTimeSeconds } from '../../format.ts';
import { hrefOf } from '../../route.ts';
import type { PlotFrame } from '../../small-plot.ts';
import { visibleText } from '../../visible-text.ts';
import { HOST_SIGNS } from '../../words.ts';
import { ShapeMark } from '../icons.tsx';
import { pointAt, useCrossHair } from './cross-hair.ts';

/** Pixels from the top of the plot up to the middle of a mark. */
const MARK_ABOVE = 8;
/** Marks closer than this would cover each other: of those the worst is drawn, of equals the newest. */
const APART = 12;

interface FrameProps {
  readonly frame: PlotFrame;
}

export function CrossHair({ frame: { left, right, top, bottom, xOf } }: FrameProps) {
  const atMs = useCrossHair((known) => known.atMs);
  if (atMs === null) return null;
  const x = xOf(atMs);
  return x < left || x > right ? null : <line className="cross-hair" x1={x} x2={x} y1={top} y2={bottom} />;
}

export function CrossPlane({ frame: { left, right, top, bottom, msOf } }: FrameProps) {
  const move = ({ clientX, currentTarget }: PointerEvent): void =>
    pointAt(msOf(left + clientX - currentTarget.getBoundingClientRect().left));
  return (
    <rect
      className="cross-plane"
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
      onPointerMove={move}
      onPointerLeave={() => pointAt(null)}
    />
  );
}

interface AnomalyMarksProps extends FrameProps {
  readonly anomalies: readonly HostAnomaly[];
  readonly chosen: number | null;
}

const WEIGHTS = { unusual: 0, 'very unusual': 1 } as const;
const CHOSEN_WEIGHT = 2;

/** For the keyboard the list of anomalies leads to the same places. */
export function AnomalyMarks({ frame: { left, right, top, bottom, xOf }, anomalies, chosen }: AnomalyMarksProps) {
  const weightOf = ({ id, severity }: HostAnomaly): number => (id === chosen ? CHOSEN_WEIGHT : WEIGHTS[severity]);
  const drawn: number[] = [];
  return anomalies
    .toSorted((a, b) => weightOf(b) - weightOf(a) || b.ts - a.ts)
    .map(({ id, ts, severity, sentence }) => {
      const x = xOf(ts);
      if (x < left || x > right || drawn.some((other) => Math.abs(other - x) < APART)) return null;
      drawn.push(x);
      const { shape, tone, word } = HOST_SIGNS[severity];
      const words = `${word}, ${clockTimeSeconds(ts)}: ${visibleText(sentence)}`;
      return (
        <a
          key={id}
          className={`tone-${tone} anomaly-mark${id === chosen ? ' chosen' : ''}`}
          href={hrefOf({ page: 'host', anomaly: id })}
          tabIndex={-1}
          aria-label={words}
        >
          <title>{words}</title>
          <line x1={x} x2={x} y1={top} y2={bottom} />
          <rect x={x - 8} y={top - 16} width={16} height={16} />
          <ShapeMark shape={shape} x={x} y={top - MARK_ABOVE} />
        </a>
      );
    });
}
