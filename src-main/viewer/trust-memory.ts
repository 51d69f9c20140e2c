// What was heard of a host's trust in, the line of the last hour out: a point each 12 s, the lowest of them. In flat arrays, for a viewer of
// thousands of hosts keeps a line of each: 6.3 kB where objects take 30.
import { HISTORY_MS, HISTORY_POINTS, type FleetPoint } from '../../src-preload/fleet.ts';
import { STATES } from '../../src-preload/contract.ts';

export interface TrustMemory {
  readonly add: (point: FleetPoint) => void;
  /** Oldest first. */
  readonly read: (nowMs: number) => FleetPoint[];
}

const BUCKET_MS = HISTORY_MS / HISTORY_POINTS;
const bucketOf = (atMs: number): number => Math.floor(atMs / BUCKET_MS);

export function createTrustMemory(): TrustMemory {
  const times = new Float64Array(HISTORY_POINTS);
  const values = new Float32Array(3 * HISTORY_POINTS);
  const states = new Uint8Array(HISTORY_POINTS);
  let count = 0;
  let last = -1;

  const put = (at: number, { atMs, trust, low, high, state }: FleetPoint): void => {
    times[at] = atMs;
    values.set([trust ?? NaN, low ?? NaN, high ?? NaN], 3 * at);
    states[at] = STATES.indexOf(state);
  };
  const pointAt = (at: number): FleetPoint => ({
    atMs: times[at] ?? 0,
    ...{ trust: known(values[3 * at]), low: known(values[3 * at + 1]), high: known(values[3 * at + 2]) },
    state: STATES[states[at] ?? 0] ?? 'LEARNING',
  });
  return {
    add: (point) => {
      const before = last < 0 ? null : pointAt(last);
      if (before !== null && bucketOf(before.atMs) === bucketOf(point.atMs)) {
        // The lower one says more.
        if (before.trust === null || (point.trust !== null && point.trust <= before.trust)) put(last, point);
        return;
      }
      last = (last + 1) % HISTORY_POINTS;
      count = Math.min(count + 1, HISTORY_POINTS);
      put(last, point);
    },
    read: (nowMs) =>
      Array.from({ length: count }, (_, index) =>
        pointAt((last - count + 1 + index + HISTORY_POINTS) % HISTORY_POINTS),
      ).filter(({ atMs }) => atMs > nowMs - HISTORY_MS),
  };
}

const TENTHS = 10;
const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : Math.round(value * TENTHS) / TENTHS;
