// The two companions of the authentication path: the host monitor and the log guard. In: what they may use and whom they tell. Out: both,
// put in step with the settings and stopped together.
import type { AgentOptions, Incident, Notification, UserSettings } from '../../src-preload/contract.ts';
import { startGuard, type Guard } from './guard/guard.ts';
import { createMonitor, type Monitor } from './monitor/monitor.ts';
import type { Notices } from './notices.ts';
import type { Cipher } from './store/cipher.ts';
import type { Store } from './store/store.ts';

export interface CompanionsParts {
  readonly options: Pick<AgentOptions, 'dataDir' | 'logs' | 'source'>;
  readonly settings: () => UserSettings;
  readonly store: Store;
  readonly cipher: Cipher;
  readonly notices: Notices;
  readonly notify: (notification: Notification) => void;
  readonly incident: (incident: Incident) => void;
}

export interface Companions {
  readonly monitor: Monitor;
  readonly guard: Guard;
  /** Starts and stops what the settings of this moment say. */
  readonly apply: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createCompanions(parts: CompanionsParts): Companions {
  const { options, settings, store, cipher, notices } = parts;
  const monitor = createMonitor({
    ...{ settings: () => settings().monitor, store },
    tell: (text) => notices.about('monitor', 'error', text),
  });
  const guard = startGuard({
    ...{ dataDir: options.dataDir, cipher, notice: notices.about, nowMs: Date.now, notify: parts.notify },
    settings: () => settings().guard,
    // A recording has no log, and what is in this machine's has nothing to do with it.
    logs: options.source.kind === 'replay' ? [] : options.logs,
  });
  guard.subscribe(parts.incident);
  return {
    monitor,
    guard,
    apply: async () => {
      await monitor.apply();
      await guard.apply();
    },
    stop: async () => {
      await monitor.stop();
      await guard.stop();
    },
  };
}
