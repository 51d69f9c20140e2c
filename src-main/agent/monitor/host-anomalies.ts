// The anomalies of the monitor in, those of a period out as the dashboard pins them to a time axis, newest first.
import type { Anomaly, HostAnomaly } from '../../../src-preload/contract.ts';
import { nameOf } from './metric-words.ts';

/** More are not kept. */
const MOST = 500;
/** A score is x / (1 + x), x as many times what makes an alarm. */
const VERY_UNUSUAL = 0.8;

interface Found {
  /** Newest first. */
  readonly anomalies: (limit: number) => readonly Anomaly[];
}

export const hostAnomaliesOf = (monitor: Found, sinceMs: number, untilMs = Infinity): HostAnomaly[] =>
  monitor
    .anomalies(MOST)
    .filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs)
    .map(briefly);

const briefly = ({ id, atMs, key, score, sentence }: Anomaly): HostAnomaly => ({
  ...{ id, ts: atMs, metric: nameOf(key), sentence },
  severity: score >= VERY_UNUSUAL ? 'very unusual' : 'unusual',
});
