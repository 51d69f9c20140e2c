// How a log guard that reads one log is doing, for tests of whoever passes it on or shows it.
import type { GuardStatus, SourceHealth } from './contract.ts';

export const readingLog: SourceHealth = {
  ...{ name: '/var/log/auth.log', status: 'reading', reason: null, fix: null, command: null },
  ...{ lines: 12_430, lastMs: null },
};

export const guardReading: GuardStatus = {
  running: true,
  sources: [readingLog],
  ...{ lines: 12_430, linesLastMinute: 2, parsed: 9, unparsed: 1, events: 4, vectors: 2, alerts: 1 },
  ...{ dropped: 0, evicted: 0, unknown: [] },
  baseline: { have: 2, need: 256, trainedMs: null },
  open: { LOW: 0, MEDIUM: 0, HIGH: 1, CRITICAL: 0 },
};
