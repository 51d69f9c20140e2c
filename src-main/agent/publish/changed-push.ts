// A view in, sent when it has changed: once a second at most, and not made at all while nobody looks.

export interface ChangedPush {
  /** The view may be another now. */
  readonly touch: () => void;
  /** What waits goes out now: it is the last word. */
  readonly stop: () => void;
}

export interface ChangedPushParts<T> {
  readonly view: () => T;
  readonly send: (view: T) => void;
  readonly isWatched: () => boolean;
  readonly nowMs: () => number;
}

const INTERVAL_MS = 1000;

export function changedPush<T>({ view, send, isWatched, nowMs }: ChangedPushParts<T>): ChangedPush {
  let sent: string | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  const sendIfChanged = (): void => {
    timer = null;
    if (!isWatched()) return;
    lastMs = nowMs();
    const now = view();
    const text = JSON.stringify(now);
    if (text === sent) return;
    sent = text;
    send(now);
  };
  return {
    touch: () => {
      if (timer !== null || !isWatched()) return;
      const waitMs = lastMs + INTERVAL_MS - nowMs();
      if (waitMs <= 0) sendIfChanged();
      else timer = setTimeout(sendIfChanged, Math.min(waitMs, INTERVAL_MS));
    },
    stop: () => {
      if (timer === null) return;
      clearTimeout(timer);
      sendIfChanged();
    },
  };
}
