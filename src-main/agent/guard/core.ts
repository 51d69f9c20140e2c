// parse -> window -> rules -> score -> alert -> incident: lines in, what is to be told and kept out. Knows no file, no database and no
// clock of its own, so that the agent, the command line and the benchmark run the very same thing.
import type { Random } from '../learn/random.ts';
import { messageOf } from '../thrown.ts';
import { createAlertDesk, type AlertDesk, type Raised } from './alert/alert-desk.ts';
import { keyOf, type Candidate, type GuardAlert } from './alert/alert.ts';
import { createIncidentDesk, type GuardIncident, type IncidentDesk } from './alert/incidents.ts';
import { merged, NO_TIME, type Cycle } from './cycle.ts';
import type { Habits } from './features/habits.ts';
import { vectorOf } from './features/log-features.ts';
import { makesVector, vectorKey } from './features/vector-key.ts';
import { createWatch, type Scene, type Watch } from './features/watch.ts';
import { learnFrom } from './learn-from.ts';
import type { LogEvent } from './parse/event.ts';
import { copyOf } from './parse/names.ts';
import type { Parser } from './parse/parser.ts';
import type { GuardConfig } from './profile.ts';
import type { Baseline } from './score/baseline.ts';
import { createReservoir, type Reservoir } from './score/reservoir.ts';
import type { Finding } from './score/rule.ts';
import { scoreOf } from './score/risk.ts';
import { findIn } from './score/rules.ts';
import { createScorer, type Scorer } from './score/scorer.ts';
import { ModelRefused, type ModelGate } from '../infer/model-gate.ts';
import { createStoppedGuards } from './score/stopped-guards.ts';
import { findUnusual } from './score/unusual.ts';

export interface Core {
  /**
   * Takes lines of one source, in their order. @param warm they were told already: they fill the windows and nothing else.
   */
  readonly take: (lines: readonly string[], parser: Parser, warm?: boolean) => Promise<Cycle>;
  /** Something that no line tells: the log itself was cut. */
  readonly tell: (event: LogEvent) => Promise<Cycle>;
  /** Nothing more has come: what was known to be stopped a minute ago has not come back. */
  readonly idle: (nowMs: number) => Promise<Cycle>;
  readonly useBaseline: (baseline: Baseline | null) => Promise<void>;
  readonly baseline: () => Baseline | null;
  readonly reservoir: Reservoir;
  readonly watch: Watch;
  readonly alerts: AlertDesk;
  readonly incidents: IncidentDesk;
  readonly release: () => Promise<void>;
}

export interface CoreParts {
  /** By default through onnxruntime. */
  readonly scorerOf?: (baseline: Baseline) => Scorer;
  /** The forest could not be asked; the rules go on without it. */
  readonly onTrouble?: (sentence: string) => void;
  /** Whether there is memory for the forest. */
  readonly gate?: ModelGate | undefined;
  readonly config: GuardConfig;
  readonly random: Pick<Random, 'uniform'>;
  readonly restored?: {
    readonly habits: readonly Habits[];
    readonly rows: readonly Float32Array[];
    readonly seen: number;
  };
}

/** A cycle ends after this much time of the log, so that what is read late is judged as it would have been then. */
const CYCLE_MS = 60_000;
/** Of what was this bad nothing is learned: an attacker must not become usual. */
const LEARN_BELOW = 0.8;

interface Considered {
  readonly scene: Scene;
  findings: readonly Finding[];
  /** Of what the rules have found. */
  readonly score: number;
  readonly events: number;
  readonly firstMs: number;
}

interface Pending {
  readonly vectors: Map<string, Scene>;
  readonly candidates: Map<string, Considered>;
  readonly habits: Set<Habits>;
  fromMs: number;
}

const nothingYet = (): Pending => ({ vectors: new Map(), candidates: new Map(), habits: new Set(), fromMs: Infinity });

