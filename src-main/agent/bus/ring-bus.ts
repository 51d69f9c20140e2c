// What enters: events, from any collector. What leaves: each of them to every subscriber that wants it, in order, when it
// drains. One ring is shared by all; each subscriber has a cursor. A subscriber that falls a whole ring behind loses its
// oldest events, which are counted: neither a slow stage nor a burst of input can make the memory grow.

export const DEFAULT_CAPACITY = 16_384;

export interface SubscriptionMetrics {
  /** Events handed to the handler, those included that it failed on. */
  readonly delivered: number;
  /** Events overwritten before they were drained. */
  readonly dropped: number;
  /** Events whose handler threw. */
  readonly failed: number;
  /** Events waiting. */
  readonly depth: number;
  /** Events handed over a second, of late. */
  readonly rate: number;
}

export interface Subscription<T> {
  readonly name: string;
  /**
   * Hands over what was waiting when it was called, oldest first; what the handler itself publishes waits for the next drain.
   * A handler that throws loses that event only.
   * @returns the number of events handed over.
   */
  readonly drain: (handler: (event: T) => void) => number;
  readonly metrics: SubscriptionMetrics;
  /** Safe within the handler, and twice; nothing is handed over from then on. */
  readonly close: () => void;
}

export interface BusMetrics {
  readonly published: number;
  readonly subscribers: readonly (SubscriptionMetrics & { readonly name: string })[];
}

export interface Bus<T> {
  /** Never throws, never blocks, allocates nothing. */
  readonly publish: (event: T) => void;
  /**
   * Sees what is published from now on.
   * @param wants which events; must always answer the same for one, and not throw. The others are neither delivered, nor
   *   waiting, nor lost.
   */
  readonly subscribe: (name: string, wants?: (event: T) => boolean) => Subscription<T>;
  readonly metrics: () => BusMetrics;
  /**
   * Called, and must not throw, at the first event after a drain, so that one timer can be set instead of polling; the listener sees to it that
   * every subscription is drained. Not called while nobody subscribes.
   * @returns a function that takes the listener off.
   */
  readonly onPending: (listener: () => void) => () => void;
}

interface Cursor<T> {
  readonly name: string;
  readonly wants: ((event: T) => boolean) | null;
  /** Position of the next event to hand over; positions count up from 0 and never wrap. */
  at: number;
  delivered: number;
  dropped: number;
  failed: number;
  open: boolean;
  /** The rate is that of a span that ended not long ago. */
  rate: number;
  spanFromMs: number;
  spanDelivered: number;
}

/** Long enough for a steady figure, short enough to follow a burst. */
const RATE_OVER_MS = 1000;

/**
 * @param capacity events kept for the slowest subscriber, a power of two, so that a position becomes a slot by a bit mask.
 * @param onError told of each handler that throws; must not throw itself.
 * @param nowMs a clock that never goes back, for the rates.
 * @throws RangeError for another capacity.
 */
export function createBus<T>(
  capacity: number = DEFAULT_CAPACITY,
  onError: (subscriber: string, error: unknown) => void = () => undefined,
  nowMs: () => number = () => performance.now(),
): Bus<T> {
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 2 ** 30 || (capacity & (capacity - 1)) !== 0) {
    throw new RangeError(`The capacity of the bus must be a power of two, not ${capacity}`);
  }
  const mask = capacity - 1;
  const slots = Array.from<T | undefined>({ length: capacity });
  const cursors = new Set<Cursor<T>>();
  const listeners = new Set<() => void>();
  /** `head`: position of the next event. `tail`: positions below it are free. */
  const ring = { head: 0, tail: 0, pending: false };

  /** Lets go of what everybody has seen: events carry keys, which must not stay in memory until they are overwritten. */
  function release(): void {
    let free = ring.head;
    for (const cursor of cursors) free = Math.min(free, cursor.at);
    for (let at = ring.tail; at < free; at++) slots[at & mask] = undefined;
    ring.tail = Math.max(ring.tail, free);
  }

  /** The ring is full: whoever has not seen the oldest event will not see it any more. */
  function dropOldest(): void {
    const oldest = ring.head - capacity;
    const event = slots[oldest & mask] as T;
    for (const cursor of cursors) {
      if (cursor.at > oldest) continue;
      cursor.at = oldest + 1;
      if (cursor.wants === null || cursor.wants(event)) cursor.dropped++;
    }
    ring.tail = oldest + 1;
  }

  function drain(cursor: Cursor<T>, handler: (event: T) => void): number {
    ring.pending = false;
    const end = ring.head;
    const { wants } = cursor;
    let handed = 0;
    while (cursor.at < end && cursor.open) {
      const event = slots[cursor.at & mask] as T;
      cursor.at++;
      if (wants !== null && !wants(event)) continue;
      handed++;
      cursor.delivered++;
      try {
        handler(event);
      } catch (error) {
        cursor.failed++;
        onError(cursor.name, error);
      }
    }
    release();
    measureRate(cursor);
    return handed;
  }

  function measureRate(cursor: Cursor<T>): void {
    const spanMs = nowMs() - cursor.spanFromMs;
    if (spanMs < RATE_OVER_MS) return;
    cursor.rate = (1000 * (cursor.delivered - cursor.spanDelivered)) / spanMs;
    cursor.spanFromMs += spanMs;
    cursor.spanDelivered = cursor.delivered;
  }

  function metricsOf(cursor: Cursor<T>): SubscriptionMetrics {
    measureRate(cursor);
    const { delivered, dropped, failed, rate } = cursor;
    return { delivered, dropped, failed, depth: waiting(cursor), rate };
  }

  function waiting({ at, wants }: Cursor<T>): number {
    if (wants === null) return ring.head - at;
    let count = 0;
    for (let position = at; position < ring.head; position++) if (wants(slots[position & mask] as T)) count++;
    return count;
  }

  return {
    publish: (event) => {
      if (cursors.size === 0) {
        ring.head++;
        ring.tail = ring.head;
        return;
      }
      if (ring.head - ring.tail >= capacity) dropOldest();
      slots[ring.head & mask] = event;
      ring.head++;
      if (ring.pending) return;
      ring.pending = true;
      for (const listener of listeners) listener();
    },
    subscribe: (name, wants) => {
      const cursor: Cursor<T> = {
        ...{ name, wants: wants ?? null, at: ring.head, delivered: 0, dropped: 0, failed: 0, open: true },
        ...{ rate: 0, spanFromMs: nowMs(), spanDelivered: 0 },
      };
      cursors.add(cursor);
      return {
        name,
        drain: (handler) => drain(cursor, handler),
        get metrics() {
          return metricsOf(cursor);
        },
        close: () => {
          cursor.open = false;
          cursors.delete(cursor);
          release();
        },
      };
    },
    metrics: () => ({
      published: ring.head,
      subscribers: Array.from(cursors, (cursor) => ({ name: cursor.name, ...metricsOf(cursor) })),
    }),
    onPending: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
