// The moment under the cross-hair that all charts of the page Host share. It moves with every movement of the pointer, so that it has a store
// of its own: what does not show it is not drawn anew.
import { create } from 'zustand';

interface CrossHair {
  /** null: the pointer is elsewhere, and the newest readings are shown. */
  readonly atMs: number | null;
}

export const useCrossHair = create<CrossHair>()(() => ({ atMs: null }));

export const pointAt = (atMs: number | null): void => useCrossHair.setState({ atMs });
