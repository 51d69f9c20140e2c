// The authentication path, one tick at a time: tracks score, fusion weighs, the state machine decides, the store keeps.
// The clock is an argument, so that a recording at full speed and a live session take the same way.
import { CARRIES, type Decision, type Modality, type State, type TrustPoint } from '../../src-preload/contract.ts';
import { decide, reauthenticated, STARTING, type DecisionState } from './decide/state-machine.ts';
import type { InputEvent } from './events.ts';
import { forgetTrust, recallTrust, rememberTrust } from './fuse/trust-memory.ts';
import { fuse, trustOf, unknownTrust, type Evidence, type TrustState } from './fuse/trust-filter.ts';
import type { DecisionSettings, Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore, TrainingOrder } from './track.ts';
import { messageOf } from './thrown.ts';

export interface Tick {
  readonly point: TrustPoint;
  readonly decision: Decision | null;
  readonly scores: ReadonlyMap<Modality, TrackScore & { readonly points: number }>;
}

export interface PipelineParts {
  readonly settings: Settings;
  /** The thresholds in force: the user may move them at any time. */
  readonly decision: () => DecisionSettings;
  /** Whether the user lets this modality be watched. */
  readonly watched: (modality: Modality) => boolean;
  /** Whether what comes in may teach at all, by default always: not while somebody else is known to be at the keyboard. */
  readonly mayLearn?: () => boolean;
  readonly store: Store;
  readonly tracks: readonly Track[];
  /** A model or a training failed: the modality is out until it works again, and the user is told. */
  readonly onFailure: (modality: Modality, reason: string) => void;
  readonly onTrained: (modality: Modality, sentence: string) => void;
  readonly reasonFor: (from: State, to: State, scores: Tick['scores']) => string;
  /** Everything was forgotten. */
  readonly onReset?: () => void;
}

export interface Pipeline {
  /** Trains every modality that is watched now, joining what is under way; one sentence each, also for those that could not. */
  readonly train: (nowMs: number) => Promise<readonly string[]>;
  /** Trains one modality, after what is under way. Rejects with a readable reason. */
  readonly retrain: (modality: Modality, nowMs: number, order: TrainingOrder) => Promise<string>;
  /** What the last tick said; after a start, what was remembered. */
  readonly point: (nowMs: number) => TrustPoint;
  readonly accept: (event: InputEvent) => void;
  readonly tick: (nowUs: number) => Promise<Tick>;
  /** Resolves when no training is under way. */
  readonly settled: () => Promise<void>;
  /** The user has just shown with the password who this is: trust starts anew, and every alarm ends at once. */
  readonly reauthenticated: (nowMs: number) => Tick;
  /** What is typed from now on belongs to another sitting: no window spans the two. */
  readonly interrupt: () => void;
  /** Whether typing or the mouse is known as well as a full enrolment makes it. */
  readonly mature: () => boolean;
  readonly reset: () => Promise<void>;
}

/** A learned modality keeps a window for later training only while trust, 0-100, is at least this high: nobody else may teach it. */
const LEARN_ABOVE = 93;
export const isSure = (trust: number): boolean => trust >= LEARN_ABOVE;
/** A tick without news is written down once a minute, so that the history shows a line and not a gap. */
const KEEP_EVERY_MS = 60_000;
/** And one with news at most so often: what moved the score meanwhile is kept as one. */
const KEEP_NEWS_EVERY_MS = 5_000;
const REAUTHENTICATED = 'The screen was unlocked with the password, so this is the owner.';

/** A training that ends early because the program does: nobody has to know. */
export class TrainingAbandoned extends Error {}

