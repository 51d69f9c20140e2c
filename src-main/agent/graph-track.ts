// Typing at work: times of keys and pairs of keys into what is kept of the owner, profile by profile, into a model when enrolment is
// complete, and from then on into evidence against a crowd of invented people. Each keystroke is learned and scored once; keys are not
// kept.
import type { InputEvent } from './events.ts';
import { chores } from './chores.ts';
import { graphKnowledge, type GraphKnowledge, type GraphModel } from './graph-knowledge.ts';
import { unlearnedTyping } from './graph-unlearned.ts';
import { graphWindow, type Typed } from './graph-window.ts';
import { graphCrowd, type GraphCrowd } from './infer/graph-crowd.ts';
import type { OwnerModel, OwnerSitting } from './infer/owner-model.ts';
import { knowledgeShelf } from './knowledge-shelf.ts';
import type { GraphPrior } from './learn/graph-prior.ts';
import { createRandom } from './learn/random.ts';
import { paceOf, USUAL_PER_MINUTE } from './pace.ts';
import { openProfiles, type Profiles } from './profiles/profiles.ts';
import { quarantine, type Lesson } from './quarantine.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore, TrackView } from './track.ts';
import { keysOf, typedHops } from './typed-hops.ts';

export interface GraphTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: GraphPrior;
  /** Of this installation: chooses which of many values are kept. */
  readonly seed: number;
  /** The owner's, by default those of the store. */
  readonly profiles?: Profiles;
  /** Whether old times count for less once the owner has changed; left out to measure what it is worth. */
  readonly followDrift?: boolean;
}

interface TypedLesson extends Typed, Lesson {
  readonly sitting: number;
}

interface MeasuredLesson extends TypedLesson {
  /** Whether nothing at all speaks against its being the owner's, as far as is known when it comes. */
  readonly sure: boolean;
}

/** A longer pause begins another sitting: the owner may be a little slower or faster then. */
const SITTING_GAP_US = 3_600_000_000;
/** With less weight a profile is out of the question, and what it hears is not its owner's offset of the day. */
const OUT_OF_USE = 0.01;

