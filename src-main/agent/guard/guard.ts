// The log guard as the agent sees it: reads the log of the machine while it is turned on, tells of attacks, and answers for what it has
// found. The third system beside the trust score and the host monitor.
import type { GuardStatus, Incident, Notification, UserSettings } from '../../../src-preload/contract.ts';
import { findLogs, openSource, type Found, type FoundLogs } from '../collect/logs.ts';
import type { LogSource } from '../collect/logs-source.ts';
import type { Cipher } from '../store/cipher.ts';
import type { ExportRecord } from '../store/export-rows.ts';
import type { Period } from '../store/newest-first.ts';
import { messageOf } from '../thrown.ts';
import { alertNotification } from './alert/alert-notification.ts';
import { createAlertStream, eraseStream } from './alert/alert-stream.ts';
import type { GuardIncident } from './alert/incidents.ts';
import type { Cycle } from './cycle.ts';
import { createGuardDesk, incidentView, type GuardDesk } from './desk.ts';
import { startEngine, type Engine } from './engine.ts';
import { guardRows, type GuardSection } from './guard-export.ts';
import { createGuardStore } from './guard-store.ts';
import type { ModelGate } from '../infer/model-gate.ts';
import { noChange, type GuardErased, type GuardStore } from './guard-records.ts';
import { openOrDoWithout } from './open-or-do-without.ts';
import { guardConfig } from './profile.ts';
import { guardStatus } from './status.ts';

