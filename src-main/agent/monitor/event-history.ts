// Events enter, the newest of them leave, of one type or of all.
import type { HostEvent, HostEventType } from '../../../src-preload/contract.ts';

export interface EventHistory {
  readonly add: (event: HostEvent) => void;
  /** Newest first. @param type null: of any. */
  readonly newest: (type: HostEventType | null, limit: number) => readonly HostEvent[];
  /** Taken in so far, those included that are no longer kept. */
  readonly counts: () => Readonly<Partial<Record<HostEventType, number>>>;
}

export function createEventHistory(capacity: number): EventHistory {
  const ring: (HostEvent | undefined)[] = Array.from({ length: capacity });
  const counts: Partial<Record<HostEventType, number>> = {};
  let added = 0;
  return {
    add: (event) => {
      ring[added % capacity] = event;
      added += 1;
      counts[event.event_type] = (counts[event.event_type] ?? 0) + 1;
    },
    newest: (type, limit) => {
      const found: HostEvent[] = [];
      for (let at = added - 1; at >= Math.max(0, added - capacity) && found.length < limit; at--) {
        const event = ring[at % capacity];
        if (event !== undefined && (type === null || event.event_type === type)) found.push(event);
      }
      return found;
    },
    counts: () => ({ ...counts }),
  };
}
