// What was moved while nothing could be learned in; out, when somebody vouches for it, its windows. In memory alone, bounded.
import { activeWindows } from './active-windows.ts';
import type { MouseEvent } from './events.ts';
import type { StoredWindow } from './store/store.ts';
import { MOST_UNLEARNED_MS } from './track.ts';

/** A window that is not of any profile yet. */
export type LooseWindow = Omit<StoredWindow, 'profile'>;

export interface UnlearnedMoves {
  /** Every event, in order. */
  readonly accept: (event: MouseEvent) => void;
  /** From now on, or still, nothing can be learned. @returns the stretches that were completed since: to be measured and held. */
  readonly doubt: () => readonly (readonly MouseEvent[])[];
  /** What was to be learned from, or would have been. */
  readonly hold: (windows: readonly LooseWindow[]) => void;
  /** What comes now is learned. */
  readonly trust: () => void;
  /** Another sitting. */
  readonly cut: () => void;
  /** Takes out everything. */
  readonly take: () => readonly LooseWindow[];
}

export function unlearnedMoves(windowUs: number): UnlearnedMoves {
  const active = activeWindows<MouseEvent>(windowUs);
  let inDoubt = false;
  let held: readonly LooseWindow[] = [];
  return {
    accept: (event) => {
      if (inDoubt) active.push(event);
    },
    doubt: () => {
      inDoubt = true;
      return active.take();
    },
    hold: (windows) => {
      if (windows.length === 0) return;
      const all = [...held, ...windows];
      // What came first is what an alarm is about.
      held = all.filter(({ ts }) => ts <= (all[0]?.ts ?? 0) + MOST_UNLEARNED_MS * 1000);
    },
    trust: () => {
      if (inDoubt) active.clear();
      inDoubt = false;
    },
    cut: active.clear,
    take: () => {
      const all = held;
      held = [];
      return all;
    },
  };
}
