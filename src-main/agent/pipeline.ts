// The authentication path, one tick at a time: tracks score, fusion weighs, the state machine decides, the store keeps.
// The clock is an argument, so that a recording at full speed and a live session take the same way.
import { CARRIES, type Decision, type Modality, type State, type TrustPoint } from '../../src-preload/contract.ts';
import { attributed } from './act/decision-reason.ts';
import { createEvidenceRecorder } from './decide/evidence-recorder.ts';
import { STARTING } from './decide/state-machine.ts';
import { step, unlockedStep, type Standing, type Step, type StepSettings } from './decide/step.ts';
import type { InputEvent } from './events.ts';
import { forgetTrust, recallTrust, rememberTrust } from './fuse/trust-memory.ts';
import { hopEvidence } from './fuse/hop-evidence.ts';
import { trustOf, unknownTrust } from './fuse/trust-filter.ts';
import type { DecisionSettings, Settings } from './settings.ts';
import { scoreTracks } from './score-tracks.ts';
import type { RemoteSaid, RemoteScore } from './stages/remote-score.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore, TrainingOrder } from './track.ts';
import { createTrainings } from './trainings.ts';
import { messageOf } from './thrown.ts';

export interface Tick {
  /** Hops of the settings that it stands for, 1 where left out. */
  readonly hops?: number;
  readonly point: TrustPoint;
  readonly decision: Decision | null;
  readonly scores: ReadonlyMap<Modality, TrackScore & { readonly points: number }>;
}