export function graphTrack({
  settings,
  store,
  prior,
  seed,
  profiles = openProfiles({ store }),
  followDrift = true,
}: GraphTrackParts): Track {
  const own = settings.modalities.keystroke;
  const typing = typedHops(settings.hopUs);
  const random = createRandom(seed);
  const people = createRandom(seed + 1);
  const window = graphWindow(prior, settings);
  const waiting = quarantine<TypedLesson>(profiles);
  /** What is measured, which may be more than what is learned. */
  const unmeasured = quarantine<MeasuredLesson>(profiles);
  const between = chores();
  const pace = paceOf(USUAL_PER_MINUTE.keystroke);
  const unlearned = unlearnedTyping(prior, random);
  let crowd: GraphCrowd | null = null;
  let owners: ReadonlyMap<number, OwnerModel> = new Map();
  let sittings: ReadonlyMap<number, OwnerSitting> = new Map();
  let sitting = 0;
  let lastPressUs = Number.NEGATIVE_INFINITY;
  let scoring = false;

  const everybody = (): GraphCrowd => (crowd ??= graphCrowd(prior));
  const beginSitting = (): void => {
    sittings = new Map([...owners].map(([profile, owner]) => [profile, owner.running()]));
  };
  const shelf = knowledgeShelf<GraphModel, GraphKnowledge>({
    ...{ modality: 'keystroke', profiles },
    make: (profile) =>
      graphKnowledge({
        settings,
        store,
        prior,
        random,
        profile,
        crowd: everybody,
        chores: between,
        people,
        followDrift,
      }),
    changed: (models) => {
      owners = new Map([...models].map(([profile, { owner }]) => [profile, owner]));
      window.clear();
      beginSitting();
    },
  });
  const everyone = (): readonly GraphKnowledge[] => profiles.list().map(({ id }) => shelf.of(id));

  function judge(typed: Typed): TrackScore | null {
    if (owners.size === 0) return null;
    window.moveTo(typed.atUs);
    const outOfUse = (profile: number): boolean => profiles.weight(profile) < OUT_OF_USE;
    sittings = new Map(
      [...sittings].map(([profile, one]) => [
        profile,
        outOfUse(profile) ? (owners.get(profile)?.running() ?? one) : one,
      ]),
    );
    window.add(typed, everybody(), sittings);
    return window.score(owners, {
      inUse: () => heaviest(owners.keys(), profiles.weight),
      weigh: (ratios) => profiles.weigh(typed.atUs, ratios),
      onlyFitting: profiles.unjudged('keystroke'),
    });
  }

  function measure(nowUs: number, calm: boolean): void {
    if (!calm) unmeasured.empty();
    for (const lesson of unmeasured.take(nowUs)) shelf.of(lesson.profile).measure(lesson, lesson.sitting, lesson.sure);
  }

  function learn(nowUs: number, learnable: boolean): void {
    if (!learnable) for (const typed of waiting.empty()) unlearned.add(typed);
    for (const lesson of waiting.take(nowUs)) shelf.of(lesson.profile).learn(lesson, lesson.sitting);
    for (const { keepWhereDue } of everyone()) keepWhereDue(nowUs);
  }

  const forgetWindow = (): void => {
    waiting.empty();
    unmeasured.empty();
    for (const { cut } of everyone()) cut();
    window.clear();
    typing.clear();
    scoring = false;
    beginSitting();
    profiles.interrupt();
  };

  function view(nowUs: number): TrackView {
    const have = window.keys(nowUs) + typing.keys();
    return shelf.view({ evidence: { have, need: own.minEvents }, scoring, perMinute: pace.perMinute() });
  }

  return {
    ...shelf.track,
    modality: 'keystroke',
    shared: false,
    accept: (event: InputEvent) => {
      if (event.type !== 'keystroke') return;
      if (event.event === 'press') {
        if (event.ts - lastPressUs > SITTING_GAP_US) {
          sitting += 1;
          beginSitting();
        }
        lastPressUs = event.ts;
      }
      typing.accept(event);
    },
    tick: async (nowUs, learnable, calm = learnable, hops = 1) => {
      // The clock of a replay does not wait.
      await between.settled();
      const all = typing.take(nowUs, hops);
      pace.seen(nowUs, keysOf(all));
      scoring = false;
      if (all.length === 0) window.moveTo(nowUs);
      const said: TrackScore[] = [];
      for (const typed of all) {
        profiles.seen(typed.atUs);
        const score = judge(typed);
        if (score !== null) said.push(score);
        const lesson = { ...typed, sitting, profile: profiles.taught() };
        waiting.add(lesson);
        unmeasured.add({ ...lesson, sure: learnable && profiles.confirmed() });
      }
      const score = together(said);
      // First, for what has been learned is not held out any more.
      measure(nowUs, calm);
      learn(nowUs, learnable);
      scoring = score !== null;
      return score;
    },
    standing: (profile) => ({ ...shelf.track.standing(profile), perMinute: pace.perMinute() }),
    train: async (nowMs, order) => {
      await between.settled();
      return await shelf.track.train(nowMs, order);
    },
    useVersion: (profile, version) => {
      waiting.empty();
      unmeasured.empty();
      return shelf.track.useVersion(profile, version);
    },
    takeUnlearned: () => {
      const statistics = unlearned.take();
      if (statistics === null || statistics.strokes === 0) return null;
      const teach = (profile: number): void => shelf.of(profile).learnAll(statistics);
      return { modality: 'keystroke', events: statistics.strokes, teach };
    },
    interrupt: forgetWindow,
    view,
    reset: async () => {
      await shelf.track.reset();
      unlearned.take();
      forgetWindow();
    },
    release: async () => {
      for (const { keep } of everyone()) keep(lastPressUs);
    },
  };
}

/** What was said of the hops of one tick: the window is that of the last, the evidence that of all. */
function together(said: readonly TrackScore[]): TrackScore | null {
  const last = said.at(-1);
  if (last === undefined || said.length === 1) return last ?? null;
  const share = Math.min(
    1,
    said.reduce((sum, one) => sum + one.share, 0),
  );
  return {
    ...last,
    share,
    earlier: said.slice(0, -1).flatMap(({ against }) => (against === undefined ? [] : [against])),
  };
}

/** Of these, the one that is in use most likely. */
function heaviest(ids: Iterable<number>, weight: (id: number) => number): number | null {
  return [...ids].toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}
