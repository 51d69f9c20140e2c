// The calls of the contract, answered by the agent's parts.
import type { Handlers, Snapshot } from '../../src-preload/contract.ts';
import type { Audit } from './audit.ts';
import type { DrillDesk } from './drill/drill.ts';
import type { Guard } from './guard/guard.ts';
import type { ResourceDesk } from './budget/resource-desk.ts';
import type { HostDesk } from './monitor/host-desk.ts';
import type { HostWatch } from './monitor/host-watch.ts';
import type { Journal } from './journal.ts';
import type { LearningDesk } from './profiles/learning-desk.ts';
import type { Pipeline } from './pipeline.ts';
import type { Protection } from './protection.ts';
import type { SettingsDesk } from './settings-desk.ts';
import type { Store } from './store/store.ts';

export interface HandlerParts {
  readonly snapshot: () => Snapshot;
  readonly store: Store;
  readonly pipeline: Pipeline;
  readonly journal: Journal;
  readonly protection: Protection;
  readonly drill: Pick<DrillDesk, 'view' | 'start' | 'end' | 'refusal'>;
  readonly settings: SettingsDesk;
  readonly learning: LearningDesk;
  readonly audit: Audit;
  readonly guard: Pick<Guard, 'incidents' | 'incident' | 'alerts' | 'acknowledge' | 'status'>;
  readonly host: HostDesk & Pick<HostWatch, 'look'>;
  readonly resources: ResourceDesk;
  /** The present on the clock of the events. */
  readonly nowMs: () => number;
}

/** More points than a chart can show would only cost time. */
const CHART_POINTS = 300;
/** What led to a moment is what was said in this time before it; what belongs to it lies within half a tick. */
const LED_TO_MS = 60_000;
const SAME_MOMENT_MS = 2500;

export function createHandlers(parts: HandlerParts): Handlers {
  const {
    snapshot,
    store,
    pipeline,
    journal,
    protection,
    drill,
    settings,
    learning,
    guard,
    host,
    resources,
    audit,
    nowMs,
  } = parts;
  const mustNotDoubt = (): void => {
    const doubt = protection.doubt();
    if (doubt !== null) throw new Error(doubt);
  };
  const knowsOwner = (): boolean => pipeline.point(nowMs()).trust !== null;
  return {
    snapshot: () => Promise.resolve(snapshot()),
    trustHistory: ({ minutes, toMs = nowMs() }) =>
      Promise.resolve([...store.trust(toMs - minutes * 60_000, toMs, CHART_POINTS)]),
    decisions: ({ limit, fromMs, toMs }) => Promise.resolve([...store.decisions(limit, fromMs, toMs)]),
    audit: ({ limit, fromMs, toMs }) => Promise.resolve([...store.audit(limit, fromMs, toMs)]),
    moment: ({ atMs }) => Promise.resolve(momentAt(store, atMs)),
    train: async () => {
      const sentences = await pipeline.train(Math.round(nowMs()));
      for (const sentence of sentences) audit('training', sentence);
      store.flush();
      return [...sentences];
    },
    restartEnrolment: async () => {
      mustNotDoubt();
      // What has been learned is the owner's: to throw it away he shows who he is, where that can be seen.
      const refusal = drill.refusal() ?? (knowsOwner() && protection.unlocksSeen() ? protection.refusal() : null);
      if (refusal !== null) throw new Error(refusal);
      await pipeline.reset();
      journal.restart(pipeline.point(nowMs()));
      audit('reset', 'Models and windows were forgotten; learning began anew.');
      store.flush();
      return null;
    },
    settings: () => Promise.resolve(settings.view()),
    changeSettings: async (change) => {
      mustNotDoubt();
      return await settings.change(change);
    },
    pause: async ({ minutes }) => {
      mustNotDoubt();
      protection.pause(minutes);
      return null;
    },
    resume: async () => {
      protection.resume();
      return null;
    },
    lockNow: async () => {
      await protection.lockNow();
      return null;
    },
    learning: async () => learning.view(),
    addProfile: ({ name }) => learning.add(name),
    renameProfile: ({ id, name }) => learning.rename(id, name),
    removeProfile: ({ id }) => learning.remove(id),
    useVersion: ({ profile, modality, version }) => learning.useVersion(profile, modality, version),
    thatWasMe: ({ atMs }) => learning.thatWasMe(atMs),
    drill: async () => drill.view(),
    startDrill: async ({ minutes }) => drill.start(minutes),
    endDrill: async () => drill.end(),
    incidents: async ({ limit, fromMs, toMs, by }) => [...guard.incidents(limit, fromMs, toMs, by)],
    incident: async ({ id, lines }) => guard.incident(id, lines),
    logAlerts: ({ limit, fromMs, toMs }) => Promise.resolve([...guard.alerts(limit, fromMs, toMs)]),
    acknowledgeIncident: async ({ id, seen }) => {
      mustNotDoubt();
      return guard.acknowledge(id, seen);
    },
    guard: () => Promise.resolve(guard.status()),
    host: async () => host.view(),
    watchHost: async () => {
      host.look();
      return host.view();
    },
    hostSeries: async ({ metrics, seconds }) => host.series(metrics, seconds),
    hostAnomalies: async ({ sinceMs, untilMs }) => host.anomalies(sinceMs, untilMs),
    hostAnomaly: async ({ id }) => host.anomaly(id),
    resources: async () => resources.view(),
    watchResources: async () => {
      resources.look();
      return resources.view();
    },
    resourceHistory: async ({ minutes, toMs }) => resources.history(minutes, toMs),
  };
}

function momentAt(store: Store, atMs: number): Awaited<ReturnType<Handlers['moment']>> {
  const [decision] = store.decisions(1, atMs - SAME_MOMENT_MS, atMs + SAME_MOMENT_MS);
  const [near] = store
    .trust(atMs - LED_TO_MS, atMs + SAME_MOMENT_MS, CHART_POINTS)
    .toSorted((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
  const said = store
    .scores((atMs - LED_TO_MS) * 1000, (atMs + SAME_MOMENT_MS) * 1000)
    .map(({ ts, modality, llr, points }) => ({ atMs: ts / 1000, modality, llr, points }));
  return { point: near ?? null, decision: decision ?? null, said };
}
