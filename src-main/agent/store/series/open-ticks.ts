// The ticks that are in no chunk yet, in memory as well: a chart of a month ends in them, and to open their seals one by one would take
// longer than all the rest of it. They enter as they are written; those of a stream leave.
import { STREAMS, type Stream } from './streams.ts';
import type { Tick } from './tick-row.ts';

export interface OpenTicks {
  readonly add: (stream: Stream, tick: Tick) => void;
  /** In the order in which they came. */
  readonly of: (stream: Stream) => readonly Tick[];
  /** The others than those from this moment to that one are in chunks now. */
  readonly keep: (fromUs: number, toUs: number) => void;
  /** Something was taken off the disk: what is there now is read again. */
  readonly reload: () => void;
}

/** Of one stream: those of two hours. Only a recording that is played fast brings more; they are read from the disk. */
const AT_MOST = 7200;

/** @param read all of a stream that are on the disk, in the order in which they came, but no more than so many. */
export function createOpenTicks(read: (stream: Stream, atMost: number) => Tick[]): OpenTicks {
  /** null: too many for the memory. */
  const ticks = new Map<Stream, Tick[] | null>(STREAMS.map((stream) => [stream, load(stream)]));

  function load(stream: Stream): Tick[] | null {
    const found = read(stream, AT_MOST + 1);
    return found.length > AT_MOST ? null : found;
  }
  return {
    add: (stream, tick) => {
      const found = ticks.get(stream);
      if (found === undefined || found === null) return;
      if (found.length >= AT_MOST) ticks.set(stream, null);
      else found.push(tick);
    },
    of: (stream) => ticks.get(stream) ?? read(stream, Infinity),
    reload: () => {
      for (const stream of STREAMS) ticks.set(stream, load(stream));
    },
    keep: (fromUs, toUs) => {
      for (const [stream, found] of ticks)
        ticks.set(stream, found === null ? load(stream) : found.filter(({ us }) => us >= fromUs && us < toUs));
    },
  };
}
