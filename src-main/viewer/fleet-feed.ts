// What the book knows in, pushes to pages out: all rows to who has just come, to the others those that have changed.
import type { FleetPush } from '../../src-preload/fleet.ts';
import type { FleetBook } from './fleet-book.ts';
import type { FleetReader } from './read-fleet.ts';

export interface FleetFeed {
  readonly subscribe: (listener: (push: FleetPush) => void) => () => void;
  /** There is news, or the time for some: called at most once a second. */
  readonly send: () => void;
}

export interface FeedParts {
  readonly version: string;
  readonly startMs: number;
  readonly book: Pick<FleetBook, 'rows' | 'changes' | 'refused'>;
  readonly reader: () => Pick<FleetReader, 'standing' | 'beyond'>;
  readonly wallMs: () => number;
}

export function createFleetFeed({ version, startMs, book, reader, wallMs }: FeedParts): FleetFeed {
  const listeners = new Set<(push: FleetPush) => void>();
  const push = (part: Pick<FleetPush, 'whole' | 'rows' | 'gone'>): FleetPush => ({
    ...{ push: 'fleet', atMs: wallMs(), version, sinceMs: startMs },
    ...{ redis: reader().standing(), beyond: reader().beyond(), refused: book.refused() },
    ...part,
  });
  return {
    subscribe: (listener) => {
      listener(push({ whole: true, rows: book.rows(), gone: [] }));
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send: () => {
      // Also where nobody looks: who comes later gets all of them.
      const changes = book.changes();
      if (listeners.size === 0) return;
      const news = push({ whole: false, ...changes });
      for (const listener of listeners) listener(news);
    },
  };
}
