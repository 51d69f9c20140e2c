// Events enter, the newest of them leave, of one type or of all. Those of the last seconds are kept as they came; the older ones packed,
// for thousands of events that live for minutes are what a garbage collector leaves lying about longest.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { HostEvent, HostEventType } from '../../../src-preload/contract.ts';

export interface EventHistory {
  readonly add: (event: HostEvent) => void;
  /** Packs what has come since the last time. To be called now and then; a flood between two calls only keeps its newest. */
  readonly pack: () => void;
  /** Newest first. @param type null: of any. */
  readonly newest: (type: HostEventType | null, limit: number) => readonly HostEvent[];
  /** Taken in so far, those included that are no longer kept. */
  readonly counts: () => Readonly<Partial<Record<HostEventType, number>>>;
}

/** Events in a pack: those of some seconds, so that they are packed before they have grown old. */
const PACK = 64;
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

interface Pack {
  /** Number of its first event, and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly bytes: Buffer;
}

export function createEventHistory(capacity: number): EventHistory {
  const ring: (HostEvent | undefined)[] = Array.from({ length: capacity });
  const counts: Partial<Record<HostEventType, number>> = {};
  let packs: readonly Pack[] = [];
  let added = 0;
  /** Number of the first event that is not packed. */
  let packed = 0;

  function packOne(): Pack {
    const [from, to] = [packed, packed + PACK];
    const events: (HostEvent | undefined)[] = [];
    for (let at = from; at < to; at++) {
      events.push(ring[at % capacity]);
      ring[at % capacity] = undefined;
    }
    packed = to;
    return { from, to, bytes: zstdCompressSync(JSON.stringify(events), OPTIONS) };
  }
  function* backwards(): Generator<HostEvent> {
    const first = Math.max(0, added - capacity);
    for (let at = added - 1; at >= Math.max(first, packed); at--) {
      const event = ring[at % capacity];
      if (event !== undefined) yield event;
    }
    for (const { from, to, bytes } of packs.toReversed()) {
      if (to <= first) return;
      const events = JSON.parse(zstdDecompressSync(bytes).toString()) as readonly HostEvent[];
      for (let at = to - 1; at >= Math.max(first, from); at--) yield events[at - from] as HostEvent;
    }
  }
  return {
    add: (event) => {
      ring[added % capacity] = event;
      added += 1;
      counts[event.event_type] = (counts[event.event_type] ?? 0) + 1;
    },
    pack: () => {
      packed = Math.max(packed, added - capacity);
      const fresh: Pack[] = [];
      while (added - packed >= PACK) fresh.push(packOne());
      if (fresh.length > 0) packs = [...packs, ...fresh].filter(({ to }) => to > added - capacity);
    },
    newest: (type, limit) => {
      const found: HostEvent[] = [];
      if (limit <= 0) return found;
      for (const event of backwards()) {
        if (type === null || event.event_type === type) found.push(event);
        if (found.length === limit) break;
      }
      return found;
    },
    counts: () => ({ ...counts }),
  };
}
