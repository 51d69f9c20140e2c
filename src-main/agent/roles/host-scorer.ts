// The scorer's host: no window, no collectors, no store. In: where settings and key lie. Out: words for the journal and a file that says how it is
// doing, until a stop signal.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { AgentOptions } from '../../../src-preload/contract.ts';
import { keepOutOfDumps } from '../../no-dumps.ts';
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import { startRoleMetrics } from '../publish/api/role-metrics.ts';
import { openRedisLink, type LinkView } from '../publish/redis/redis-link.ts';
import { scoredChannel } from '../publish/redis/redis-record.ts';
import { settingsFor } from '../settings.ts';
import { openSettings } from '../settings-file.ts';
import { preferSmallHeap } from '../small-heap.ts';
import { nextStopSignal } from '../stop-signal.ts';
import { privateFolder } from '../store/private-file.ts';
import { messageOf } from '../thrown.ts';
import type { Backlog } from './backlog.ts';
import { evictionWarning, fleetAccess } from './fleet-access.ts';
import { joinFleet, OtherFleet } from './fleet-record.ts';
import { linkCalls } from './link-calls.ts';
import { loadPriors } from './priors.ts';
import { startScorer, type Scorer } from './scorer.ts';
import { removeScorerStatus, writeScorerStatus, type ScorerStatus } from './scorer-files.ts';
import { addScorer } from './scorer-metrics.ts';

export interface ScorerStart {
  readonly options: Pick<AgentOptions, 'dataDir' | 'modelsDir' | 'settingsFile' | 'enrol'>;
  readonly version: string;
  /** Of its figures for Prometheus; null: nobody reads them. */
  readonly metricsPort: number | null;
}

export interface ScorerOutput {
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

const STATUS_EVERY_MS = 2000;
const AGAIN_MS = 1000;

/** @returns the exit code: 0 after a stop signal, 1 when it could not start, with the reason said. */
export async function runScorer(
  { options, version, metricsPort }: ScorerStart,
  { say, warn }: ScorerOutput,
): Promise<0 | 1> {
  const stopSignal = nextStopSignal();
  process.umask(0o077);
  const dumps = keepOutOfDumps();
  if (dumps !== null) warn(`Should SecLyzer crash, ${dumps}.`);
  preferSmallHeap();
  const { dataDir, settingsFile } = options;
  privateFolder(dataDir);
  const { current } = await openSettings(settingsFile, (_, text) => warn(text), Date.now);
  const access = fleetAccess(current().redis, dataDir, settingsFile);
  if ('reason' in access) {
    warn(`The scorer can't start: ${access.reason}. ${access.fix}`);
    return 1;
  }
  const link = openRedisLink({
    ...{ target: access.target, alarm: SYSTEM_ALARM, random: Math.random },
    changed: (view) => tellOf(view, say, warn),
  });
  const calls = linkCalls(link);
  let stopped = false;
  void stopSignal.then(() => (stopped = true));
  try {
    const joined = await persist(
      async () => ({
        partitions: await joinFleet(calls, access.cipher, access.partitions),
        // Said to nobody: a scorer that may not answer would score for nothing.
        answers: await calls.send(['PUBLISH', scoredChannel('check'), '']),
        warning: await evictionWarning(calls),
      }),
      { isOver: () => stopped, told: (text) => link.view().status === 'connected' && warn(text) },
    );
    if (joined === null) return 0;
    const { partitions, warning } = joined;
    if (warning !== null) warn(warning);
    const scorer = startScorer({
      ...{ calls, cipher: access.cipher, priors: await loadPriors(options.modelsDir), partitions },
      ...{ settings: settingsFor(options, current()), name: nameOfThis() },
    });
    const status = statusOf(scorer, { version, warning });
    const endStatus = keepStatus(dataDir, status, say);
    const metrics = await startRoleMetrics({
      ...{ port: metricsPort, dataDir, version, role: 'scorer', say, warn },
      figures: (gauge, counter) => addScorer(status.now(), gauge, counter),
    });
    await stopSignal;
    say('The scorer stops, and gives its partitions back.');
    await scorer.stop();
    await metrics?.close();
    await endStatus();
    return 0;
  } catch (error) {
    if (!(error instanceof OtherFleet)) throw error;
    warn(`The scorer can't start: ${error.message}`);
    return 1;
  } finally {
    link.close();
  }
}

/** Tried until Redis does it; what it says against it is told once. @returns null where it is to stop before. */
async function persist<T>(
  work: () => Promise<T>,
  { isOver, told }: { readonly isOver: () => boolean; readonly told: (text: string) => void },
): Promise<T | null> {
  let last = '';
  while (!isOver()) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof OtherFleet) throw error;
      const reason = messageOf(error);
      if (reason !== last)
        told(
          `Redis does not let this scorer work: ${reason}. It is tried again. What is missing says seclyzer redis --check --role scorer.`,
        );
      last = reason;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
  return null;
}

/** Two on one machine are two. */
const nameOfThis = (): string => `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;

function tellOf(
  { status, reason, fix, failures }: LinkView,
  say: (line: string) => void,
  warn: (line: string) => void,
): void {
  if (status === 'connected') say('Connected to Redis.');
  else if (reason !== null && failures === 1) warn(`${reason}. ${fix ?? 'It is tried again.'}`);
}

/** What Redis says of the partitions is asked for now and then: nobody waits for one that hangs. */
function statusOf(
  { view, backlog }: Scorer,
  told: Pick<ScorerStatus, 'version' | 'warning'>,
): { readonly now: () => ScorerStatus; readonly look: () => void } {
  const startedMs = Math.round(performance.timeOrigin);
  let known: Backlog | null = null;
  let isLooking = false;
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    // That it does not answer is told by `trouble`.
    known = await backlog().catch(() => null);
    isLooking = false;
  }
  return {
    look: () => void look(),
    now: () => {
      const rssMiB = Math.round(process.memoryUsage.rss() / 2 ** 20);
      return { ...view(), ...told, backlog: known, pid: process.pid, startedMs, atMs: Date.now(), rssMiB };
    },
  };
}

function keepStatus(
  dataDir: string,
  { now: status, look }: ReturnType<typeof statusOf>,
  say: (line: string) => void,
): () => Promise<void> {
  let held = 0;
  let turn: Promise<void> = Promise.resolve();
  async function write(): Promise<void> {
    look();
    const now = status();
    if (now.partitions.length !== held)
      say(`${now.partitions.length} of ${now.of} partitions are scored here; scorers: ${now.scorers}.`);
    held = now.partitions.length;
    await writeScorerStatus(dataDir, now).catch((error: unknown) =>
      say(`How it is doing can't be written: ${messageOf(error)}`),
    );
  }
  const timer = setInterval(() => (turn = write()), STATUS_EVERY_MS);
  turn = write();
  return async () => {
    clearInterval(timer);
    await turn;
    await removeScorerStatus(dataDir, process.pid);
  };
}
