// Where storage is going, as a line. In: what is used now, the forecast, the limit. Out: the corners of the dashed continuation.
import type { StorageForecast } from '../src-preload/contract.ts';
import type { Point } from '../src-preload/thin-series.ts';

const DAY_MS = 86_400_000;

/**
 * Straight on at the daily growth, until as much is kept as will be: then level. Nothing where the growth is not known.
 *
 * @param usedMiB at `nowMs`. @param toMs the end of the axis; not before `nowMs`.
 */
export function outlook(
  usedMiB: number,
  nowMs: number,
  toMs: number,
  { growthMiBPerDay, steadyMiB, steadyMs }: Pick<StorageForecast, 'growthMiBPerDay' | 'steadyMiB' | 'steadyMs'>,
): readonly Point[] {
  if (growthMiBPerDay === null || toMs <= nowMs) return [];
  const start: Point = [nowMs, usedMiB];
  if (steadyMiB === null || steadyMs === null) {
    const emptyMs = growthMiBPerDay < 0 ? nowMs + (usedMiB / -growthMiBPerDay) * DAY_MS : Infinity;
    if (emptyMs < toMs) return [start, [emptyMs, 0], [toMs, 0]];
    return [start, [toMs, usedMiB + (growthMiBPerDay * (toMs - nowMs)) / DAY_MS]];
  }
  if (steadyMs <= nowMs) return [start, [toMs, usedMiB]];
  const towards = (atMs: number): number => usedMiB + ((steadyMiB - usedMiB) * (atMs - nowMs)) / (steadyMs - nowMs);
  if (steadyMs >= toMs) return [start, [toMs, towards(toMs)]];
  return [start, [steadyMs, steadyMiB], [toMs, steadyMiB]];
}
