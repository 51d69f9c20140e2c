// The host monitor: what this machine does enters by its collectors; series, events, anomalies and trends leave. One round a second: the
// readings go onto a bus, from there into the series, and the watched metrics are judged.
import type {
  Anomaly,
  HostEvent,
  HostEventType,
  MetricEvent,
  Trend,
  UserSettings,
} from '../../../src-preload/contract.ts';
import { createBus, type BusMetrics } from '../bus/ring-bus.ts';
import type { Availability } from '../collect/collector.ts';
import type { ClockReading } from '../collect/host/host-clock.ts';
import { createHostCollector, type CollectorParts } from '../collect/host/host-collector.ts';
import { readHostFacts, type HostFacts } from '../collect/host/host-facts.ts';
import type { HostSource } from '../collect/host/host-source.ts';
import { hostSources } from '../collect/host/index.ts';
import { createSyscallSource, type SyscallSource } from '../collect/syscalls/syscall-source.ts';
import { threadMs } from '../thread-time.ts';
import { messageOf } from '../thrown.ts';
import { createAnomalyDesk } from './anomaly-desk.ts';
import { unitOf } from './metric-words.ts';
import type { MemoryStore } from './monitor-memory.ts';
import { createStreamProcessor } from './stream-processor.ts';
import type { SyscallsAnswer } from './syscalls-type.ts';
import { createTrendDesk } from './trend-desk.ts';
import { windowStatistics, type WindowStatistics } from './window-statistics.ts';

export interface MetricHistory {
  readonly key: string;
  readonly unit: string;
  /** Milliseconds since the epoch, oldest first. */
  readonly points: readonly (readonly [atMs: number, value: number])[];
  readonly statistics: WindowStatistics | null;
}

export interface MonitorStats {
  readonly running: boolean;
  readonly intervalMs: number;
  readonly rounds: number;
  /** Of one core, what the rounds take: the readings and all that is made of them. */
  readonly cpuPercent: number;
  /** By source. One that is missing here has not been looked at yet. */
  readonly sources: Readonly<Record<string, Availability>>;
  readonly bus: BusMetrics;
  readonly series: number;
  readonly processes: number;
  /** Taken in so far, by type. */
  readonly events: Readonly<Partial<Record<HostEventType, number>>>;
  readonly anomalies: number;
}

export interface Monitor {
  /** Puts the settings in force into effect: starts, stops, changes the interval. Never rejects. */
  readonly apply: () => Promise<void>;
  /** The newest event of each source, by its name; none before the first round. */
  readonly realtime: () => Readonly<Record<string, MetricEvent>>;
  readonly keys: () => readonly string[];
  /** null for a metric that has never been seen. */
  readonly history: (key: string, seconds: number) => MetricHistory | null;
  /** Newest first; those of earlier runs included. */
  readonly anomalies: (limit: number) => readonly Anomaly[];
  readonly trends: () => readonly Trend[];
  /** Newest first; of one type, or of all for null. */
  readonly events: (type: HostEventType | null, limit: number) => readonly HostEvent[];
  readonly stats: () => MonitorStats;
  /** Takes in a reading that somebody else has made: a source of its own, beside those of this machine. */
  readonly take: (event: MetricEvent) => void;
  /** The newest reading of the privileged helper, or why there is none. */
  readonly syscalls: () => SyscallsAnswer;
  /** Anomalies of a period, and of one without ends also what was learned of this machine. The last minutes, in memory, pass by themselves. */
  readonly forget: (fromMs: number, toMs: number) => void;
  /** What does not change: found when first asked for, which takes a second or two. */
  readonly facts: () => Promise<HostFacts>;
  /**
   * @param types which events; null for all. @param listener gets them in order, some milliseconds after they came. One that throws loses
   * that event, which is counted; one that is slow loses the oldest, which is counted too. @param looksOn whether it is for somebody who
   * looks: then processes are read each second.
   * @returns ends it.
   */
  readonly subscribe: (
    name: string,
    types: readonly HostEventType[] | null,
    listener: (event: HostEvent) => void,
    looksOn?: boolean,
  ) => () => void;
  /** Stops for good and keeps what was learned. */
  readonly stop: () => Promise<void>;
}

export interface MonitorParts {
  /** In force at this moment. */
  readonly settings: () => UserSettings['monitor'];
  readonly store: MemoryStore;
  readonly tell: (problem: string) => void;
  /** Other ones for tests. @param urgent whether what is read seldom is to be read now */
  readonly sources?: readonly HostSource[] | ((urgent: () => boolean) => readonly HostSource[]);
  readonly syscalls?: SyscallSource;
  readonly collector?: Pick<CollectorParts, 'clock' | 'alarm'>;
}

/** Enough for each subscriber to be 10,000 events behind. */
const QUEUE = 16_384;
/** Whoever asks for the newest readings is taken to look on for so long: a page asks with each round. */
const LOOK_MS = 5000;
/** Of the mean cost of a round: that of about a minute. */
const COST_WEIGHT = 1 / 60;
const MS_PER_S = 1000;

