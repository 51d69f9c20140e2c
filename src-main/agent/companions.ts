// The companions of the authentication path: the host monitor, the log guard, and the API that tells of all. In: what they may use and whom
// they tell. Out: each, put in step with the settings and stopped together.
import { apiWanted } from '../../src-preload/contract.ts';
import type {
  AgentOptions,
  HostView,
  Incident,
  Notification,
  SettingsView,
  UserSettings,
} from '../../src-preload/contract.ts';
import { startGuard, type Guard } from './guard/guard.ts';
import { createHostDesk, type HostDesk } from './monitor/host-desk.ts';
import { createHostWatch, type HostWatch } from './monitor/host-watch.ts';
import { recordHost } from './monitor/host-recorder.ts';
import { createMonitor, type Monitor } from './monitor/monitor.ts';
import { thriftyGuard, thriftyMonitor, type Economy } from './budget/economy.ts';
import type { PartTimes } from './budget/part-times.ts';
import type { OutsideCollector } from './collect/outside.ts';
import { installationId } from './installation.ts';
import type { ModelGate } from './infer/model-gate.ts';
import type { Notices } from './notices.ts';
import { createApi } from './publish/api/api.ts';
import type { ApiSources } from './publish/api/api-sources.ts';
import { createInflux, type Influx } from './publish/outlets/influx.ts';
import { createRedis } from './publish/redis/redis.ts';
import { createPresence } from './publish/fleet/presence.ts';
import { createStages, type Stages } from './stages/stages.ts';
import type { Tap } from './publish/outlets/tap.ts';
import { createCollecting } from './roles/collector.ts';
import { subjectFacts } from './roles/subject-facts.ts';
import type { Cipher } from './store/cipher.ts';
import type { Store } from './store/store.ts';

export interface CompanionsParts {
  readonly options: Pick<AgentOptions, 'dataDir' | 'logs' | 'source' | 'host' | 'role' | 'settingsFile'>;
  readonly settings: () => UserSettings;
  readonly store: Store;
  readonly cipher: Cipher;
  readonly notices: Notices;
  readonly notify: (notification: Notification) => void;
  readonly incident: (incident: Incident) => void;
  readonly tap: Tap;
  /** What the API tells of besides the two. */
  readonly told: Pick<ApiSources, 'version' | 'snapshot' | 'resources' | 'subscribe' | 'takeInput' | 'nowMs'>;
  readonly fromRedis: OutsideCollector | null;
  readonly host: (view: HostView) => void;
  /** What they may cost at this moment, and whether there is memory for a model. */
  readonly economy: () => Economy;
  readonly gate: ModelGate;
  readonly times: PartTimes;
}

type Ways = Pick<SettingsView, 'api' | 'influx' | 'redis' | 'stages' | 'collecting'>;

export interface Companions {
  readonly monitor: Monitor;
  /** What a page is told of the monitor. */
  readonly host: HostDesk & Pick<HostWatch, 'look'>;
  readonly guard: Guard;
  readonly influx: Pick<Influx, 'rejected'>;
  /** The ways out of this machine, as they stand. */
  readonly ways: () => Ways;
  /** What a scorer elsewhere says, where it is to decide. */
  readonly remote: Stages['score'];
  /** Starts and stops what the settings of this moment say. */
  readonly apply: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createCompanions(parts: CompanionsParts): Companions {
  const { options, settings, store, cipher, notices, told, economy, times } = parts;
  const monitor = createMonitor({
    ...{ settings: () => thriftyMonitor(settings().monitor, economy()), store },
    tell: (text) => notices.about('monitor', 'error', text),
  });
  const desk = createHostDesk(monitor, () => settings().monitor);
  const watch = createHostWatch({ monitor, view: desk.view, push: parts.host, nowMs: () => performance.now() });
  const figures: Pick<Store, 'addRow' | 'addEvent'> = {
    addRow: (...row) => {
      if (economy().figures) store.addRow(...row);
    },
    addEvent: (...event) => {
      if (economy().figures) store.addEvent(...event);
    },
  };
  const endRecord = recordHost({ monitor, store: figures });
  const guard = startGuard({
    ...{ dataDir: options.dataDir, cipher, notice: notices.about, nowMs: Date.now, notify: parts.notify },
    settings: () => thriftyGuard(settings().guard, economy()),
    economy: {
      leastPollMs: () => economy().guardMs,
      mayTrain: () => economy().mayTrain,
      gate: parts.gate,
      timed: (look) => times.timeAsync('guard', look),
    },
    // A recording has no log, and what is in this machine's has nothing to do with it.
    logs: options.source.kind === 'replay' ? [] : options.logs,
  });
  guard.subscribe(parts.incident);
  const nowUs = (): number => told.nowMs() * 1000;
  const collecting = createCollecting({
    ...{ asked: options.role === 'collector', settings: () => settings().redis, store, tap: parts.tap },
    ...{ dataDir: options.dataDir, settingsFile: options.settingsFile, nowUs },
    notice: (text) => notices.about('scorers', 'warning', text),
  });
  const api = createApi({
    ...{ dataDir: options.dataDir, settings: () => settings().api, wanted: () => apiWanted(settings(), options.host) },
    sources: {
      ...told,
      monitor,
      trustHistory: store.trust,
      alerts: guard.alerts,
      guard: guard.status,
      ways: () => ways(),
    },
    notice: (text) => notices.about('api', 'warning', text),
  });
  const warn = (about: string, text: string | null): void => notices.about(about, 'warning', text);
  const id = (): string => installationId(store);
  const stages = createStages({
    ...{ dataDir: options.dataDir, settings, tap: parts.tap, nowUs, notice: warn },
    names: () => subjectFacts(store),
  });
  const influx = createInflux({
    ...{ dataDir: options.dataDir, cipher, tap: stages.outlet, settings: () => settings().influx },
    notice: warn,
  });
  const redis = createRedis({
    ...{ dataDir: options.dataDir, tap: parts.tap, takes: parts.fromRedis, settings: () => settings().redis },
    ...{ id, notice: warn },
  });
  const presence = createPresence({
    ...{ line: redis, settings: () => settings().redis, store, told, guard, host: desk },
    role: () => (options.role === 'collector' || settings().redis.collect ? 'collector' : 'all'),
    notice: (text) => notices.about('fleet', 'warning', text),
  });
  const ways = (): Ways => ({
    ...{ api: api.view(), influx: influx.view(), redis: redis.view(), stages: stages.view() },
    collecting: collecting.view(),
  });
  return {
    monitor,
    host: { ...desk, look: watch.look },
    guard,
    influx,
    ways,
    remote: {
      ...stages.score,
      reauthenticated: () => {
        stages.score.reauthenticated();
        parts.tap.interrupt();
        collecting.reauthenticated();
      },
    },
    apply: async () => {
      await collecting.apply();
      await monitor.apply();
      await guard.apply();
      await api.apply();
      await influx.apply();
      await redis.apply();
      await presence.apply();
      await stages.apply();
    },
    stop: async () => {
      await collecting.stop();
      await api.stop();
      // First of these, for it may hold windows that are to go to the database.
      await stages.stop();
      await influx.stop();
      await presence.stop();
      await redis.stop();
      watch.stop();
      endRecord();
      await monitor.stop();
      await guard.stop();
    },
  };
}
