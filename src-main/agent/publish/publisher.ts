// What the agent has to tell in, pushes to whoever looks out: at most one snapshot a second, none while nobody looks.
import type {
  AuditEntry,
  Decision,
  Drill,
  HostView,
  Learning,
  Incident,
  Push,
  ResourceView,
  SettingsView,
  Snapshot,
  TrustPoint,
} from '../../../src-preload/contract.ts';
import { onceASecond } from './once-a-second.ts';

export interface Publisher {
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  /** Something in the snapshot has changed: it goes out now, or a second after the last one. */
  readonly touch: () => void;
  readonly trustPoint: (point: TrustPoint) => void;
  readonly decision: (decision: Decision) => void;
  readonly audit: (entry: AuditEntry) => void;
  readonly settings: (view: SettingsView) => void;
  readonly learning: (view: Learning) => void;
  /** null: there was none, and nothing is sent. */
  readonly drill: (view: Drill | null) => void;
  /** Whether anybody looks. */
  readonly isWatched: () => boolean;
  readonly incident: (incident: Incident) => void;
  readonly host: (view: HostView) => void;
  readonly resources: (view: ResourceView) => void;
  readonly stop: () => void;
}

export function createPublisher(snapshot: () => Snapshot, nowMs: () => number): Publisher {
  const listeners = new Set<(push: Push) => void>();
  const isWatched = (): boolean => listeners.size > 0;

  const send = (push: Push): void => {
    for (const listener of listeners) listener(push);
  };
  const snapshots = onceASecond({ work: () => send({ push: 'snapshot', data: snapshot() }), isWatched, nowMs });
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      listener({ push: 'snapshot', data: snapshot() });
      return () => listeners.delete(listener);
    },
    touch: snapshots.touch,
    trustPoint: (data) => send({ push: 'trustPoint', data }),
    decision: (data) => send({ push: 'decision', data }),
    audit: (data) => send({ push: 'audit', data }),
    settings: (data) => send({ push: 'settings', data }),
    learning: (data) => send({ push: 'learning', data }),
    drill: (data) => {
      if (data !== null) send({ push: 'drill', data });
    },
    isWatched,
    incident: (data) => send({ push: 'incident', data }),
    host: (data) => send({ push: 'host', data }),
    resources: (data) => send({ push: 'resources', data }),
    stop: () => {
      listeners.clear();
      snapshots.stop();
    },
  };
}
