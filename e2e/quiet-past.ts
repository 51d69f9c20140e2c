// A host monitor on the real machine that has already seen a quarter of an hour of it at rest: the seconds before the start are played to
// it at once, each like the machine at this moment, some per cent more or less. From then on it reads the machine itself.
import { setTimeout as wait } from 'node:timers/promises';
import type { MetricData, MetricEvent, Readings } from '../src-preload/contract.ts';
import type { HostClock } from '../src-main/agent/collect/host/host-clock.ts';
import type { HostSource } from '../src-main/agent/collect/host/host-source.ts';
import { hostSources } from '../src-main/agent/collect/host/index.ts';
import { SYSTEM_ALARM, type Alarm } from '../src-main/agent/collect/keep-running.ts';
import { createRandom } from '../src-main/agent/learn/random.ts';
import { createMonitor, type Monitor } from '../src-main/agent/monitor/monitor.ts';

const PAST_S = 900;
const NOW_MS = 4000;
const JITTER = 0.05;
const SETTINGS = { enabled: true, intervalSeconds: 1, commandLines: false };
const FORGETFUL = { get: () => null, set: () => undefined };

/**
 * Its past is over when this resolves, and some seconds of the present are known.
 *
 * @param settled given the monitor when its past has been played; the present begins when it resolves, so that what it does to the machine
 * is neither part of the past nor anything that is told.
 */
export async function monitorWithPast(
  settled: (monitor: Monitor) => Promise<void> = async () => undefined,
): Promise<Monitor> {
  const first = createMonitor({ settings: () => SETTINGS, store: FORGETFUL, tell: complain });
  await first.apply();
  await wait(NOW_MS);
  const now = first.realtime();
  await first.stop();

  let round = 0;
  const present = Promise.withResolvers<void>();
  const isPast = (): boolean => round <= PAST_S;
  const isPlayed = (): boolean => round >= PAST_S;
  const monitor: Monitor = createMonitor({
    settings: () => SETTINGS,
    store: FORGETFUL,
    tell: complain,
    sources: hostSources({ commandLines: () => false }).map((source) => withPast(source, now[source.name], isPast)),
    collector: { alarm: hasty(isPlayed, present.promise), clock: () => clockFrom(() => (round += 1)) },
  });
  await monitor.apply();
  while (!isPlayed()) await wait(20);
  await settled(monitor);
  present.resolve();
  await wait(NOW_MS);
  return monitor;
}

function complain(problem: string): never {
  throw new Error(problem);
}

function withPast(source: HostSource, now: MetricEvent | undefined, isPast: () => boolean): HostSource {
  const random = createRandom(1);
  const shaken = (readings: Readings): Readings =>
    Object.fromEntries(
      Object.entries(readings).map(([field, value]) => [
        field,
        value === null ? null : value * (1 + JITTER * random.normal()),
      ]),
    );
  const past = ({ values, parts, top }: MetricData): MetricData => ({
    values: shaken(values),
    parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, shaken(part)])),
    ...(top === undefined ? {} : { top }),
  });
  return {
    ...source,
    open: () => {
      const reader = source.open();
      let begun = false;
      return {
        close: reader.close,
        read: (moment) => {
          if (isPast()) return now === undefined ? null : past(now.data);
          const elapsedS = begun ? moment.elapsedS : null;
          begun = true;
          return reader.read({ ...moment, elapsedS });
        },
      };
    },
  };
}

/** Rings at once until the past is played, then not before the present, then in time. */
const hasty = (isPlayed: () => boolean, present: Promise<void>): Alarm => ({
  nowMs: SYSTEM_ALARM.nowMs,
  after: (ms, ring) => {
    let silenced = false;
    let silence = (): void => {
      silenced = true;
    };
    const wake = (): void => {
      if (!silenced) silence = SYSTEM_ALARM.after(ms, ring);
    };
    if (isPlayed()) void present.then(wake);
    else setImmediate(() => silenced || ring());
    return () => silence();
  },
});

/** A second a round until the present. */
function clockFrom(nextRound: () => number): HostClock {
  let presentMs: number | null = null;
  return {
    read: () => {
      const round = nextRound();
      if (round > PAST_S) presentMs ??= performance.now();
      const beforeMs = presentMs === null ? (PAST_S - round) * 1000 : presentMs - performance.now();
      const awakeMs = 1e9 - beforeMs;
      return {
        timestampUs: Math.round((Date.now() - Math.max(0, beforeMs)) * 1000),
        steadyMs: awakeMs,
        awakeMs,
        gap: false,
      };
    },
  };
}