export interface PipelineParts {
  readonly settings: Settings;
  /** Of the program: kept with what a decision was made from. */
  readonly version?: string;
  /** The thresholds in force: the user may move them at any time. */
  readonly decision: () => DecisionSettings;
  /** Whether the user lets this modality be watched. */
  readonly watched: (modality: Modality) => boolean;
  /** Whether what comes in may teach at all, by default always: not while somebody else is known to be at the keyboard. */
  readonly mayLearn?: () => boolean;
  /** Whether models may be trained unasked now, by default always. */
  readonly mayTrain?: () => boolean;
  readonly store: Store;
  readonly tracks: readonly Track[];
  /** A model or a training failed: the modality is out until it works again, and the user is told. */
  readonly onFailure: (modality: Modality, reason: string) => void;
  readonly onTrained: (modality: Modality, sentence: string) => void;
  /** The same again, of those that nobody asked for. */
  readonly onDueTraining?: (sentence: string) => void;
  readonly reasonFor: (from: State, to: State, scores: Tick['scores']) => string;
  /** A scorer elsewhere that the user lets decide, for as long as what it says is fresh. */
  readonly remote?: () => RemoteScore;
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
  /** @param hops of the settings that it stands for: what came in is judged hop by hop, as if there had been as many ticks. 1 by default. */
  readonly tick: (nowUs: number, hops?: number) => Promise<Tick>;
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

export function createPipeline(parts: PipelineParts): Pipeline {
  const { settings, store, tracks, mayLearn = () => true } = parts;
  const remembered = recallTrust(store);
  let now: Standing = {
    trust: remembered?.trust ?? unknownTrust(settings.fusion),
    machine: { ...STARTING, state: remembered?.state ?? 'LEARNING' },
    points: new Map(),
  };
  let lastUs: number | null = remembered?.atUs ?? null;
  const recorder = createEvidenceRecorder(parts.version ?? 'unknown');
  let keptMs = 0;
  /** What was said since the last point that was written down. */
  const unkept = new Map<Modality, Pick<TrackScore, 'raw' | 'llr'> & { readonly points: number }>();
  const trainings = createTrainings({
    ...parts,
    mayTrain: parts.mayTrain ?? (() => true),
    ...(parts.onDueTraining === undefined ? {} : { onDue: parts.onDueTraining }),
  });

  /** Applications or writing alone tell too little. */
  const carries = ({ modality }: Track): boolean => CARRIES[modality] && parts.watched(modality);
  const ready = (): boolean => tracks.some((track) => carries(track) && track.trained());

  /** What another scorer said at the last tick, where it decided. */
  let remote: RemoteSaid | null = null;
  let wasRemote = false;
  const levels = (): Omit<TrustPoint, 'atMs' | 'state'> =>
    remote?.levels ?? (ready() ? trustOf(now.trust) : { trust: null, low: null, high: null });

  function scoreAll(nowUs: number, hops: number): Promise<Map<Modality, TrackScore>> {
    // Where another scorer decides, both must be calm.
    const states = [now.machine.state, (now.own ?? now.machine).state];
    const calm = mayLearn() && states.every((state) => state === 'LEARNING' || state === 'NORMAL');
    const sure = mayLearn() && states.every((state) => state === 'NORMAL') && isSure(trustOf(now.trust).trust);
    const watched = tracks.filter(({ modality }) => parts.watched(modality));
    return scoreTracks(watched, { nowUs, hops, calm, sure }, parts.onFailure);
  }

  const settingsNow = (): StepSettings => ({ fusion: settings.fusion, decision: parts.decision() });

  /** Fuses and decides hop by hop. @returns the points that each modality moved, of all hops together. */
  function stepOn(nowUs: number, found: ReadonlyMap<Modality, TrackScore>): Step['moved'] {
    const dtS = lastUs === null ? 0 : Math.max(0, (nowUs - lastUs) / 1e6);
    lastUs = nowUs;
    const hops = hopEvidence(found, settings.modalities);
    const hopS = settings.hopUs / 1e6;
    const firstS = Math.max(0, dtS - (hops.length - 1) * hopS);
    const all = new Map<Modality, number>();
    const inForce = settingsNow();
    for (const [i, evidence] of hops.entries()) {
      const own = { dtS: i === 0 ? firstS : hopS, ready: ready(), evidence, scored: [...found.keys()] };
      const isNew = remote?.isNew === true && i === hops.length - 1;
      const input = remote === null ? own : { ...own, remote: { trust: remote.levels.trust, isNew } };
      recorder.add(now, input, inForce);
      const { after, moved } = step(now, input, inForce);
      now = after;
      for (const [modality, points] of moved) all.set(modality, (all.get(modality) ?? 0) + points);
    }
    return all;
  }

  function decideOn(from: State, { atMs, trust }: Omit<TrustPoint, 'state'>, scores: Tick['scores']): Decision | null {
    const to = now.machine.state;
    if (to === from) return null;
    const decision = { atMs, from, to, trust, points: Object.fromEntries(now.points) };
    now = { ...now, points: new Map() };
    const own = parts.reasonFor(from, to, remote === null ? scores : new Map());
    const whole = { ...decision, reason: attributed(own, remote !== null, wasRemote) };
    store.addDecision(whole, recorder.take(atMs));
    return whole;
  }

  function keepPoint(point: TrustPoint): void {
    store.addTrust(point);
    rememberTrust(store, { trust: now.trust, state: now.machine.state, atUs: point.atMs * 1000 });
    for (const [modality, said] of unkept) store.addScore({ ts: point.atMs * 1000, modality, ...said });
    unkept.clear();
    keptMs = point.atMs;
  }

  return {
    accept: (event) => {
      // Writing is read off the same keys as typing: what is off sees none of them.
      for (const track of tracks) if (parts.watched(track.modality)) track.accept(event);
    },
    tick: async (nowUs, hops = 1) => {
      const found = await scoreAll(nowUs, hops);
      const from = now.machine.state;
      wasRemote = remote !== null;
      remote = parts.remote?.().at(nowUs) ?? null;
      const moved = stepOn(nowUs, found);
      // What each of the crowd says is the filter's alone: a tick is kept for a minute, and this would be most of it.
      const scores = new Map(
        [...found].map(([m, { against: _, earlier: __, ...score }]) => [m, { ...score, points: moved.get(m) ?? 0 }]),
      );
      const atMs = Math.round(nowUs / 1000);
      const decision = decideOn(from, { atMs, ...levels() }, scores);
      const point: TrustPoint = { atMs, ...levels(), state: now.machine.state };
      for (const [modality, { raw, llr, points }] of scores)
        unkept.set(modality, { raw, llr, points: points + (unkept.get(modality)?.points ?? 0) });
      const due = Math.abs(point.atMs - keptMs) >= (unkept.size > 0 ? KEEP_NEWS_EVERY_MS : KEEP_EVERY_MS);
      if (due || decision !== null) keepPoint(point);
      trainings.whereDue(
        tracks.filter(({ modality }) => parts.watched(modality)),
        nowUs,
      );
      return { hops, point, decision, scores };
    },
    settled: trainings.settled,
    train: async (nowMs) => {
      const sentences: string[] = [];
      for (const track of tracks.filter(({ modality }) => parts.watched(modality))) {
        sentences.push(
          await trainings.start(track, nowMs).catch((error: unknown) => `Not trained: ${messageOf(error)}`),
        );
      }
      return sentences;
    },
    retrain: async (modality, nowMs, order) => {
      const track = tracks.find((one) => one.modality === modality);
      if (track === undefined) throw new Error(`there is no ${modality}`);
      await trainings.settled();
      return trainings.start(track, nowMs, order);
    },
    point: (nowMs) => ({
      atMs: nowMs,
      ...levels(),
      state: ready() || remote !== null ? now.machine.state : 'LEARNING',
    }),
    reauthenticated: (nowMs) => {
      const { machine } = now;
      const evidence = recorder.unlocked(machine, ready(), settingsNow());
      now = { points: now.points, ...unlockedStep(machine, settings.fusion) };
      parts.remote?.().reauthenticated();
      remote = null;
      lastUs = nowMs * 1000;
      const [from, to] = [machine.state, now.machine.state];
      const point: TrustPoint = { atMs: nowMs, ...levels(), state: to };
      const { trust } = point;
      const decision = to === from ? null : { atMs: nowMs, from, to, trust, points: {}, reason: REAUTHENTICATED };
      if (decision !== null) {
        now = { ...now, points: new Map() };
        store.addDecision(decision, evidence);
      }
      keepPoint(point);
      return { point, decision, scores: new Map() };
    },
    interrupt: () => {
      for (const track of tracks) track.interrupt();
    },
    mature: () => tracks.some((track) => carries(track) && track.mature()),
    reset: async () => {
      // A training that ended later would bring back what is to be forgotten.
      await trainings.settled();
      for (const track of tracks) await track.reset();
      parts.onReset?.();
      now = { trust: unknownTrust(settings.fusion), machine: STARTING, points: now.points };
      recorder.clear();
      forgetTrust(store);
    },
  };
}