export function createCore({ config, random, restored, onTrouble, scorerOf, gate }: CoreParts): Core {
  const { windowMs } = config;
  const watch = createWatch({ windowMs, addresses: config.addresses, users: config.users });
  for (const habits of restored?.habits ?? []) watch.habits.set(habits.user, habits);
  const reservoir = createReservoir(config.trainingSamples, random, restored);
  const alerts = createAlertDesk(config);
  const incidents = createIncidentDesk();
  const stopped = createStoppedGuards();
  let baseline: Baseline | null = null;
  let scorer: Scorer | null = null;
  let pending = nothingYet();
  const makeScorer =
    scorerOf ?? ((next) => createScorer(next, { batch: config.scoreBatch, cacheTtlMs: config.cacheTtlMs, gate }));

  const consider = (scene: Scene, findings: readonly Finding[], score: number): void => {
    if (findings.length === 0) return;
    const key = findings.map(keyOf).join('+');
    const before = pending.candidates.get(key);
    const kept = before === undefined || score >= before.score ? { scene, findings, score } : before;
    const firstMs = Math.min(before?.firstMs ?? Infinity, scene.event.atMs);
    pending.candidates.set(key, { ...kept, firstMs, events: (before?.events ?? 0) + scene.event.count });
  };
  const takeEvent = (event: LogEvent, line: string, warm: boolean): void => {
    if (event.kind === 'protection-stopped' || event.kind === 'protection-started' || event.kind === 'shutdown') {
      stopped.take(event, copyOf(line));
      return;
    }
    const scene = watch.take(event, line);
    const findings = findIn(scene, { windowMs });
    const score = scoreOf(findings);
    if (scene.session !== null && event.kind === 'login') scene.session.suspicion = score;
    if (warm) return;
    pending.fromMs = Math.min(pending.fromMs, event.atMs);
    if (score < LEARN_BELOW && learnFrom(scene) && scene.habits !== null) pending.habits.add(scene.habits);
    if (scene.counted && makesVector(event)) pending.vectors.set(vectorKey(scene), scene);
    consider(scene, findings, score);
  };
  const overdue = (late: ReturnType<typeof stopped.due>): void => {
    for (const { event, line } of late) {
      const scene = watch.take(event, line);
      const findings = findIn(scene, { windowMs });
      consider(scene, findings, scoreOf(findings));
    }
  };

  const scored = async (rows: readonly Float32Array[], nowMs: number): Promise<Float32Array | null> => {
    try {
      return (await scorer?.score(rows, nowMs)) ?? null;
    } catch (error) {
      // The rules go on without it, and what is shown of resources says so.
      if (error instanceof ModelRefused) return null;
      onTrouble?.(`The model of the log guard could not be asked: ${messageOf(error)}`);
      return null;
    }
  };

  /** Scores what is pending and turns it into alerts. */
  const finish = async (nowMs: number): Promise<Cycle> => {
    const startMs = performance.now();
    const { vectors, candidates, habits, fromMs } = pending;
    pending = nothingYet();
    const scenes = [...vectors.values()];
    const rows = scenes.map((scene) => vectorOf(scene, windowMs));
    const slots: number[] = [];
    const vectorByScene = new Map(scenes.map((scene, i) => [scene, rows[i] as Float32Array]));
    const vectorsMs = performance.now();
    const scores = rows.length === 0 ? null : await scored(rows, nowMs);
    const byVector = Map.groupBy(candidates.values(), ({ scene }) => vectorKey(scene));
    for (const [i, scene] of scenes.entries()) {
      const row = rows[i] as Float32Array;
      const mine = byVector.get(vectorKey(scene)) ?? [];
      const worst = Math.max(0, ...mine.map(({ findings }) => scoreOf(findings)));
      const finding =
        baseline === null || scores === null ? null : findUnusual(baseline, scene, row, scores[i] ?? 0, worst);
      if (finding !== null) {
        for (const candidate of mine) candidate.findings = [...candidate.findings, finding];
        if (mine.length === 0)
          candidates.set(keyOf(finding), {
            ...{ scene, findings: [finding], score: 0, events: scene.event.count, firstMs: scene.event.atMs },
          });
      }
      // What was learned from must not be what is to be found.
      if (worst < config.threshold) {
        const slot = reservoir.offer(row);
        if (slot !== null) slots.push(slot);
      }
    }
    const scoredMs = performance.now();
    const raised: Raised[] = [];
    const touched = new Map<number, GuardIncident>();
    for (const { scene, findings, events, firstMs } of candidates.values()) {
      const sorted = findings.toSorted((a, b) => b.strength - a.strength);
      const vector = vectorByScene.get(scene) ?? vectorOf(scene, windowMs);
      const candidate: Candidate = { scene, findings: sorted, events, firstMs, vector, windowMs };
      const one = alerts.take(candidate, baseline, (alert: GuardAlert) => {
        const incident = incidents.take(alert);
        touched.set(incident.id, incident);
        return incident.id;
      });
      if (one !== null) raised.push(one);
    }
    const doneMs = performance.now();
    return {
      ...{ raised, incidents: [...touched.values()], habits: [...habits], slots, vectors: rows.length },
      tookMs: { parse: 0, window: vectorsMs - startMs, score: scoredMs - vectorsMs, alert: doneMs - scoredMs },
      ...{ firstMs: fromMs, lastMs: nowMs },
    };
  };

  const take: Core['take'] = async (lines, parser, warm = false) => {
    const cycles: Cycle[] = [];
    let lastMs = 0;
    let parseMs = 0;
    let windowTookMs = 0;
    let at = 0;
    while (at < lines.length) {
      const startMs = performance.now();
      const events: LogEvent[] = [];
      const sources: string[] = [];
      for (; at < lines.length; at += 1) {
        const line = lines[at] as string;
        const event = parser.read(line);
        if (event === null) continue;
        lastMs = Math.max(lastMs, event.atMs);
        events.push(event);
        sources.push(line);
        if (event.atMs - (events[0]?.atMs ?? 0) > CYCLE_MS) {
          at += 1;
          break;
        }
      }
      const parsedMs = performance.now();
      for (const [i, event] of events.entries()) takeEvent(event, sources[i] as string, warm);
      if (lastMs > 0) overdue(stopped.due(lastMs));
      windowTookMs += performance.now() - parsedMs;
      parseMs += parsedMs - startMs;
      if (warm) pending = nothingYet();
      else cycles.push(await finish(lastMs));
    }
    return merged(cycles, { parse: parseMs, window: windowTookMs, score: 0, alert: 0 });
  };

  return {
    take,
    tell: async (event) => {
      takeEvent(event, event.detail ?? '', false);
      return merged([await finish(event.atMs)], NO_TIME);
    },
    idle: async (nowMs) => {
      overdue(stopped.idle(nowMs));
      return merged(pending.candidates.size === 0 ? [] : [await finish(nowMs)], NO_TIME);
    },
    useBaseline: async (next) => {
      const before = scorer;
      baseline = next;
      scorer = next === null ? null : makeScorer(next);
      await before?.release();
    },
    baseline: () => baseline,
    ...{ reservoir, watch, alerts, incidents },
    release: async () => scorer?.release(),
  };
}
