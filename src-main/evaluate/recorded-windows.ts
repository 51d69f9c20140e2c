// Recordings in, feature windows cut as the agent cuts them out (30 s, every 5 s with something new in it).
import type { InputEvent } from '../agent/events.ts';
import type { OwnerWindow } from '../agent/learn/negatives.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { VectorPath } from '../agent/vector-path.ts';
import { eventWindow } from '../agent/windows.ts';

export interface CutWindow extends OwnerWindow {
  readonly ts: number;
}

/** Between two recordings of which the second begins before the first has ended. */
const JOINT_US = 2_000_000;

/** The step between two windows that the forests learn from, microseconds. */
export const FOREST_HOP_US = 5_000_000;

/**
 * @param recordings one after the other, as the agent would have seen them.
 * @param hopUs distance of two windows' ends; the window's length gives windows that share nothing.
 * @param edges `full`: no window that reaches beyond the first or last event; `all`: as the agent does, which closes a window at
 *   every hop, also while it is not yet full.
 * @returns vectors with NaN for what a window could not give.
 */
export function cutFeatureWindows<E extends { readonly ts: number }>(
  recordings: readonly (readonly InputEvent[])[],
  modality: VectorPath<E>,
  hopUs: number,
  edges: 'full' | 'all' = 'full',
): CutWindow[] {
  const { windowUs, modalities } = DEFAULT_SETTINGS;
  const window = eventWindow<E>(windowUs);
  const cut: CutWindow[] = [];
  const close = (atUs: number): void => {
    const events = window.until(atUs);
    if (events.length === 0 || (events.at(-1)?.ts ?? 0) <= atUs - hopUs) return;
    const { vector, missing, count } = modality.measure(events);
    if (count < modalities[modality.modality].minEvents) return;
    cut.push({ ts: atUs, vector: vector.map((x, i) => (missing[i] === 1 ? Number.NaN : x)), events: count });
  };
  let endUs: number | null = null;
  for (const event of inSequence(recordings)) {
    const mine = modality.mine(event);
    if (mine === null) continue;
    endUs ??= mine.ts + (edges === 'all' ? hopUs : windowUs);
    for (; mine.ts > endUs; endUs += hopUs) close(endUs);
    window.push(mine);
  }
  if (edges === 'all' && endUs !== null) close(endUs);
  return cut;
}

/** Events of all recordings in the order of time; a recording that begins too early is moved, as a replay moves it. */
export function* inSequence(recordings: readonly (readonly InputEvent[])[]): Generator<InputEvent> {
  let lastUs = 0;
  for (const recording of recordings) {
    const firstUs = recording[0]?.ts ?? 0;
    const shiftUs = firstUs > lastUs ? 0 : lastUs + JOINT_US - firstUs;
    for (const event of recording) {
      lastUs = event.ts + shiftUs;
      yield shiftUs === 0 ? event : { ...event, ts: lastUs };
    }
  }
}
