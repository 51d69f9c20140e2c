// The moves between two rests in, what of a movement does not depend on what surrounds it out: one shape as a rule, several where the
// pointer jumped. Remembered as long as the events are: a movement is in the window of every second for a quarter of a minute.
import type { MouseEvent } from '../events.ts';
import { motionOf } from './kinematics.ts';
import { framesOf, type MotionFrames } from './motion-frames.ts';
import { motionFeatures } from './stroke-features.ts';
import { mouseStrokes } from './strokes.ts';

export interface MovementShape {
  /** In the order of STROKE_FEATURES, NaN for what tells of the surroundings. */
  readonly values: Float64Array;
  readonly frames: MotionFrames;
}

/** Of the moves among the events from one place to before another; wheels turn in between. */
export type ShapesOf = (events: readonly MouseEvent[], from: number, to: number) => readonly MovementShape[];

export const shapesOf: ShapesOf = (events, from, to) =>
  mouseStrokes(events, from, to).map((stroke) => {
    const motion = motionOf(stroke);
    return { values: motionFeatures(motion), frames: framesOf(motion) };
  });

interface Remembered {
  readonly last: MouseEvent | undefined;
  readonly events: number;
  readonly shapes: readonly MovementShape[];
}

/** The same, for windows that are cut from one stream of events: what begins and ends with the same events is the same movement. */
export function rememberedShapes(): ShapesOf {
  const known = new WeakMap<MouseEvent, Remembered>();
  return (events, from, to) => {
    const [first, last] = [events[from], events[to - 1]];
    if (first === undefined) return [];
    const before = known.get(first);
    if (before !== undefined && before.last === last && before.events === to - from) return before.shapes;
    const shapes = shapesOf(events, from, to);
    known.set(first, { last, events: to - from, shapes });
    return shapes;
  };
}
