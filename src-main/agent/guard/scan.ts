// Log files in, what the guard finds in them out: the same parsing, windows, rules, forest and alerts as in the agent, on the logs' own
// clock, with nothing kept on the disk.
import { openLogFile, type LogFileLines } from '../collect/log-file-lines.ts';
import { createRandom } from '../learn/random.ts';
import type { GuardAlert } from './alert/alert.ts';
import type { GuardIncident } from './alert/incidents.ts';
import type { Raised } from './alert/alert-desk.ts';
import { createCore, type Core } from './core.ts';
import type { Steps } from './cycle.ts';
import { createParser, newTally, type Tally } from './parse/parser.ts';
import type { GuardConfig } from './profile.ts';
import { LEAST_VECTORS, trainBaseline, type Baseline } from './score/baseline.ts';
import { BACK_WITHIN_MS } from './score/stopped-guards.ts';

export interface ScanParts {
  /** In the order of their time. */
  readonly files: readonly string[];
  readonly config: GuardConfig;
  /** Of another machine's log, or an earlier one; null: what is usual is learned from the files as they are read. */
  readonly baseline: Baseline | null;
  readonly onRaised?: (raised: Raised) => void;
  /** Bytes read of those there are; null where that is not known. */
  readonly onProgress?: (read: number, all: number | null) => void;
}

export interface Scan {
  readonly tally: Tally;
  readonly vectors: number;
  /** The newest form of each, in the order in which they were found; at most `queueSize`. */
  readonly alerts: readonly GuardAlert[];
  /** That did not fit. */
  readonly dropped: number;
  readonly incidents: readonly GuardIncident[];
  /** Of the log. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly cycles: number;
  /** Of all cycles together, `read` with what decompressing takes. */
  readonly tookMs: Steps & { readonly read: number };
  readonly core: Core;
}

const SEED = 1;
/** Learned anew after so much more was seen than last time. */
const AGAIN_AFTER_TIMES = 4;
const MOST_INCIDENTS = 1000;

/** @throws Error where a file can't be read. */
export async function scanFiles({ files, config, baseline, onRaised, onProgress }: ScanParts): Promise<Scan> {
  const core = createCore({ config, random: createRandom(SEED) });
  await core.useBaseline(baseline);
  const tally = newTally();
  const alerts = new Map<number, GuardAlert>();
  const incidents = new Map<number, GuardIncident>();
  const took = { read: 0, parse: 0, window: 0, score: 0, alert: 0 };
  let [vectors, cycles, dropped, trainedAt] = [0, 0, 0, LEAST_VECTORS];
  let [firstMs, lastMs] = [Infinity, 0];

  const opened = await Promise.all(files.map(async (path) => await openLogFile(path)));
  const size = opened.some((file) => file.size === null)
    ? null
    : opened.reduce((sum, file) => sum + (file.size ?? 0), 0);
  let before = 0;
  const one = async (file: LogFileLines): Promise<void> => {
    const parser = createParser({ format: 'lines', role: 'all', notAfterMs: () => file.mtimeMs }, tally);
    let startMs = performance.now();
    for await (const { lines, bytes } of file.blocks(config.batchLines)) {
      took.read += performance.now() - startMs;
      const cycle = await core.take(lines, parser);
      cycles += 1;
      vectors += cycle.vectors;
      firstMs = Math.min(firstMs, cycle.firstMs);
      lastMs = Math.max(lastMs, cycle.lastMs);
      for (const step of ['parse', 'window', 'score', 'alert'] as const) took[step] += cycle.tookMs[step];
      for (const raised of cycle.raised) {
        if (alerts.has(raised.alert.id) || alerts.size < config.queueSize) alerts.set(raised.alert.id, raised.alert);
        else if (raised.kind === 'new') dropped += 1;
        onRaised?.(raised);
      }
      for (const incident of cycle.incidents)
        if (incidents.has(incident.id) || incidents.size < MOST_INCIDENTS) incidents.set(incident.id, incident);
      if (baseline === null && core.reservoir.kept() >= LEAST_VECTORS && core.reservoir.seen() >= trainedAt) {
        trainedAt = core.reservoir.seen() * AGAIN_AFTER_TIMES;
        await core.useBaseline(trainBaseline(core.reservoir.rows(), lastMs, SEED));
      }
      onProgress?.(before + bytes, size);
      startMs = performance.now();
    }
    before += file.size ?? 0;
  };
  try {
    for (const file of opened) await one(file);
    // What was stopped at the end of the log and never came back.
    await core.idle(0);
    const last = await core.idle(2 * BACK_WITHIN_MS);
    for (const { alert } of last.raised) alerts.set(alert.id, alert);
    for (const incident of last.incidents) incidents.set(incident.id, incident);
  } finally {
    await core.release();
  }
  return {
    ...{ tally, vectors, dropped, cycles, tookMs: took, core },
    alerts: [...alerts.values()],
    incidents: [...incidents.values()],
    firstMs: firstMs === Infinity ? null : firstMs,
    lastMs: lastMs === 0 ? null : lastMs,
  };
}
