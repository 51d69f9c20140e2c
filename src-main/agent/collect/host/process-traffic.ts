// What a process has moved from and to its disks in all enters, now and then; what it moves a second leaves. It is asked only while it
// is at work, so some readings may lie between two answers.
import type { ProcessTraffic } from './process-stat.ts';

export interface TrafficMeter {
  /** Begins a reading. @param elapsedS since the one before; null: over a gap, nothing of the past counts. */
  readonly begin: (elapsedS: number | null) => void;
  /** Whether there is an answer to compare the next one with. */
  readonly isKnown: () => boolean;
  /** @param total null where it is hidden. */
  readonly take: (total: ProcessTraffic | null) => void;
  /** As taken last; null where it is hidden or was never asked. */
  readonly total: () => ProcessTraffic | null;
  /**
   * A second, since it was asked before: 0 when it was not asked in this reading, null when that is not known.
   * @param inherited what its children had moved in all that have ended since: the kernel hands that on to their parent, and it was
   * told of them.
   */
  readonly rates: (inherited: ProcessTraffic) => ProcessTraffic | null;
}

export const NO_TRAFFIC: ProcessTraffic = { readBytes: 0, writtenBytes: 0 };

/** @param first what it had moved before; null where that is not known. */
export function createTrafficMeter(first: ProcessTraffic | null): TrafficMeter {
  let last = first;
  let sinceS = 0;
  /** Of this reading. */
  let moved: { readonly traffic: ProcessTraffic; readonly overS: number } | 'nothing' | 'unknown' = 'nothing';

  return {
    begin: (elapsedS) => {
      moved = 'nothing';
      sinceS += elapsedS ?? 0;
      if (elapsedS === null) last = null;
    },
    isKnown: () => last !== null,
    take: (total) => {
      moved =
        total === null || last === null || sinceS === 0
          ? 'unknown'
          : {
              traffic: {
                readBytes: total.readBytes - last.readBytes,
                writtenBytes: total.writtenBytes - last.writtenBytes,
              },
              overS: sinceS,
            };
      last = total;
      sinceS = 0;
    },
    total: () => last,
    rates: (inherited) => {
      if (moved === 'nothing') return NO_TRAFFIC;
      if (moved === 'unknown') return null;
      const { traffic, overS } = moved;
      return {
        readBytes: Math.max(0, traffic.readBytes - inherited.readBytes) / overS,
        writtenBytes: Math.max(0, traffic.writtenBytes - inherited.writtenBytes) / overS,
      };
    },
  };
}
