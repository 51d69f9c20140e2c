// One series of the Numenta benchmark enters, row by row and never ahead; the anomaly score of each row leaves, from 0 to 1. The detector
// is that of the host monitor, with the constants for points of minutes.
import type { AnomalyChannel } from '../../src-preload/contract.ts';
import { MINUTES } from '../agent/monitor/detect/constants.ts';
import { createFamilyDetector, POINT_CHANNELS } from '../agent/monitor/detect/family-detector.ts';
import { createPeakGate } from '../agent/monitor/detect/peak-gate.ts';
import { createSeason, type SeasonMoment } from '../agent/monitor/detect/season.ts';
import type { NabSeries } from './nab-files.ts';

export type NabChannel = AnomalyChannel;
export const NAB_CHANNELS = [...POINT_CHANNELS, 'missing'] as const satisfies readonly NabChannel[];

const SEED = 1;
const MS_PER_DAY = 86_400_000;

/** How unusual each row is, 1 being just worth an alarm, before the cool-down. */
export function rawScores(series: NabSeries, channels: readonly NabChannel[] = NAB_CHANNELS): Float64Array {
  const points = POINT_CHANNELS.filter((channel) => channels.includes(channel));
  const detector = createFamilyDetector({ minimums: [0], constants: MINUTES, seed: SEED, channels: points });
  const season = channels.includes('missing') ? createSeason(0) : null;
  return series.values.map((x, i) => {
    const { raw } = detector.push([x]);
    detector.observe([x]);
    const missing = season?.push(x, momentOf(series.timestamps[i] ?? '')) ?? null;
    return Math.max(raw, missing?.score ?? 0);
  });
}

/** As the benchmark wants them: what stands out, squeezed to 0-1 with 0.5 just worth an alarm. */
export function anomalyScores(raw: Float64Array): Float64Array {
  const gate = createPeakGate(MINUTES.peakPoints);
  return raw.map((score, i) => {
    const told = gate.push(score, i);
    return told / (1 + told);
  });
}

/** @throws Error for what is no time. */
function momentOf(timestamp: string): SeasonMoment {
  const atMs = Date.parse(`${timestamp.replace(' ', 'T')}Z`);
  if (Number.isNaN(atMs)) throw new Error(`${timestamp} is no time`);
  const time = new Date(atMs);
  return {
    minuteOfDay: time.getUTCHours() * 60 + time.getUTCMinutes(),
    day: Math.floor(atMs / MS_PER_DAY),
    weekend: time.getUTCDay() % 6 === 0,
  };
}
