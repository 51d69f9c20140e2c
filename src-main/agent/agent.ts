// The agent: collect -> bus -> features -> infer -> fuse -> decide -> store -> publish. Runs in Electron's utility process or
// under plain Node; knows neither. A host starts it, serves its handlers and pushes, and stops it.
import type { AgentOptions, Budget, Handlers, Push, Snapshot } from '../../src-preload/contract.ts';
import { createUsageMeter } from './budget/process-usage.ts';
import { buildPipeline } from './build-pipeline.ts';
import { createHandlers } from './handlers.ts';
import { createIntake } from './intake.ts';
import { createJournal } from './journal.ts';
import { createNotices, type Notices } from './notices.ts';
import { openData, type Data } from './open-data.ts';
import { createPublisher } from './publish/publisher.ts';
import { settingsFor } from './settings.ts';
import { snapshotOf } from './snapshot.ts';
import { chooseSource, startSources } from './sources.ts';
import { startTicker } from './ticker.ts';
import { messageOf } from './thrown.ts';

export interface AgentStart {
  readonly options: AgentOptions;
  readonly version: string;
  /** After each tick: what the tray shows. */
  readonly onStatus?: (status: Pick<Snapshot, 'state' | 'trust' | 'sentence'>) => void;
  /** Other processes of the program, whose resources count as its own. */
  readonly otherPids?: readonly number[];
}

export interface Agent {
  readonly handlers: Handlers;
  /** Pushes flow only while somebody subscribes; a snapshot comes first. */
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  readonly pid: number;
  /** Stops the collectors, ends the tick under way and writes everything down. */
  readonly stop: () => Promise<void>;
}

/** Old rows are thrown away this often. */
const PRUNE_EVERY_US = 3600e6;

/** @throws AlreadyRunning when another agent uses the data folder, StoreError when the folder can't be used. */
export async function startAgent(start: AgentStart): Promise<Agent> {
  const notices = createNotices(Date.now);
  const data = await openData(start.options.dataDir, notices);
  try {
    return await runOn(data, start, notices);
  } catch (error) {
    data.close();
    throw error;
  }
}

async function runOn(
  { store, close }: Data,
  { options, version, onStatus, otherPids = [] }: AgentStart,
  notices: Notices,
): Promise<Agent> {
  const settings = settingsFor(options);
  const { pipeline, tracks } = await buildPipeline({
    options,
    settings,
    store,
    hourOf: localHour,
    tell: (level, _, text) => notices.add(level, text),
  });
  const usage = createUsageMeter({ dataDir: options.dataDir, limits: settings.budget, pids: () => otherPids });
  const { collectors, clock } = chooseSource(options.source);
  const nowMs = (): number => clock.nowUs() / 1000;
  const journal = createJournal(pipeline.point(nowMs()));
  const view = (budget: Budget | null): Snapshot => {
    const { ticks, point, sinceMs } = journal.read();
    return snapshotOf({
      version,
      nowMs: nowMs(),
      source: options.source.kind,
      sinceMs,
      lastInputMs: intake.lastInputMs(),
      ticks,
      point,
      tracks,
      missing: sources.missing,
      budget,
      events: intake.counts(),
      notices: notices.list(),
    });
  };
  const snapshot = (): Snapshot => view(usage.read());
  const publisher = createPublisher(snapshot, () => performance.now());
  const onLost = (error: unknown): void => notices.add('error', `An event was lost: ${messageOf(error)}`);
  const intake = createIntake({ accept: pipeline.accept, nowUs: clock.nowUs, drained: publisher.touch, onLost });
  const sources = await startSources(collectors, {
    publish: intake.publish,
    refuse: intake.refuse,
    changed: publisher.touch,
  });

  /** Measuring what it costs costs more than the rest of a tick, so that waits until somebody looks. */
  const tell = (): void => {
    if (onStatus === undefined) return;
    const { state, trust, sentence } = view(null);
    onStatus({ state, trust, sentence });
  };
  tell();
  const onTick = async (nowUs: number): Promise<void> => {
    intake.drain();
    const tick = await pipeline.tick(nowUs);
    journal.add(tick);
    if (tick.decision !== null) publisher.decision(tick.decision);
    publisher.trustPoint(tick.point);
    publisher.touch();
    tell();
    // Last, so that a full disk stops nothing but the writing; what could not be written waits for the next tick.
    store.flush();
    // By the wall clock: that of a replay may be years away.
    if (nowUs % PRUNE_EVERY_US < settings.hopUs) store.prune(Date.now());
  };
  const ticker = startTicker(settings.hopUs, clock, onTick, (error) => notices.add('error', messageOf(error)));

  const stop = async (): Promise<void> => {
    await sources.stop();
    intake.stop();
    await ticker.stop();
    publisher.stop();
    await pipeline.settled();
    for (const track of tracks) await track.release();
    close();
  };
  return {
    handlers: createHandlers({ snapshot, store, pipeline, journal, nowMs }),
    subscribe: publisher.subscribe,
    pid: process.pid,
    stop,
  };
}

const localHour = (tsUs: number): number => new Date(tsUs / 1000).getHours();
