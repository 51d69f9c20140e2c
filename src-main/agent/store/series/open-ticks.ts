// The ticks that are in no chunk yet, in memory as well: a chart of a month ends in them, and to open their seals one by one would take
// longer than all the rest of it. They enter as they are written; those of a stream leave, for charts and for the upkeep of the hour.
import { STREAMS, type Stream } from './streams.ts';
import type { Tick } from './tick-row.ts';
import { tickTable, type Ticks, type TickTable } from './tick-table.ts';

export interface OpenTicks {
  readonly add: (stream: Stream, tick: Tick) => void;
  /** In the order in which they came. */
  readonly of: (stream: Stream) => Ticks;
  /** The same without reading the disk; null: they are too many for the memory. */
  readonly held: (stream: Stream) => Ticks | null;
  /** The others of the stream than those from this moment to that one are in chunks now. */
  readonly keep: (stream: Stream, fromUs: number, toUs: number) => void;
  /** Something was taken off the disk: what is there now is read again. */
  readonly reload: () => void;
}

/** Of one stream: those of two hours. Only a recording that is played fast brings more; they are read from the disk. */
const AT_MOST = 7200;

/** @param read all of a stream that are on the disk, in the order in which they came, but no more than so many. */
export function createOpenTicks(read: (stream: Stream, atMost: number) => Iterable<Tick>): OpenTicks {
  /** null: too many for the memory. */
  const tables = new Map<Stream, TickTable | null>(STREAMS.map((stream) => [stream, load(stream)]));

  function load(stream: Stream): TickTable | null {
    const found = tableOf(stream, read(stream, AT_MOST + 1));
    return found.length() > AT_MOST ? null : found;
  }
  const held = (stream: Stream): TickTable | null => tables.get(stream) ?? null;
  return {
    held,
    add: (stream, tick) => {
      const table = held(stream);
      if (table === null) return;
      if (table.length() >= AT_MOST) tables.set(stream, null);
      else table.add(tick);
    },
    of: (stream) => held(stream) ?? tableOf(stream, read(stream, Infinity)),
    reload: () => {
      for (const stream of STREAMS) tables.set(stream, load(stream));
    },
    keep: (stream, fromUs, toUs) => {
      const table = held(stream);
      if (table === null) tables.set(stream, load(stream));
      else table.keep((us) => us >= fromUs && us < toUs);
    },
  };
}

export function tableOf({ series }: Stream, ticks: Iterable<Tick>): TickTable {
  const table = tickTable(series.length);
  for (const tick of ticks) table.add(tick);
  return table;
}
