// The page Host in words: collectors, channels and severities of anomalies, trends. In: what the agent tells. Out: signs and sentences.
import type { Anomaly, AnomalyChannel, CollectorView, HostView, Trend } from '../src-preload/contract.ts';
import { quantity } from './format.ts';
import { fineText, readingText } from './reading.ts';
import type { Sign } from './words.ts';

const COLLECTORS: Readonly<Record<string, string>> = {
  cpu: 'Processor',
  pressure: 'Pressure',
  memory: 'Memory',
  disk: 'Disks',
  filesystem: 'File systems',
  network: 'Network',
  sensors: 'Temperatures and battery',
  processes: 'Processes',
  syscalls: 'System calls',
};
export const collectorTitle = (source: string): string => COLLECTORS[source] ?? source;

/** Reasons come without a capital and a full stop. */
export const reasonSentence = (reason: string): string =>
  `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/, '')}.`;

export const COLLECTOR_SIGNS = {
  reading: { word: 'Reading', shape: 'check', tone: 'good' },
  waiting: { word: 'Waiting', shape: 'open', tone: 'quiet' },
  unavailable: { word: 'Unavailable', shape: 'slash', tone: 'watch' },
} as const satisfies Record<CollectorView['state'], Sign>;

/** What raised it. */
export const CHANNEL_WORDS = {
  jump: 'The sudden change: it moved within seconds by more than it has moved before.',
  level: 'The level: it was never seen this high or this low.',
  sustained: 'The level over minutes: it was never seen so high or so low for so long.',
  context: 'The pattern of the last readings: they follow each other in a way that was never seen.',
  shape: 'The course of the last minutes: it resembles none that was seen before.',
  forest: 'The isolation forest: this metric and its neighbours together are unlike anything seen before.',
  stuck: 'Stillness: it has stopped to move, which it never did for so long.',
  missing: 'The time of day: something that always runs now did not.',
} as const satisfies Record<AnomalyChannel, string>;

/** How far it was from the usual; the agent counts no further than 99. */
export function distanceWords({ z }: Pick<Anomaly, 'z'>): string | null {
  const size = Math.abs(z);
  if (size < 0.5) return null;
  return `${size >= 99 ? 'more than 99' : quantity(size)} times as far from the usual as most readings`;
}

/** `1st`, `2nd`, `3rd`, `11th`. */
export function ordinal(count: number): string {
  const rest = count % 100;
  const teen = rest >= 11 && rest <= 13;
  return `${count}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][rest % 10] ?? 'th')}`;
}

const PERIODS = [
  { seconds: 60, words: 'a minute' },
  { seconds: 3600, words: 'an hour' },
  { seconds: 86_400, words: 'a day' },
] as const;

/** A change of a share is in points of it: 3 % more of 43 % would be less than one. */
const changeText = (change: number, unit: string): string =>
  unit === '%' ? fineText(change, '') : fineText(change, unit);

/** `3.6 percentage points an hour (95 % interval 2.9 to 4.7)`: over the shortest time in which it is a figure worth reading. */
export function slopeWords({ slopePerSecond, slopeLow, slopeHigh }: Trend, unit: string): string {
  const worth = unit === 'B/s' ? 1000 : 1;
  const period = PERIODS.find(({ seconds }) => Math.abs(slopePerSecond) * seconds >= worth) ?? PERIODS[2];
  const ends = [slopeLow, slopeHigh].map((slope) => slope * period.seconds * Math.sign(slopePerSecond || 1));
  const [low = 0, high = 0] = ends.toSorted((a, b) => a - b);
  const size = changeText(Math.abs(slopePerSecond) * period.seconds, unit);
  const points = unit === '%' ? ' percentage points' : '';
  return `${size}${points} ${period.words} (95 % interval ${changeText(low, unit)} to ${changeText(high, unit)})`;
}

export interface TrendLine {
  readonly key: string;
  /** What will happen and when, where that can be foretold. */
  readonly headline: string;
  readonly detail: string;
  readonly foretold: boolean;
}

const TURNS = { rising: 'rising by', falling: 'falling by' } as const;

/** Forecasts first, the nearest first; then what moves, the most first. What is steady is only counted. */
export function trendLines({ trends, metrics }: Pick<HostView, 'trends' | 'metrics'>): readonly TrendLine[] {
  const known = new Map(metrics.map((metric) => [metric.key, metric]));
  const soon = ({ forecast }: Trend): number => forecast?.inSeconds ?? Infinity;
  return trends
    .toSorted((a, b) => (soon(a) === soon(b) ? b.magnitude - a.magnitude : soon(a) - soon(b)))
    .flatMap((trend): readonly TrendLine[] => {
      const { key, direction, forecast, current } = trend;
      if (direction === 'steady' && forecast === null) return [];
      const { name = key, unit = '' } = known.get(key) ?? {};
      const now = readingText(current, unit);
      const moves = direction === 'steady' ? 'hardly moving' : `${TURNS[direction]} ${slopeWords(trend, unit)}`;
      if (forecast === null) return [{ key, headline: `${name} is ${moves}.`, detail: `Now ${now}.`, foretold: false }];
      return [
        { key, headline: forecast.sentence, detail: `Now ${now}; in the last minutes ${moves}.`, foretold: true },
      ];
    });
}

export const steadyCount = ({ trends }: Pick<HostView, 'trends'>): number =>
  trends.filter(({ direction, forecast }) => direction === 'steady' && forecast === null).length;

/** `7 of 8 collectors read every second, for 0.3 % of a core.` */
export function watchSentence({ collectors, intervalSeconds, cpuPercent }: HostView): string {
  const reading = collectors.filter(({ state }) => state === 'reading').length;
  const every = intervalSeconds === 1 ? 'every second' : `every ${intervalSeconds} s`;
  if (reading === 0) return 'The collectors are starting.';
  const cost = cpuPercent < 0.1 ? 'less than 0.1' : cpuPercent.toFixed(1);
  return `${reading} of ${collectors.length} collectors read ${every}, for ${cost} % of a core.`;
}
