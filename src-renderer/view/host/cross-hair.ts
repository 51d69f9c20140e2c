// The moment under the cross-hair that all charts of a page share, and how the keys move it. It moves with every movement of the pointer, so that it has a store
// of its own: what does not show it is not drawn anew.
import type { KeyboardEvent } from 'react';
import { create } from 'zustand';

interface CrossHair {
  /** null: the pointer is elsewhere, and the newest readings are shown. */
  readonly atMs: number | null;
}

export const useCrossHair = create<CrossHair>()(() => ({ atMs: null }));

export const pointAt = (atMs: number | null): void => useCrossHair.setState({ atMs });

const BIG_STEP = 10;

/** From point to point with the arrow keys, to both ends, and away. @param bucketMs from one point to the next. */
export const moveByKeys =
  (fromMs: number, toMs: number, bucketMs: number) =>
  (event: KeyboardEvent): void => {
    const { atMs } = useCrossHair.getState();
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -BIG_STEP, PageDown: BIG_STEP }[event.key];
    if (event.key === 'Escape') return pointAt(null);
    const aim = event.key === 'Home' ? fromMs : event.key === 'End' ? toMs : null;
    if (steps === undefined && aim === null) return;
    event.preventDefault();
    pointAt(Math.min(toMs, Math.max(fromMs, aim ?? (atMs ?? toMs) + (steps ?? 0) * bucketMs)));
  };
