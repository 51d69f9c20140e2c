// What enters: events, from any collector. What leaves: each of them to every subscriber, in order, when it drains.
// One ring is shared by all; each subscriber has a cursor. A subscriber that falls a whole ring behind loses its oldest
// events, which are counted: neither a slow stage nor a burst of input can make the memory grow.

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
  /** Sees what is published from now on. */
  readonly subscribe: (name: string) => Subscription<T>;
  readonly metrics: () => BusMetrics;
  /**
   * Called, and must not throw, at the first event after a drain, so that one timer can be set instead of polling; the listener sees to it that
   * every subscription is drained. Not called while nobody subscribes.
   * @returns a function that takes the listener off.
   */
  readonly onPending: (listener: () => void) => () => void;
}

interface Cursor {
  readonly name: string;
  readonly from: number;
  /** Position of the next event to hand over; positions count up from 0 and never wrap. */
  at: number;
  dropped: number;
  failed: number;
  open: boolean;
}

/**
 * @param capacity events kept for the slowest subscriber, a power of two, so that a position becomes a slot by a bit mask.
 * @param onError told of each handler that throws; must not throw itself.
 * @throws RangeError for another capacity.
 */
export function createBus<T>(
  capacity: number = DEFAULT_CAPACITY,
  onError: (subscriber: string, error: unknown) => void = () => undefined,
): Bus<T> {
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 2 ** 30 || (capacity & (capacity - 1)) !== 0) {
    throw new RangeError(`The capacity of the bus must be a power of two, not ${capacity}`);
  }
  const mask = capacity - 1;
  const slots = Array.from<T | undefined>({ length: capacity });
  const cursors = new Set<Cursor>();
  const listeners = new Set<() => void>();
  /** `head`: position of the next event. `tail`: positions below it are free. */
  const ring = { head: 0, tail: 0, pending: false };

  /** Lets go of what everybody has seen: events carry keys, which must not stay in memory until they are overwritten. */
  function release(): void {
    let free = ring.head;
    for (const cursor of cursors) free = Math.min(free, cursor.at);
    for (let at = Math.max(ring.tail, ring.head - capacity); at < free; at++) slots[at & mask] = undefined;
    ring.tail = Math.max(ring.tail, free);
  }

  function skipOverwritten(cursor: Cursor): void {
    const oldest = ring.head - capacity;
    if (cursor.at >= oldest) return;
    cursor.dropped += oldest - cursor.at;
    cursor.at = oldest;
  }

  function drain(cursor: Cursor, handler: (event: T) => void): number {
    ring.pending = false;
    const end = ring.head;
    let handed = 0;
    for (skipOverwritten(cursor); cursor.at < end && cursor.open; skipOverwritten(cursor)) {
      const event = slots[cursor.at & mask] as T;
      cursor.at++;
      handed++;
      try {
        handler(event);
      } catch (error) {
        cursor.failed++;
        onError(cursor.name, error);
      }
    }
    release();
    return handed;
  }

  function metricsOf(cursor: Cursor): SubscriptionMetrics {
    skipOverwritten(cursor);
    const { from, at, dropped, failed } = cursor;
    return { delivered: at - from - dropped, dropped, failed, depth: ring.head - at };
  }

  return {
    publish: (event) => {
      if (cursors.size > 0) slots[ring.head & mask] = event;
      ring.head++;
      if (ring.pending || cursors.size === 0) return;
      ring.pending = true;
      for (const listener of listeners) listener();
    },
    subscribe: (name) => {
      const cursor: Cursor = { name, from: ring.head, at: ring.head, dropped: 0, failed: 0, open: true };
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
