// Input events that come over the API or over Redis, for a machine whose keyboard is somewhere else. What comes in is marked on the dashboard,
// and learns in a folder of its own.
import type { InputEvent } from '../events.ts';
import type { Availability, Collector, CollectorSink } from './collector.ts';

export interface OutsideCollector extends Collector {
  /** Hands over an event that was checked; answers why not where it is not taken. */
  readonly take: (event: InputEvent) => string | null;
  /** Counts one that was not taken. */
  readonly refuse: (reason: string) => void;
  /** How the way stands on which they come. */
  readonly report: (availability: Availability) => void;
}

/** @param name of the way: `API` */
export function outsideCollector(name: string): OutsideCollector {
  let sink: CollectorSink | null = null;
  let found: Availability | null = null;
  return {
    name,
    modalities: ['keystroke', 'mouse', 'app', 'linguistic'],
    available: async () => ({ ok: true }),
    start: async (to) => {
      sink = to;
      if (found !== null) to.report(found);
    },
    stop: async () => void (sink = null),
    take: (event) => {
      if (sink === null) return 'nothing is watched: it was all turned off in the settings';
      sink.publish(event);
      return null;
    },
    refuse: (reason) => sink?.refuse(reason),
    report: (now) => {
      found = now;
      sink?.report(now);
    },
  };
}
