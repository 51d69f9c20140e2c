// What the API tells of, as the agent's parts give it.
import type {
  GuardStatus,
  LogAlert,
  Push,
  SettingsView,
  Snapshot,
  TrustPoint,
} from '../../../../src-preload/contract.ts';
import type { ResourceDesk } from '../../budget/resource-desk.ts';
import type { InputEvent } from '../../events.ts';
import type { ApiCounts } from './answers.ts';
import type { Monitor } from '../../monitor/monitor.ts';

export interface ApiSources {
  readonly version: string;
  readonly snapshot: () => Snapshot;
  readonly resources: Pick<ResourceDesk, 'view' | 'history'>;
  /** Oldest first, thinned to `most`; changes of the state are never thinned away. */
  readonly trustHistory: (fromMs: number, toMs: number, most: number) => readonly TrustPoint[];
  /** Newest first. */
  readonly alerts: (limit: number) => readonly LogAlert[];
  readonly guard: () => GuardStatus;
  readonly monitor: Monitor;
  /** To a database and to Redis, and what comes from elsewhere. */
  readonly ways: () => Pick<SettingsView, 'influx' | 'redis' | 'stages'>;
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  /**
   * Takes what somebody did at another keyboard, and answers why not where it does not. null: this run watches the devices of this
   * machine, and nobody else may speak for them.
   */
  readonly takeInput: ((event: InputEvent) => string | null) | null;
  /** The present on the clock of the events. */
  readonly nowMs: () => number;
}

/** What an answer may need besides: the API's own state. */
export interface ApiContext extends ApiSources {
  readonly counts: () => ApiCounts;
  readonly uptimeS: () => number;
}
