// The moves between two rests in, what of a movement does not depend on what surrounds it out: one shape as a rule, several where the
// pointer jumped. Remembered as long as the events are: a movement is in the window of every second for a quarter of a minute.
import type { MouseEvent } from '../events.ts';
import { motionOf, type Motion } from './kinematics.ts';
import { framesOf, type MotionFrames } from './motion-frames.ts';
import { motionFeatures } from './stroke-features.ts';
import { mouseStrokes } from './strokes.ts';

export interface MovementShape {
  readonly motion: Motion;
  /** In the order of STROKE_FEATURES, NaN for what tells of the surroundings. */
  readonly values: Float64Array;
  readonly frames: MotionFrames;
}

export type ShapesOf = (moves: readonly MouseEvent[]) => readonly MovementShape[];

export const shapesOf: ShapesOf = (moves) =>
  mouseStrokes(moves).map((stroke) => {
    const motion = motionOf(stroke);
    return { motion, values: motionFeatures(motion), frames: framesOf(motion) };
  });

interface Remembered {
  readonly last: MouseEvent | undefined;
  readonly count: number;
  readonly shapes: readonly MovementShape[];
}

/** The same, for windows that are cut from one stream of events: moves that begin and end with the same events are the same moves. */
export function rememberedShapes(): ShapesOf {
  const known = new WeakMap<MouseEvent, Remembered>();
  return (moves) => {
    const [first] = moves;
    if (first === undefined) return [];
    const last = moves.at(-1);
    const before = known.get(first);
    if (before !== undefined && before.last === last && before.count === moves.length) return before.shapes;
    const shapes = shapesOf(moves);
    known.set(first, { last, count: moves.length, shapes });
    return shapes;
  };
}