export interface Guard extends GuardDesk {
  /** @param seen false takes it back. @throws Error where there is no such incident. */
  readonly acknowledge: (id: number, seen: boolean) => Incident;
  readonly status: () => GuardStatus;
  /** New incidents, and those that something was added to. */
  readonly subscribe: (listener: (incident: Incident) => void) => () => void;
  /** The settings have changed. */
  readonly apply: () => Promise<void>;
  /** Forgets a period; see GuardStore. Reading goes on where it was. */
  readonly erase: (fromMs: number, toMs: number) => Promise<GuardErased>;
  /** Everything of a period, for its owner. */
  readonly exportRows: (period: Period) => Generator<ExportRecord<GuardSection>>;
  /** When the oldest incident that is kept began; null without one. */
  readonly oldestMs: () => number | null;
  /** Reads what is new now instead of at the next look. */
  readonly poll: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface GuardParts {
  readonly dataDir: string;
  readonly cipher: Cipher;
  readonly settings: () => UserSettings['guard'];
  readonly notify: (notification: Notification) => void;
  /** Takes the place of an earlier one about the same; null: it is over. */
  readonly notice: (about: string, level: 'warning' | 'error', text: string | null) => void;
  readonly nowMs: () => number;
  /** Files to read instead of the machine's own log. */
  readonly logs: readonly string[] | null;
  /** What it may cost at the moment; by default what its settings say. */
  readonly economy?: GuardEconomy | undefined;
}

export interface GuardEconomy {
  /** Looks at what is new no more often than this. */
  readonly leastPollMs: () => number;
  readonly mayTrain: () => boolean;
  readonly gate: ModelGate;
  /** Takes the time of a look at what is new. */
  readonly timed: (look: () => Promise<void>) => Promise<void>;
}

/** Where there was nothing to read, it is looked for again after this time. */
const LOOK_AGAIN_MS = 60_000;
const PRUNE_EVERY_MS = 3_600_000;
/** At the first start: enough to know who comes from where, and what a week looks like. */
const FIRST_LOOK_BACK_MS = 7 * 86_400_000;
/** What happened longer ago than this is told on the dashboard alone. */
const NEWS_MS = 15 * 60_000;

/** Opens its database, and begins to read on its own; where that can't be used, its status says why. */
export function startGuard(parts: GuardParts): Guard {
  const { dataDir, cipher, settings, notify, notice, nowMs, logs, economy } = parts;
  const { db, trouble, refused } = openOrDoWithout(dataDir, cipher, nowMs());
  if (trouble !== null) notice('guard-store', 'error', trouble);
  const store: GuardStore = createGuardStore(db, cipher);
  const desk = createGuardDesk(store);
  const listeners = new Set<(incident: Incident) => void>();
  /** Those of an earlier run were told then. */
  const told = new Map(store.incidents(200).map(({ id, risk }) => [id, risk]));
  let engine: Engine | null = null;
  let sources: readonly LogSource[] = [];
  let found: FoundLogs = { sources: [], lack: null };
  let timer: NodeJS.Timeout | null = null;
  let turn: Promise<void> = Promise.resolve();
  let prunedMs = -Infinity;
  let ended = false;
  const timed = economy?.timed ?? ((look: () => Promise<void>) => look());
  let inForce = JSON.stringify(settings());

  const onCycle = (cycle: Cycle): void => {
    if (guardConfig(settings()).stream) writeStream(cycle);
    for (const incident of cycle.incidents) {
      for (const listener of listeners) listener(incidentView(incident));
      // Each incident interrupts once, and once more when it has become worse.
      if (told.get(incident.id) === incident.risk || nowMs() - incident.lastMs > NEWS_MS) continue;
      told.set(incident.id, incident.risk);
      const notification = alertNotification(incident);
      if (notification !== null) notify(notification);
    }
  };
  const stream = createAlertStream(dataDir);
  const writeStream = ({ raised }: Cycle): void => {
    try {
      stream.write(raised);
      notice('guard-stream', 'warning', null);
    } catch (error) {
      notice('guard-stream', 'warning', `Alerts can't be written to their file: ${messageOf(error)}`);
    }
  };
  const look = async (): Promise<readonly Found[]> => {
    if (logs !== null) return logs.map((path, i) => ({ kind: 'file', path, role: i === 0 ? 'all' : 'beside' }));
    found = await findLogs();
    return found.sources;
  };
  const begin = async (): Promise<void> => {
    const marks = store.marks();
    const config = guardConfig(settings());
    sources = (await look()).map((one) =>
      openSource(one, {
        position: (name) => marks.get(name)?.position ?? null,
        warmFrom: (name) => marks.get(name)?.warm ?? null,
        sinceMs: FIRST_LOOK_BACK_MS,
      }),
    );
    engine = await startEngine({
      ...{ config, store, sources, onCycle, nowMs, gate: economy?.gate, mayTrain: economy?.mayTrain },
      onTrouble: (sentence) => notice('guard', 'error', sentence),
    });
  };
  const cease = async (): Promise<void> => {
    const before = engine;
    [engine, sources] = [null, []];
    await before?.stop();
  };
  const step = async (): Promise<void> => {
    if (ended || refused !== null || !settings().enabled) return cease();
    if (engine === null || sources.length === 0) {
      await cease();
      await begin();
    }
    await timed(async () => await engine?.poll());
    if (nowMs() - prunedMs < PRUNE_EVERY_MS) return;
    prunedMs = nowMs();
    store.prune(nowMs(), guardConfig(settings()));
  };
  /** One after the other, whoever asks. Never rejects. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch((error: unknown) => notice('guard', 'error', `The log guard: ${messageOf(error)}`));
    return turn;
  };
  const pollMs = (): number => Math.max(guardConfig(settings()).pollMs, economy?.leastPollMs() ?? 0);
  /** On the grid of the interval: whatever else wakes up each second does so at the same time. */
  const untilNext = (everyMs: number): number => everyMs - (nowMs() % everyMs) + 1;
  const schedule = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ended) return;
    timer = setTimeout(() => {
      void inTurn(step).then(() => schedule(untilNext(sources.length === 0 ? LOOK_AGAIN_MS : pollMs())));
    }, ms);
    timer.unref();
  };
  schedule(0);

  return {
    ...desk,
    acknowledge: (id, seen) => {
      const atMs = seen ? nowMs() : null;
      const known = engine?.core.incidents.acknowledge(id, atMs) ?? null;
      const incident = known ?? { ...mustExist(store, id), acknowledgedMs: atMs };
      store.commit({ ...noChange(engine?.counts() ?? store.counts()), incidents: [incident] });
      const view = incidentView(incident);
      for (const listener of listeners) listener(view);
      return view;
    },
    status: () =>
      guardStatus({
        enabled: settings().enabled,
        engine,
        sources,
        store,
        lack: refused ?? found.lack,
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    apply: () => {
      const now = JSON.stringify(settings());
      if (now === inForce) return Promise.resolve();
      inForce = now;
      return inTurn(async () => {
        await cease();
        schedule(0);
      });
    },
    erase: async (fromMs, toMs) => {
      const erased = Promise.withResolvers<GuardErased>();
      // What the engine remembers of it would be written down again.
      void inTurn(async () => {
        try {
          await cease();
          await eraseStream(dataDir, fromMs, toMs);
          erased.resolve(store.erase(fromMs, toMs));
          for (const id of told.keys()) if (store.incident(id) === null) told.delete(id);
        } catch (error) {
          erased.reject(error);
        } finally {
          schedule(0);
        }
      });
      return erased.promise;
    },
    exportRows: (period) => guardRows(store, period),
    oldestMs: store.oldestMs,
    poll: () => inTurn(step),
    stop: async () => {
      ended = true;
      if (timer !== null) clearTimeout(timer);
      await inTurn(cease);
      store.close();
    },
  };
}

function mustExist(store: GuardStore, id: number): GuardIncident {
  const incident = store.incident(id);
  if (incident === null) throw new Error(`There is no incident ${id}, or not any more.`);
  return incident;
}
