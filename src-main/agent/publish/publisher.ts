// What the agent has to tell in, pushes to whoever looks out: at most one snapshot a second, none while nobody looks.
import type {
  AuditEntry,
  Decision,
  Drill,
  Learning,
  Push,
  SettingsView,
  Snapshot,
  TrustPoint,
} from '../../../src-preload/contract.ts';

export interface Publisher {
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  /** Something in the snapshot has changed: it goes out now, or a second after the last one. */
  readonly touch: () => void;
  readonly trustPoint: (point: TrustPoint) => void;
  readonly decision: (decision: Decision) => void;
  readonly audit: (entry: AuditEntry) => void;
  readonly settings: (view: SettingsView) => void;
  readonly learning: (view: Learning) => void;
  /** Whether anybody looks. */
  readonly isWatched: () => boolean;
  /** Goes out now, or a second after the last one unless a newer one has taken its place. */
  readonly drill: (drill: Drill) => void;
  readonly stop: () => void;
}

const INTERVAL_MS = 1000;

export function createPublisher(snapshot: () => Snapshot, nowMs: () => number): Publisher {
  const listeners = new Set<(push: Push) => void>();
  const send = (push: Push): void => {
    for (const listener of listeners) listener(push);
  };
  let drill: Drill | null = null;
  const wanted = (): boolean => listeners.size > 0;
  const snapshots = atMostOnceASecond(nowMs, wanted, () => send({ push: 'snapshot', data: snapshot() }));
  const drills = atMostOnceASecond(nowMs, wanted, () => {
    if (drill !== null) send({ push: 'drill', data: drill });
  });
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      listener({ push: 'snapshot', data: snapshot() });
      return () => listeners.delete(listener);
    },
    touch: snapshots.due,
    trustPoint: (data) => send({ push: 'trustPoint', data }),
    decision: (data) => send({ push: 'decision', data }),
    audit: (data) => send({ push: 'audit', data }),
    settings: (data) => send({ push: 'settings', data }),
    learning: (data) => send({ push: 'learning', data }),
    isWatched: () => listeners.size > 0,
    drill: (data) => {
      drill = data;
      drills.due();
    },
    stop: () => {
      snapshots.stop();
      drills.stop();
      listeners.clear();
    },
  };
}

interface Rhythm {
  readonly due: () => void;
  readonly stop: () => void;
}

/** The first time at once, the last one never lost. */
function atMostOnceASecond(nowMs: () => number, wanted: () => boolean, send: () => void): Rhythm {
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  const sendNow = (): void => {
    timer = null;
    if (!wanted()) return;
    lastMs = nowMs();
    send();
  };
  return {
    due: () => {
      if (!wanted() || timer !== null) return;
      const waitMs = lastMs + INTERVAL_MS - nowMs();
      if (waitMs <= 0) sendNow();
      else timer = setTimeout(sendNow, Math.min(waitMs, INTERVAL_MS));
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