export function createPipeline(parts: PipelineParts): Pipeline {
  const { settings, store, tracks, mayLearn = () => true } = parts;
  const remembered = recallTrust(store);
  let trust: TrustState = remembered?.trust ?? unknownTrust(settings.fusion);
  let machine: DecisionState = { ...STARTING, state: remembered?.state ?? 'LEARNING' };
  let lastUs: number | null = remembered?.atUs ?? null;
  let pointsSince = new Map<Modality, number>();
  let keptMs = 0;
  /** What was said since the last point that was written down. */
  const unkept = new Map<Modality, Pick<TrackScore, 'raw' | 'llr'> & { readonly points: number }>();
  const trainings = new Map<Modality, Promise<string>>();

  /** Applications or writing alone tell too little. */
  const carries = ({ modality }: Track): boolean => CARRIES[modality] && parts.watched(modality);
  const ready = (): boolean => tracks.some((track) => carries(track) && track.trained());

  const levels = (): Omit<TrustPoint, 'atMs' | 'state'> =>
    ready() ? trustOf(trust) : { trust: null, low: null, high: null };

  async function scoreAll(nowUs: number): Promise<Map<Modality, TrackScore>> {
    const calm = machine.state === 'LEARNING' || machine.state === 'NORMAL';
    const sure = machine.state === 'NORMAL' && isSure(trustOf(trust).trust);
    const scores = new Map<Modality, TrackScore>();
    for (const track of tracks.filter(({ modality }) => parts.watched(modality))) {
      try {
        // What has no model yet learns while nothing is suspicious, or one that is learned early would keep out the others.
        const learnable = mayLearn() && (track.needsTrust() ? sure : calm);
        const score = await track.tick(nowUs, learnable, mayLearn() && calm);
        if (score !== null) scores.set(track.modality, score);
      } catch (error) {
        parts.onFailure(track.modality, messageOf(error));
      }
    }
    return scores;
  }

  /** Joins a training of the same modality that is under way. Rejects after the failure was told. */
  function startTraining(track: Track, nowMs: number, order?: TrainingOrder): Promise<string> {
    const { modality } = track;
    const running = trainings.get(modality);
    if (running !== undefined) return running;
    const training = track
      .train(nowMs, order)
      .then((sentence) => {
        parts.onTrained(modality, sentence);
        return sentence;
      })
      .catch((error: unknown) => {
        if (!(error instanceof TrainingAbandoned)) parts.onFailure(modality, messageOf(error));
        throw error;
      })
      .finally(() => trainings.delete(modality));
    trainings.set(modality, training);
    return training;
  }

  function trainWhereDue(nowUs: number): void {
    for (const track of tracks.filter((one) => parts.watched(one.modality) && one.wantsTraining())) {
      startTraining(track, Math.round(nowUs / 1000)).catch(() => 'told already');
    }
  }

  async function settled(): Promise<void> {
    while (trainings.size > 0) await Promise.allSettled(trainings.values());
  }

  function evidenceOf(scores: ReadonlyMap<Modality, TrackScore>): Evidence[] {
    return [...scores].flatMap(([modality, { llr, share, against }]): Evidence[] => {
      const { weight } = settings.modalities[modality];
      if (weight === 0) return [];
      if (against === undefined) return [{ modality, llr: llr * share * weight, share }];
      return [{ modality, against: weight === 1 ? against : against.map((ratio) => ratio * weight), share }];
    });
  }

  function decideOn(nowUs: number, point: Omit<TrustPoint, 'state'>, scores: Tick['scores']): Decision | null {
    const before = machine.state;
    // A tick without evidence calls for nothing: one doubtful window and then silence must not add up to an alarm.
    const speaks = [...scores.keys()].some((modality) => settings.modalities[modality].weight > 0);
    if (speaks || before === 'LEARNING' || point.trust === null)
      machine = decide(machine, point.trust, parts.decision());
    for (const [modality, { points }] of scores) pointsSince.set(modality, (pointsSince.get(modality) ?? 0) + points);
    if (machine.state === before) return null;
    return keepDecision({
      atMs: Math.round(nowUs / 1000),
      from: before,
      to: machine.state,
      trust: point.trust,
      points: Object.fromEntries(pointsSince),
      reason: parts.reasonFor(before, machine.state, scores),
    });
  }

  function keepDecision(decision: Decision): Decision {
    pointsSince = new Map();
    store.addDecision(decision);
    return decision;
  }

  function keepPoint(point: TrustPoint): void {
    store.addTrust(point);
    rememberTrust(store, { trust, state: machine.state, atUs: point.atMs * 1000 });
    for (const [modality, said] of unkept) store.addScore({ ts: point.atMs * 1000, modality, ...said });
    unkept.clear();
    keptMs = point.atMs;
  }

  return {
    accept: (event) => {
      // Writing is read off the same keys as typing: what is off sees none of them.
      for (const track of tracks) if (parts.watched(track.modality)) track.accept(event);
    },
    tick: async (nowUs) => {
      const found = await scoreAll(nowUs);
      const dtS = lastUs === null ? 0 : Math.max(0, (nowUs - lastUs) / 1e6);
      lastUs = nowUs;
      const scoring = ready();
      const fused = fuse(trust, dtS, scoring ? evidenceOf(found) : [], settings.fusion);
      if (scoring) trust = fused.state;
      // What each of the crowd says is the filter's alone: a tick is kept for a minute, and this would be most of it.
      const scores = new Map(
        [...found].map(([m, { against: _, ...score }]) => [m, { ...score, points: fused.points.get(m) ?? 0 }]),
      );
      const decision = decideOn(nowUs, { atMs: Math.round(nowUs / 1000), ...levels() }, scores);
      const point: TrustPoint = { atMs: Math.round(nowUs / 1000), ...levels(), state: machine.state };
      for (const [modality, { raw, llr, points }] of scores)
        unkept.set(modality, { raw, llr, points: points + (unkept.get(modality)?.points ?? 0) });
      const due = Math.abs(point.atMs - keptMs) >= (unkept.size > 0 ? KEEP_NEWS_EVERY_MS : KEEP_EVERY_MS);
      if (due || decision !== null) keepPoint(point);
      trainWhereDue(nowUs);
      return { point, decision, scores };
    },
    settled,
    train: async (nowMs) => {
      const sentences: string[] = [];
      for (const track of tracks.filter(({ modality }) => parts.watched(modality))) {
        sentences.push(await startTraining(track, nowMs).catch((error: unknown) => `Not trained: ${messageOf(error)}`));
      }
      return sentences;
    },
    retrain: async (modality, nowMs, order) => {
      const track = tracks.find((one) => one.modality === modality);
      if (track === undefined) throw new Error(`there is no ${modality}`);
      await settled();
      return startTraining(track, nowMs, order);
    },
    point: (nowMs) => ({ atMs: nowMs, ...levels(), state: ready() ? machine.state : 'LEARNING' }),
    reauthenticated: (nowMs) => {
      const from = machine.state;
      trust = unknownTrust(settings.fusion);
      machine = reauthenticated(machine);
      lastUs = nowMs * 1000;
      const point: TrustPoint = { atMs: nowMs, ...levels(), state: machine.state };
      const changed = machine.state !== from;
      const decision = changed
        ? keepDecision({
            atMs: nowMs,
            from,
            to: machine.state,
            trust: point.trust,
            points: {},
            reason: REAUTHENTICATED,
          })
        : null;
      keepPoint(point);
      return { point, decision, scores: new Map() };
    },
    interrupt: () => {
      for (const track of tracks) track.interrupt();
    },
    mature: () => tracks.some((track) => carries(track) && track.mature()),
    reset: async () => {
      // A training that ended later would bring back what is to be forgotten.
      await settled();
      for (const track of tracks) await track.reset();
      parts.onReset?.();
      trust = unknownTrust(settings.fusion);
      machine = STARTING;
      forgetTrust(store);
    },
  };
}