/** Starts nothing before `apply`. */
export function createMonitor(parts: MonitorParts): Monitor {
  const { settings, store, tell, syscalls = createSyscallSource(), collector: timing } = parts;
  const { sources = (urgent: () => boolean) => hostSources({ commandLines: () => settings().commandLines, urgent }) } =
    parts;
  const bus = createBus<HostEvent>(QUEUE, (name, error) => tell(`${name}: ${String(error)}`));
  const processor = createStreamProcessor();
  const taken = bus.subscribe('processor');
  const listeners = new Map<ReturnType<typeof bus.subscribe>, (event: HostEvent) => void>();
  const anomalies = createAnomalyDesk(processor, store);
  const trends = createTrendDesk(processor);
  const lookers = new Set<object>();
  const urgent = (): boolean => anomalies.suspects() || lookers.size > 0 || now.steadyMs - askedMs < LOOK_MS;
  const collector = createHostCollector({
    // The helper's come first, as the processes come last.
    sources: typeof sources === 'function' ? [syscalls.source, ...sources(urgent)] : sources,
    intervalMs: settings().intervalSeconds * MS_PER_S,
    ...timing,
  });
  const health: Record<string, Availability> = {};
  let facts: Promise<HostFacts> | null = null;
  const state = { running: false, ended: false, rounds: 0, costMs: 0 };
  /** Of the last round: between the two clocks lies what was slept and set since. */
  let now = { steadyMs: 0, wallMs: 0 };
  let askedMs = -Infinity;
  let handing: NodeJS.Immediate | null = null;

  const takeIn = (): void => void taken.drain((event) => processor.accept(event, now.steadyMs));
  const handOut = (): void => {
    handing = null;
    takeIn();
    for (const [subscription, listener] of listeners) subscription.drain(listener);
  };
  // Slow sources answer between two rounds; and nobody's listener may hold up a round.
  bus.onPending(() => (handing ??= setImmediate(handOut)));

  function round({ steadyMs, timestampUs, gap }: ClockReading, beganMs: number): void {
    now = { steadyMs, wallMs: timestampUs / 1000 };
    takeIn();
    try {
      judge(timestampUs, gap);
      processor.tidy();
    } catch (error) {
      // A mistake in judging must not end the agent, nor the readings.
      tell(`The host monitor could not judge a reading: ${messageOf(error)}`);
    }
    state.rounds += 1;
    state.costMs += (threadMs() - beganMs - state.costMs) * Math.max(COST_WEIGHT, 1 / state.rounds);
  }
  function judge(timestampUs: number, gap: boolean): void {
    const { steadyMs, wallMs } = now;
    const moment = { steadyMs, atMs: wallMs, intervalMs: settings().intervalSeconds * MS_PER_S, gap };
    for (const anomaly of anomalies.round(moment))
      bus.publish({ timestamp: timestampUs, event_type: 'anomaly', source: anomaly.family, data: anomaly });
    for (const trend of trends.round(steadyMs, wallMs))
      bus.publish({ timestamp: timestampUs, event_type: 'trend', source: sourceOf(trend.key), data: trend });
  }
  async function apply(): Promise<void> {
    const { enabled, intervalSeconds } = settings();
    const wanted = enabled && !state.ended;
    collector.setIntervalMs(intervalSeconds * MS_PER_S);
    if (wanted === state.running) return;
    state.running = wanted;
    if (!wanted) {
      anomalies.save();
      return await collector.stop();
    }
    await collector.start({
      publish: bus.publish,
      report: (name, availability) => (health[name] = availability),
      roundEnded: round,
    });
  }
  return {
    apply,
    realtime: () => {
      askedMs = now.steadyMs;
      return Object.fromEntries([...processor.latest()].filter(isMetric));
    },
    keys: processor.keys,
    history: (key, seconds) => {
      const window = processor.window(key, now.steadyMs - seconds * MS_PER_S);
      if (window === null) return null;
      const { times, values } = window;
      const shift = now.wallMs - now.steadyMs;
      const points = Array.from(times, (atMs, i) => [atMs + shift, values[i] as number] as const);
      return { key, unit: unitOf(key), points, statistics: windowStatistics(values) };
    },
    anomalies: anomalies.newest,
    trends: trends.trends,
    events: processor.events,
    stats: () => ({
      running: state.running,
      intervalMs: settings().intervalSeconds * MS_PER_S,
      rounds: state.rounds,
      cpuPercent: (100 * state.costMs) / (settings().intervalSeconds * MS_PER_S),
      sources: { ...health },
      bus: bus.metrics(),
      ...processor.sizes(),
      events: processor.counts(),
      anomalies: anomalies.count(),
    }),
    take: bus.publish,
    syscalls: () =>
      settings().enabled
        ? syscalls.newest()
        : { ok: false, reason: 'the host monitor is turned off', fix: 'Turn it on under Settings.' },
    forget: anomalies.forget,
    facts: () => (facts ??= readHostFacts()),
    subscribe: (name, types, listener, looksOn = true) => {
      const subscription = bus.subscribe(
        name,
        types === null ? undefined : ({ event_type }) => types.includes(event_type),
      );
      listeners.set(subscription, listener);
      if (looksOn && (types?.includes('process_metric') ?? true)) lookers.add(subscription);
      return () => {
        listeners.delete(subscription);
        lookers.delete(subscription);
        subscription.close();
      };
    },
    stop: async () => {
      state.ended = true;
      await apply();
      if (handing !== null) clearImmediate(handing);
    },
  };
}

const sourceOf = (key: string): string => key.slice(0, key.indexOf('.'));
const isMetric = (entry: [string, HostEvent]): entry is [string, MetricEvent] =>
  entry[1].event_type !== 'anomaly' && entry[1].event_type !== 'trend';
