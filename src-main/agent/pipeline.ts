// The authentication path, one tick at a time: tracks score, fusion weighs, the state machine decides, the store keeps.
// The clock is an argument, so that a recording at full speed and a live session take the same way.
import type { Decision, Modality, State, TrustPoint } from '../../src-preload/contract.ts';
import { decide, reauthenticated, STARTING, type DecisionState } from './decide/state-machine.ts';
import type { InputEvent } from './events.ts';
import { fuse, trustOf, unknownTrust, type Evidence, type TrustState } from './fuse/trust-filter.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore } from './track.ts';

export interface Tick {
  readonly point: TrustPoint;
  readonly decision: Decision | null;
  readonly scores: ReadonlyMap<Modality, TrackScore & { readonly points: number }>;
}

export interface PipelineParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly tracks: readonly Track[];
  /** A model or a training failed: the modality is out until it works again, and the user is told. */
  readonly onFailure: (modality: Modality, reason: string) => void;
  readonly onTrained: (modality: Modality, sentence: string) => void;
  readonly reasonFor: (from: State, to: State, scores: Tick['scores']) => string;
}

export interface Pipeline {
  readonly accept: (event: InputEvent) => void;
  readonly tick: (nowUs: number) => Promise<Tick>;
  /** Resolves when no training is under way. */
  readonly settled: () => Promise<void>;
  readonly reauthenticated: () => void;
  readonly reset: () => Promise<void>;
  readonly state: () => State;
}

/** After enrolment a window is kept for later training only while trust is at least this high: nobody else may teach the model. */
const LEARN_ABOVE = 95;
/** A tick without news is written down once a minute, so that the history shows a line and not a gap. */
const KEEP_EVERY_MS = 60_000;
/** A machine that slept or a recording's gap between sessions: the filter sees at most this much time at once. */
const MAX_STEP_S = 3600;

export function createPipeline(parts: PipelineParts): Pipeline {
  const { settings, store, tracks } = parts;
  let trust: TrustState = unknownTrust(settings.fusion);
  let machine: DecisionState = STARTING;
  let lastUs: number | null = null;
  let pointsSince = new Map<Modality, number>();
  let keptMs = 0;
  const trainings = new Set<Promise<void>>();

  const ready = (): boolean => tracks.some((track) => track.modality !== 'app' && track.trained());

  async function scoreAll(nowUs: number): Promise<Map<Modality, TrackScore>> {
    const learnable =
      machine.state === 'LEARNING' || (machine.state === 'NORMAL' && trustOf(trust).trust >= LEARN_ABOVE);
    const scores = new Map<Modality, TrackScore>();
    for (const track of tracks) {
      try {
        const score = await track.tick(nowUs, learnable);
        if (score !== null) scores.set(track.modality, score);
      } catch (error) {
        parts.onFailure(track.modality, messageOf(error));
      }
    }
    return scores;
  }

  function trainWhereDue(nowUs: number): void {
    for (const track of tracks) {
      if (!track.wantsTraining()) continue;
      const training = track
        .train(Math.round(nowUs / 1000))
        .then((sentence) => parts.onTrained(track.modality, sentence))
        .catch((error: unknown) => parts.onFailure(track.modality, messageOf(error)))
        .finally(() => trainings.delete(training));
      trainings.add(training);
    }
  }

  function evidenceOf(scores: ReadonlyMap<Modality, TrackScore>): Evidence[] {
    return [...scores].map(([modality, { llr, share }]) => ({
      modality,
      llr: llr * share * settings.modalities[modality].weight,
      share,
    }));
  }

  function decideOn(nowUs: number, point: Omit<TrustPoint, 'state'>, scores: Tick['scores']): Decision | null {
    const before = machine.state;
    machine = decide(machine, point.trust, settings.decision);
    for (const [modality, { points }] of scores) pointsSince.set(modality, (pointsSince.get(modality) ?? 0) + points);
    if (machine.state === before) return null;
    const decision: Decision = {
      atMs: Math.round(nowUs / 1000),
      from: before,
      to: machine.state,
      trust: point.trust,
      points: Object.fromEntries(pointsSince),
      reason: parts.reasonFor(before, machine.state, scores),
    };
    pointsSince = new Map();
    store.addDecision(decision);
    return decision;
  }

  return {
    accept: (event) => {
      for (const track of tracks) track.accept(event);
    },
    tick: async (nowUs) => {
      const found = await scoreAll(nowUs);
      const dtS = lastUs === null ? 0 : Math.min(MAX_STEP_S, Math.max(0, (nowUs - lastUs) / 1e6));
      lastUs = nowUs;
      const scoring = ready();
      const fused = fuse(trust, dtS, scoring ? evidenceOf(found) : [], settings.fusion);
      if (scoring) trust = fused.state;
      const scores = new Map([...found].map(([m, score]) => [m, { ...score, points: fused.points.get(m) ?? 0 }]));
      const levels = scoring ? trustOf(trust) : { trust: null, low: null, high: null };
      const decision = decideOn(nowUs, { atMs: Math.round(nowUs / 1000), ...levels }, scores);
      const point: TrustPoint = { atMs: Math.round(nowUs / 1000), ...levels, state: machine.state };
      if (scores.size > 0 || decision !== null || point.atMs - keptMs >= KEEP_EVERY_MS) {
        store.addTrust(point);
        keptMs = point.atMs;
      }
      for (const [modality, { raw, llr, points }] of scores) store.addScore({ ts: nowUs, modality, raw, llr, points });
      trainWhereDue(nowUs);
      return { point, decision, scores };
    },
    settled: async () => {
      while (trainings.size > 0) await Promise.all(trainings);
    },
    reauthenticated: () => {
      trust = unknownTrust(settings.fusion);
      machine = reauthenticated(machine);
    },
    reset: async () => {
      for (const track of tracks) await track.reset();
      trust = unknownTrust(settings.fusion);
      machine = STARTING;
    },
    state: () => machine.state,
  };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
