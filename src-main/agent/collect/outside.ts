// Input events that come over the API, for a machine whose keyboard is somewhere else. What comes in is marked on the dashboard, and learns
// in a folder of its own.
import type { InputEvent } from '../events.ts';
import type { Collector, CollectorSink } from './collector.ts';

export interface OutsideCollector extends Collector {
  /** Hands over an event that was checked; answers why not where it is not taken. */
  readonly take: (event: InputEvent) => string | null;
}

export function outsideCollector(): OutsideCollector {
  let sink: CollectorSink | null = null;
  return {
    name: 'API',
    modalities: ['keystroke', 'mouse', 'app', 'linguistic'],
    available: async () => ({ ok: true }),
    start: async (to) => void (sink = to),
    stop: async () => void (sink = null),
    take: (event) => {
      if (sink === null) return 'nothing is watched: it was all turned off in the settings';
      sink.publish(event);
      return null;
    },
  };
}
