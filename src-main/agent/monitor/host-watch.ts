// Looks at the host monitor enter, each good for some seconds; while one is, a push leaves with every reading. Without one the monitor is
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
}

/** A page that was closed says nothing, so a look ends by itself. */
export const LOOK_MS = 15_000;

export function createHostWatch({ monitor, view, push }: HostWatchParts): HostWatch {
  let unsubscribe: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pushedUs = -Infinity;

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
      unsubscribe ??= monitor.subscribe('page', null, ({ timestamp }) => {
        // All events of one round bear the same time, and come when all of them are known.
        if (timestamp <= pushedUs) return;
        pushedUs = timestamp;
        push(view());
      });
    },
    stop,
  };
}
