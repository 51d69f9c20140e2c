// The mouse vector. In: the mouse events of a window, in time order. Out: 38 numbers in the order of the table.
import type { MouseEvent } from '../events.ts';
import { completeVector, type CompleteVector, type Feature } from './feature-table.ts';
import { motionOf } from './kinematics.ts';
import { mouseActivity } from './mouse-activity.ts';
import { CLICK_FEATURES, clickValues } from './mouse-clicks.ts';
import { MICRO_FEATURES, microValues } from './mouse-micro.ts';
import { TRAJECTORY_FEATURES, trajectoryValues } from './mouse-trajectory.ts';
import { mouseStrokes } from './strokes.ts';

/** 20 trajectory, 10 click and 8 micro-movement and scroll features. */
export const MOUSE_FEATURES: readonly Feature[] = [...TRAJECTORY_FEATURES, ...CLICK_FEATURES, ...MICRO_FEATURES];

export interface MouseVector extends CompleteVector {
  /** Mouse events in the window. */
  readonly events: number;
  /** Movements long enough to be measured; below three the trajectory features mean little. */
  readonly strokes: number;
}

/**
 * @param fallback the population's mean, 38 numbers, for features that the window cannot give; 0 where left out
 * @throws RangeError for a fallback of another length
 */
export function mouseVector(events: readonly MouseEvent[], fallback?: Float32Array): MouseVector {
  const motions = mouseStrokes(events).map(motionOf);
  const activity = mouseActivity(events);
  const values = new Float64Array(MOUSE_FEATURES.length);
  let from = 0;
  for (const part of [
    trajectoryValues(motions, activity),
    clickValues(events, activity),
    microValues(motions, events),
  ]) {
    values.set(part, from);
    from += part.length;
  }
  return { ...completeVector(values, fallback), events: events.length, strokes: motions.length };
}
