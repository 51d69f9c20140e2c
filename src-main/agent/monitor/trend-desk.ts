// The series of the monitor enter, the trends of its metrics leave, made anew once a minute, and told when one has turned.
import type { Forecast, Trend } from '../../../src-preload/contract.ts';
import { COARSE_MS, createCoarseSeries, type CoarseSeries } from './coarse-series.ts';
import { forecastOf } from './forecast.ts';
import { limitOf, type MetricLimit } from './metric-limits.ts';
import type { StreamProcessor } from './stream-processor.ts';
import { trendOf } from './trend.ts';
import { WATCHED_FAMILIES } from './watched-metrics.ts';

export interface TrendDesk {
  /** Takes in what has come since the last call, and answers trends that have turned, or whose forecast has come or gone. */
  readonly round: (steadyMs: number, atMs: number) => readonly Trend[];
  readonly trends: () => readonly Trend[];
}

const WINDOW_S = 600;
const EVERY_MS = 60_000;
/** A forecast is made from the longest stretch that foretells its own end. */
const STRETCHES_MS = [14, 7, 3, 1].map((days) => days * 86_400_000);
/** A turn is told when it has been there for this many minutes: what comes and goes is none. */
const SURE_AFTER = 2;
const OTHERS = { 'cpu.loadAverage1': 0.5 } as const;

type Series = Pick<StreamProcessor, 'keys' | 'window' | 'last'>;

interface Told {
  direction: Trend['direction'];
  foretold: boolean;
  waiting: number;
}

export function createTrendDesk(series: Series): TrendDesk {
  const minimums = new Map<string, number>([
    ...WATCHED_FAMILIES.flatMap(({ metrics }) => metrics.map(({ key, minimum }) => [key, minimum / 2] as const)),
    ...Object.entries(OTHERS),
  ]);
  const coarse = new Map<string, CoarseSeries>();
  const told = new Map<string, Told>();
  const long = new Map<string, { readonly madeMs: number; readonly forecast: Forecast | null }>();
  let current: readonly Trend[] = [];
  let madeMs = -Infinity;

  /** Of a limited metric, since the round before. */
  function keepCoarse(keys: readonly string[], steadyMs: number): void {
    for (const key of keys) {
      if (limitOf(key) === null) continue;
      const kept = coarse.get(key) ?? createCoarseSeries();
      coarse.set(key, kept);
      kept.push(steadyMs, series.last(key, madeMs));
    }
  }
  function make(key: string, steadyMs: number, atMs: number): Trend | null {
    const limit = limitOf(key);
    const minimum = minimums.get(key) ?? (limit === null ? null : 1);
    const window = minimum === null ? null : series.window(key, steadyMs - WINDOW_S * 1000);
    if (window === null || minimum === null) return null;
    const plain = trendOf(window, WINDOW_S, minimum);
    if (plain === null) return null;
    const forecast =
      limit === null ? null : (longForecast(key, limit, steadyMs) ?? forecastOf(window, limit, steadyMs));
    return { key, atMs, ...plain, forecast };
  }
  /** From the means of ten minutes, so no more often than there is a new one. */
  function longForecast(key: string, limit: MetricLimit, steadyMs: number): Forecast | null {
    const kept = long.get(key);
    if (kept !== undefined && steadyMs - kept.madeMs < COARSE_MS) return kept.forecast;
    let forecast: Forecast | null = null;
    for (const span of STRETCHES_MS) {
      const stretch = coarse.get(key)?.window(steadyMs - span);
      if (stretch !== undefined) forecast ??= forecastOf(stretch, limit, steadyMs);
    }
    long.set(key, { madeMs: steadyMs, forecast });
    return forecast;
  }
  /** @returns whether it is to be told. */
  function turned({ key, direction, forecast }: Trend): boolean {
    const before = told.get(key) ?? { direction: 'steady', foretold: false, waiting: 0 };
    told.set(key, before);
    const foretold = forecast !== null;
    if (before.direction === direction && before.foretold === foretold) {
      before.waiting = 0;
      return false;
    }
    before.waiting += 1;
    if (before.waiting < SURE_AFTER) return false;
    Object.assign(before, { direction, foretold, waiting: 0 });
    return true;
  }
  return {
    round: (steadyMs, atMs) => {
      if (steadyMs - madeMs < EVERY_MS) return [];
      const keys = series.keys();
      keepCoarse(keys, steadyMs);
      madeMs = steadyMs;
      current = keys.flatMap((key) => make(key, steadyMs, atMs) ?? []);
      return current.filter(turned);
    },
    trends: () => current,
  };
}
