// Many calls in, the same work done once a second at most out: now, or a second after the last time; not at all while nobody looks.

export interface OnceASecond {
  /** There is something to do. */
  readonly touch: () => void;
  /** What waits is done now: it is the last word. */
  readonly stop: () => void;
}

export interface OnceASecondParts {
  readonly work: () => void;
  readonly isWatched: () => boolean;
  /** Of a clock that nobody sets. */
  readonly nowMs: () => number;
}

const INTERVAL_MS = 1000;

export function onceASecond({ work, isWatched, nowMs }: OnceASecondParts): OnceASecond {
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  const workIfWatched = (): void => {
    timer = null;
    if (!isWatched()) return;
    lastMs = nowMs();
    work();
  };
  return {
    touch: () => {
      if (timer !== null || !isWatched()) return;
      const waitMs = lastMs + INTERVAL_MS - nowMs();
      if (waitMs <= 0) workIfWatched();
      else timer = setTimeout(workIfWatched, Math.min(waitMs, INTERVAL_MS));
    },
    stop: () => {
      if (timer === null) return;
      clearTimeout(timer);
      workIfWatched();
    },
  };
}

/** Work for it: sends a view when it is not what was sent last. */
export function whenChanged<T>(view: () => T, send: (view: T) => void): () => void {
  let sent: string | null = null;
  return () => {
    const now = view();
    const text = JSON.stringify(now);
    if (text === sent) return;
    sent = text;
    send(now);
  };
}
