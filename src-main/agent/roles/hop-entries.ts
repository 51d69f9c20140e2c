// Records of the tap in, one entry a hop out: the windows that end together, and the switches since the one before.
import { MAX_DWELL_MS } from '../features/app-features.ts';
import type { FeatureRecord, OutletRecord, TransitionRecord } from '../publish/outlets/outlet-record.ts';
import type { Entry, EntrySwitch, EntryWindow } from './entry.ts';

export interface HopParts extends Pick<Entry, 'host' | 'user' | 'id'> {
  /** Local hour of day, 0-23. */
  readonly hourOf: (tsUs: number) => number;
  readonly emit: (entry: Entry) => void;
}

/** Switches alone wait so long for a window. */
const HOP_US = 5e6;

/** @returns what is to be told of each record. */
export function createHopEntries({ host, user, id, hourOf, emit }: HopParts): (record: OutletRecord) => void {
  let windows: EntryWindow[] = [];
  let switches: EntrySwitch[] = [];
  let sinceUs = 0;
  let isDue = false;

  function flush(ts: number): void {
    isDue = false;
    if (windows.length > 0 || switches.length > 0) emit({ ts, host, user, id, windows, switches });
    [windows, switches] = [[], []];
  }
  function addWindow({ modality, ts, events: count, raw: events, fresh, values }: FeatureRecord): void {
    windows.push({ modality, count, events, fresh, values });
    if (isDue) return;
    isDue = true;
    // The other window of the hop is told in the same breath.
    queueMicrotask(() => flush(ts));
  }
  function addSwitch({ ts, from, to, dwellS }: TransitionRecord): void {
    if (switches.length === 0) sinceUs = ts;
    const dwellMs = Math.min(MAX_DWELL_MS, Math.max(0, dwellS * 1000));
    switches.push({ from, to, dwellMs, hour: hourOf(ts) });
  }
  return (record) => {
    switch (record.kind) {
      case 'features':
        return addWindow(record);
      case 'transition':
        return addSwitch(record);
      case 'score':
        if (switches.length > 0 && !isDue && record.ts - sinceUs >= HOP_US) flush(record.ts);
        return;
      case 'change':
    }
  };
}
