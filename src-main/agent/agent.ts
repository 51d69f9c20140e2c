// The agent: collect -> bus -> features -> infer -> fuse -> decide -> store -> publish. Runs in Electron's utility process or
// under plain Node; knows neither. A host starts it, serves its handlers and pushes, and stops it.
import type { AgentOptions, Handlers, Push, Snapshot, State } from '../../src-preload/contract.ts';
import { createUsageMeter } from './budget/process-usage.ts';
import { buildPipeline } from './build-pipeline.ts';
import { createHandlers } from './handlers.ts';
import { createIntake } from './intake.ts';
import { createJournal } from './journal.ts';
import { createNotices } from './notices.ts';
import { createPublisher } from './publish/publisher.ts';
import { settingsFor } from './settings.ts';
import { snapshotOf } from './snapshot.ts';
import { startSources } from './sources.ts';
import { lockData } from './store/data-lock.ts';
import { openStore } from './store/open-store.ts';
import { startTicker } from './ticker.ts';

export interface AgentStart {
  readonly options: AgentOptions;
  readonly version: string;
  /** After each tick: what the tray shows. */
  readonly onStatus?: (status: {
    readonly state: State;
    readonly trust: number | null;
    readonly sentence: string;
  }) => void;
}

export interface Agent {
  readonly handlers: Handlers;
  /** Pushes flow only while somebody subscribes; a snapshot comes first. */
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  readonly pid: number;
  /** Stops the collectors, ends the tick under way and writes everything down. */
  readonly stop: () => Promise<void>;
}

/** @throws AlreadyRunning when another agent uses the data folder, StoreError when the folder can't be used. */
export async function startAgent({ options, version, onStatus }: AgentStart): Promise<Agent> {
  const settings = settingsFor(options);
  const lock = lockData(options.dataDir);
  const { store, opening } = await openStore(options.dataDir).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  const notices = createNotices(Date.now);
  if (opening.kind === 'recovered') {
    notices.add(
      'error',
      `The database was damaged (${opening.why}). It was set aside as ${opening.setAside}; a new one was started.`,
    );
  }
  const hourOf = (tsUs: number): number => new Date(tsUs / 1000).getHours();
  const tell = (level: 'info' | 'warning' | 'error', _: unknown, text: string): void => notices.add(level, text);
  const { pipeline, tracks } = await buildPipeline({ options, settings, store, hourOf, tell });
  const journal = createJournal(pipeline.state());
  const usage = createUsageMeter({ dataDir: options.dataDir, limits: settings.budget });
  const intake = createIntake(pipeline.accept, () => publisher.touch());
  const sources = await startSources({
    source: options.source,
    publish: intake.publish,
    refuse: intake.refuse,
    changed: () => publisher.touch(),
  });

  const snapshot = (): Snapshot =>
    snapshotOf({
      ...{ version, nowMs: Date.now(), source: options.source.kind, tracks, settings },
      ...{ ...journal.read(), lastInputMs: intake.lastInputMs(), missing: sources.missing },
      ...{ budget: usage.read(), events: intake.counts(), notices: notices.list() },
    });
  const publisher = createPublisher(snapshot, () => performance.now());
  const ticker = startTicker(
    settings.hopUs,
    sources.clock,
    async (nowUs) => {
      intake.drain();
      const tick = await pipeline.tick(nowUs);
      store.flush();
      journal.add(tick);
      if (tick.decision !== null) publisher.decision(tick.decision);
      publisher.trustPoint(tick.point);
      publisher.touch();
      if (onStatus !== undefined) onStatus(snapshot());
    },
    (error) => notices.add('error', error instanceof Error ? error.message : String(error)),
  );

  const stop = async (): Promise<void> => {
    await sources.stop();
    await ticker.stop();
    publisher.stop();
    await pipeline.settled();
    for (const track of tracks) await track.release();
    store.close();
    lock.release();
  };
  return {
    handlers: createHandlers({ snapshot, store, pipeline, tracks, journal }),
    subscribe: publisher.subscribe,
    pid: process.pid,
    stop,
  };
}
