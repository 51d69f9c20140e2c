// Loaded into the agent's process before the agent (`node --import`), by `seclyzer soak` alone. In: SECLYZER_SOAK, an Inside as JSON. Out: life at
// another speed, and what only the process itself can say of its memory, written over and over into one file.
import { renameSync, writeFileSync } from 'node:fs';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import { quicken, type Life } from './soak-clock.ts';
import { leastOf } from './soak-least.ts';

export interface Inside {
  readonly life: Life;
  /** JSON, an InsideReport. */
  readonly reportFile: string;
}

export interface InsideReport {
  readonly heapUsedBytes: number;
  /** The least since the last report, of one look a second: nearest to what is alive. */
  readonly heapLowBytes: number;
  readonly heapTotalBytes: number;
  readonly externalBytes: number;
  readonly arrayBufferBytes: number;
  readonly mallocedBytes: number;
  /**
   * Of what keeps the event loop alive, by kind: timers, sockets, pipes. The least since the last report: a timer is not counted while it runs or
   * is about to be set again, and what is gone a second later was not left open.
   */
  readonly resources: Readonly<Record<string, number>>;
}

const LOOK_MS = 1000;
const LOOKS_A_REPORT = 5;

const { life, reportFile } = JSON.parse(process.env['SECLYZER_SOAK'] ?? '') as Inside;
const { wallInterval } = quicken(life);
let low = Infinity;
let open: Readonly<Record<string, number>> | null = null;
let looks = 0;
wallInterval(() => {
  low = Math.min(low, process.memoryUsage().heapUsed);
  open = leastOf(open, process.getActiveResourcesInfo());
  looks += 1;
  if (looks % LOOKS_A_REPORT !== 0) return;
  writeFileSync(`${reportFile}.new`, JSON.stringify(report(low, open)));
  renameSync(`${reportFile}.new`, reportFile);
  [low, open] = [Infinity, null];
}, LOOK_MS).unref();

/** For whoever looks for a leak: `kill -USR2 PID` writes down all that is in memory. */
process.on('SIGUSR2', () => void writeHeapSnapshot(`${reportFile}.${Math.round(process.uptime())}.heapsnapshot`));

function report(heapLowBytes: number, resources: InsideReport['resources']): InsideReport {
  const { heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  return {
    heapUsedBytes: heapUsed,
    heapLowBytes,
    heapTotalBytes: heapTotal,
    externalBytes: external,
    arrayBufferBytes: arrayBuffers,
    mallocedBytes: getHeapStatistics().malloced_memory,
    resources,
  };
}
