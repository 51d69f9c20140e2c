// This host in the fleet view as a part of the agent: there when the settings name a Redis, and nothing at all when they do not. In: the
// settings, and what the agent knows. Out: an entry in Redis.
import { hostname, userInfo } from 'node:os';
import type { UserSettings } from '../../../../src-preload/contract.ts';
import type { HostPresence } from '../../../../src-preload/fleet.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { Guard } from '../../guard/guard.ts';
import { installationId } from '../../installation.ts';
import type { HostDesk } from '../../monitor/host-desk.ts';
import type { Store } from '../../store/store.ts';
import type { ApiSources } from '../api/api-sources.ts';
import { hasOpen, MOST_LISTED, presenceOf, type Teller, type Told } from './presence-view.ts';
import { startPresence, type PresenceLine, type PresenceWriter } from './presence-writer.ts';

export interface Presence {
  /** Puts the settings in force into effect; after the connection has done so. Never rejects. */
  readonly apply: () => Promise<void>;
  /** Signs off; before the connection is closed. Never rejects. */
  readonly stop: () => Promise<void>;
}

export interface PresenceOptions {
  readonly line: PresenceLine;
  readonly settings: () => UserSettings['redis'];
  readonly store: Pick<Store, 'get' | 'set' | 'decisions'>;
  readonly role: () => HostPresence['role'];
  readonly told: Pick<ApiSources, 'version' | 'snapshot' | 'resources'>;
  readonly guard: Pick<Guard, 'status' | 'incidents'>;
  readonly host: Pick<HostDesk, 'anomalies'>;
  readonly notice: (text: string | null) => void;
}

const DAY_MS = 86_400_000;
/** With those that somebody has acknowledged among them, which are left out. */
const INCIDENTS_LOOKED_AT = 20;

export function createPresence(options: PresenceOptions): Presence {
  const { line, settings, notice } = options;
  const startedMs = Math.round(performance.timeOrigin);
  let writer: PresenceWriter | null = null;
  const stop = async (): Promise<void> => {
    const before = writer;
    writer = null;
    await before?.stop();
    notice(null);
  };
  return {
    apply: async () => {
      if (settings().url === null) return await stop();
      writer ??= startPresence({
        line,
        presence: () => presenceOf(tellerOf(options, startedMs), toldBy(options)),
        ...{ alarm: SYSTEM_ALARM, wallMs: Date.now, notice },
      });
    },
    stop,
  };
}

const tellerOf = ({ store, told, role }: PresenceOptions, startedMs: number): Teller => ({
  id: installationId(store),
  ...{ host: hostname(), user: userInfo().username, version: told.version, role: role(), startedMs },
});

function toldBy({ told, guard, host, store }: PresenceOptions): Told {
  const status = guard.status();
  return {
    ...{ snapshot: told.snapshot(), guard: status, governor: told.resources.view().governor },
    incidents: hasOpen(status) ? guard.incidents(INCIDENTS_LOOKED_AT, undefined, undefined, 'risk') : [],
    anomalies: host.anomalies(Date.now() - DAY_MS),
    decisions: store.decisions(MOST_LISTED),
  };
}
