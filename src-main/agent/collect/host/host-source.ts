// What every source of the host monitor is: a record of functions. A new one is one file here plus one line in index.ts.
import type { MetricData, MetricEventType } from '../../../../src-preload/contract.ts';
import type { Availability } from '../collector.ts';

/** When a reading is made. */
export interface Moment {
  /** Of the wall clock. */
  readonly timestampUs: number;
  /** Milliseconds of a clock that is never set and counts while the machine sleeps. */
  readonly steadyMs: number;
  /**
   * Since the reading before, by a clock that stands still while the machine sleeps. null: there is none, or so much time has passed
   * that a rate over it would say nothing of now.
   */
  readonly elapsedS: number | null;
}

export interface HostReader {
  /** null when there is nothing to tell this time. A source that may be slow answers later. @throws Error when it can't be read. */
  readonly read: (moment: Moment) => MetricData | null | Promise<MetricData | null>;
  readonly close: () => void;
}

export interface HostSource {
  /** First part of the keys of its metrics: `cpu`, `disk`. */
  readonly name: string;
  readonly eventType: MetricEventType;
  /** It is read at most this often, for what changes slowly or costs much; each time without. */
  readonly leastEveryMs?: number;
  /** Looks, without side effects, whether it can be read. Never throws. */
  readonly available: () => Availability | Promise<Availability>;
  /** Begins anew: what an earlier reader has counted is not carried on. */
  readonly open: () => HostReader;
}
