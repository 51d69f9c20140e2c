// For tests of the transports: what is kept, and what a deletion answers.
import type { Deleted, KeptData } from '../../../src-preload/contract.ts';

export const KEPT: KeptData = {
  parts: [{ part: 'learned', bytes: 40_000, sinceMs: 1_699_000_000_000 }],
  ...{ totalBytes: 1_600_000, refusal: null, exportRefusal: null },
};

export const DELETED: Deleted = {
  sentence: 'Deleted 3 decisions.',
  ...{ readings: 0, windows: 0, models: 0, decisions: 3, entries: 0, incidents: 0, alerts: 0 },
  ...{ freedBytes: 0, unfinished: null },
};

export async function* exportedPieces(): AsyncGenerator<string> {
  yield '{"format":';
  yield '"seclyzer-export"}';
}
