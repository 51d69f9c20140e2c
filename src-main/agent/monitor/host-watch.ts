// Looks at the host monitor enter, each good for some seconds; while one is, a push leaves with every round of readings. Without one the monitor is
// not listened to, and nothing is made of its readings.
import type { HostView } from '../../../src-preload/contract.ts';
import type { Monitor } from './monitor.ts';

export interface HostWatch {
  /** Somebody looks, from now on for `LOOK_MS`. */
  readonly look: () => void;
  readonly stop: () => void;
}

export interface HostWatchParts {
  readonly monitor: Pick<Monitor, 'subscribe'>;
  readonly view: () => HostView;
  readonly push: (view: HostView) => void;
  /** Of a clock that nobody sets. */
  readonly nowMs: () => number;
}

/** A page that was closed says nothing, so a look ends by itself. */
export const LOOK_MS = 15_000;
/** Rounds are a second apart or more, give or take what a busy machine is late; what others report may come at any rate. */
const APART_MS = 800;

export function createHostWatch({ monitor, view, push, nowMs }: HostWatchParts): HostWatch {
  let unsubscribe: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pushedMs = -Infinity;

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    unsubscribe?.();
    timer = unsubscribe = null;
  }
  return {
    look: () => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(stop, LOOK_MS);
      // Nobody waits for a look to end.
      timer.unref();
      unsubscribe ??= monitor.subscribe('page', null, () => {
        // The events of a round come together, when all of them are known: the first is enough.
        if (nowMs() - pushedMs < APART_MS) return;
        pushedMs = nowMs();
        push(view());
      });
    },
    stop,
  };
}
