// This host in the fleet view as a part of the agent: there when the settings name a Redis, and nothing at all when they do not. In: the
// settings, and what the agent knows. Out: an entry in Redis.
import { hostname, userInfo } from 'node:os';
import { randomUUID } from 'node:crypto';
import type { HostPresence } from '../../../../src-preload/fleet.ts';
import type { UserSettings } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { Guard } from '../../guard/guard.ts';
import type { HostDesk } from '../../monitor/host-desk.ts';
import type { Store } from '../../store/store.ts';
import type { ApiSources } from '../api/api-sources.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { hasOpen, MOST_LISTED, presenceOf, type Teller } from './presence-view.ts';
import { startPresence, type PresenceWriter } from './presence-writer.ts';

export interface Presence {
  /** Puts the settings in force into effect. Never rejects. */
  readonly apply: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface PresenceOptions {
  readonly settings: () => UserSettings['redis'];
  readonly dataDir: string;
  readonly store: Pick<Store, 'get' | 'set' | 'decisions'>;
  readonly role: HostPresence['role'];
  readonly told: Pick<ApiSources, 'version' | 'snapshot' | 'resources'>;
  readonly guard: Pick<Guard, 'status' | 'incidents'>;
  readonly host: Pick<HostDesk, 'anomalies'>;
  readonly notice: (text: string | null) => void;
}

const DAY_MS = 86_400_000;
/** With those that somebody has acknowledged among them, which are left out. */
const INCIDENTS_LOOKED_AT = 20;
const ID = 'installation';

export function createPresence(options: PresenceOptions): Presence {
  const { settings, dataDir, notice } = options;
  const startedMs = Math.round(performance.timeOrigin);
  let running: { readonly as: string; readonly link: RedisLink; readonly writer: PresenceWriter } | null = null;
  let ended = false;
  let turn = Promise.resolve();

  const teller = (): Teller => ({
    id: installationOf(options.store),
    ...{ host: hostname(), user: userInfo().username },
    ...{ version: options.told.version, role: options.role, startedMs },
  });
  async function begin(now: UserSettings['redis'] & { readonly url: string }): Promise<void> {
    // The client of Redis is read by those alone who use one.
    const [{ openRedisLink }, { readTarget }] = await Promise.all([
      import('../redis/redis-link.ts'),
      import('../redis/redis-target.ts'),
    ]);
    const link = openRedisLink({
      ...{ target: () => readTarget(now, dataDir), alarm: SYSTEM_ALARM, random: Math.random },
      changed: ({ status }) => status === 'connected' && writer.touch(),
    });
    const writer = startPresence({
      line: { connected: () => link.view().status === 'connected', run: link.run },
      presence: () => presenceOf(teller(), tellOf(options)),
      ...{ alarm: SYSTEM_ALARM, wallMs: Date.now, notice },
    });
    running = { as: JSON.stringify(now), link, writer };
  }
  async function settle(): Promise<void> {
    const { url, ...rest } = settings();
    const as = ended || url === null ? null : JSON.stringify({ ...rest, url });
    if ((running?.as ?? null) === as) return;
    const before = running;
    running = null;
    await before?.writer.stop();
    before?.link.close();
    notice(null);
    if (as !== null && url !== null) await begin({ ...rest, url });
  }
  const apply = (): Promise<void> =>
    (turn = turn
      .then(settle)
      .catch((error: unknown) => notice(`The fleet view misses this machine: ${String(error)}`)));
  return {
    apply,
    stop: async () => {
      ended = true;
      await apply();
    },
  };
}

/** One that is made once and kept with the data: it goes when those go. */
function installationOf(store: Pick<Store, 'get' | 'set'>): string {
  const known = store.get(ID);
  if (known !== null) return known;
  const made = randomUUID();
  store.set(ID, made);
  return made;
}

function tellOf({ told, guard, host, store }: PresenceOptions) {
  const status = guard.status();
  return {
    ...{ snapshot: told.snapshot(), guard: status, governor: told.resources.view().governor },
    incidents: hasOpen(status) ? guard.incidents(INCIDENTS_LOOKED_AT, undefined, undefined, 'risk') : [],
    anomalies: host.anomalies(Date.now() - DAY_MS),
    decisions: store.decisions(MOST_LISTED),
  };
}
