// Typing at work: times of keys and pairs of keys into what is kept of the owner, profile by profile, into a model when enrolment is
// complete, and from then on into evidence against a crowd of invented people. Each keystroke is learned and scored once; keys are not
// kept.
import type { InputEvent } from './events.ts';
import { chores } from './chores.ts';
import { graphStream, type GraphInstance } from './features/graphs.ts';
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
/**
 * Nobody types twenty-five keys a second for long, and ticks are seconds apart at most: what comes beyond that is a machine's, and
 * scoring each of its times against a thousand people would stop the agent. The watch for injected input sees all of it.
 */
const MOST_STROKES_A_TICK = 500;
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
  const stream = graphStream();
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
  let fresh: GraphInstance[] = [];
  let counted = 0;
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

  const untaken = (): number => Math.min(MOST_STROKES_A_TICK, stream.strokes() - counted);
  const take = (nowUs: number): Typed | null => {
    const keys = untaken();
    if (keys === 0 && fresh.length === 0) return null;
    const typed = { atUs: nowUs, keys, instances: fresh };
    [counted, fresh] = [stream.strokes(), []];
    return typed;
  };

  function judge(typed: Typed, nowUs: number): TrackScore | null {
    if (owners.size === 0) return null;
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
      weigh: (ratios) => profiles.weigh(nowUs, ratios),
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
    stream.cut();
    waiting.empty();
    unmeasured.empty();
    for (const { cut } of everyone()) cut();
    window.clear();
    [fresh, scoring] = [[], false];
    counted = stream.strokes();
    beginSitting();
    profiles.interrupt();
  };

  function view(nowUs: number): TrackView {
    const { have, need, refused, trouble } = shelf.of(shelf.current()).standing();
    const inWindow = window.keys(nowUs) + untaken();
    const progress = {
      evidence: { have: inWindow, need: own.minEvents },
      enrolment: { have, need, perMinute: pace.perMinute() },
    };
    const fix = 'Run seclyzer train, or start learning anew with seclyzer enrol --restart.';
    if (refused) return { status: 'unavailable', reason: trouble, fix, ...progress };
    const learning = shelf.learningFor();
    const status = owners.size === 0 || learning !== null ? 'learning' : scoring ? 'scoring' : 'waiting';
    return { status, reason: trouble ?? learning, fix: null, ...progress };
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
      const times = stream.accept(event);
      if (stream.strokes() - counted <= MOST_STROKES_A_TICK) fresh.push(...times);
    },
    tick: async (nowUs, learnable, calm = learnable) => {
      // The clock of a replay does not wait.
      await between.settled();
      const typed = take(nowUs);
      pace.seen(nowUs, typed?.keys ?? 0);
      scoring = false;
      window.moveTo(nowUs);
      if (typed !== null) profiles.seen(nowUs);
      const score = typed === null ? null : judge(typed, nowUs);
      if (typed !== null) {
        const lesson = { ...typed, sitting, profile: profiles.taught() };
        waiting.add(lesson);
        unmeasured.add({ ...lesson, sure: learnable && profiles.confirmed() });
      }
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

/** Of these, the one that is in use most likely. */
function heaviest(ids: Iterable<number>, weight: (id: number) => number): number | null {
  return [...ids].toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}
