// The mouse at work: its events into windows of activity, those into the store while learning and into a model when enrolment is
// complete, profile by profile, and through the models into a score of the last fifteen seconds of use from then on.
import { activeWindows } from './active-windows.ts';
import { chores } from './chores.ts';
import type { MouseEvent } from './events.ts';
import { mouse79 } from './features/mouse-79.ts';
import { mouseUse, type MouseUse } from './features/mouse-movements.ts';
import { rememberedShapes } from './features/movement-shapes.ts';
import { windowColumns } from './features/window-columns.ts';
import type { MousePrior } from './learn/mouse-prior.ts';
import type { MouseWindow } from './learn/mouse-profile.ts';
import { knowledgeShelf } from './knowledge-shelf.ts';
import { paceOf, USUAL_PER_MINUTE } from './pace.ts';
import { openProfiles, type Profiles } from './profiles/profiles.ts';
import { quarantine, type Lesson } from './quarantine.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import { strokeKnowledge, type StrokeKnowledge } from './stroke-knowledge.ts';
import { STROKE_WINDOW_S, type StrokeModel } from './stroke-model.ts';
import { unlearnedMoves, type LooseWindow } from './stroke-unlearned.ts';
import type { Track, TrackScore, TrackView } from './track.ts';

export interface StrokeTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: MousePrior;
  /** The owner's, by default those of the store. */
  readonly profiles?: Profiles;
}

/** Fifteen seconds of activity may take a minute of work. */
const LONGEST_PAUSE_MIN = 2;

interface MovedLesson extends Lesson {
  readonly window: LooseWindow;
}

export function strokeTrack({ settings, store, prior, profiles = openProfiles({ store }) }: StrokeTrackParts): Track {
  const own = settings.modalities.mouse;
  const shape = prior.forSeconds(STROKE_WINDOW_S);
  const windowUs = shape.seconds * 1e6;
  const active = activeWindows<MouseEvent>(windowUs);
  const shapes = rememberedShapes();
  const columns = windowColumns();
  const pace = paceOf(USUAL_PER_MINUTE.mouse, LONGEST_PAUSE_MIN);
  const waiting = quarantine<MovedLesson>(profiles);
  const unlearned = unlearnedMoves(windowUs);
  const between = chores();
  /** Counts interruptions: what was completed before one is not learned after it. */
  let sitting = 0;
  let models: ReadonlyMap<number, StrokeModel> = new Map();
  /** Activity until the end of the last window that was scored. */
  let scoredUs = 0;
  let scoring = false;
  let used: { readonly of: readonly MouseEvent[]; readonly use: MouseUse } | null = null;

  /** What is looked at may be scored as well, and is looked at each second. */
  const recentUse = (): MouseUse => {
    const events = active.recent();
    if (used?.of !== events) used = { of: events, use: mouseUse(events, shapes) };
    return used.use;
  };
  const shelf = knowledgeShelf<StrokeModel, StrokeKnowledge>({
    ...{ modality: 'mouse', profiles },
    make: (profile) => strokeKnowledge({ settings, store, profile, prior: shape, cap: own.cap }),
    changed: (now) => {
      models = now;
    },
  });

  const usedIn = (windows: readonly LooseWindow[]): void => {
    for (const { ts, newEvents } of windows) pace.seen(ts, newEvents);
  };

  /** What was completed is measured between two ticks: it is as much work as a score. */
  function learn(nowUs: number, learnable: boolean): void {
    const completed = active.take();
    if (learnable) {
      unlearned.trust();
      const [profile, of] = [profiles.taught(), sitting];
      return whenMeasured(completed, (windows) => {
        usedIn(windows);
        if (of !== sitting) return;
        for (const window of windows) waiting.add({ atUs: window.ts, profile, window });
        for (const lesson of waiting.take(nowUs)) shelf.of(lesson.profile).learn(lesson.window);
      });
    }
    active.restart();
    unlearned.hold(waiting.empty().map(({ window }) => window));
    whenMeasured(completed, (windows) => {
      usedIn(windows);
      unlearned.hold(windows);
    });
    whenMeasured(unlearned.doubt(), unlearned.hold);
  }

  function whenMeasured(
    stretches: readonly (readonly MouseEvent[])[],
    use: (windows: readonly LooseWindow[]) => void,
  ): void {
    if (stretches.length === 0) return use([]);
    between.add(() => use(stretches.flatMap((events) => storable(events) ?? [])));
  }

  function storable(events: readonly MouseEvent[]): LooseWindow | null {
    const { vector, strokes } = mouse79(events, mouseUse(events, shapes));
    if (vector === null || strokes < own.minEvents) return null;
    const ts = events.at(-1)?.ts ?? 0;
    return { ts, modality: 'mouse', events: strokes, newEvents: strokes, vector: Float32Array.from(vector) };
  }

  function judge(nowUs: number, hops: number): TrackScore | null {
    const share = Math.min(1, (active.activeUs() - scoredUs) / windowUs);
    if (share === 0) return null;
    const { vector, strokes } = mouse79(active.recent(), recentUse(), columns);
    if (vector === null || strokes < own.minEvents) return null;
    // So many ticks of one hop would have said a part of it each.
    const spoken = Math.min(hops, Math.max(1, Math.ceil((active.activeUs() - scoredUs) / settings.hopUs)));
    scoredUs = active.activeUs();
    const score = chosen({ vector, strokes }, share, nowUs);
    return score === null || spoken === 1 ? score : { ...score, hops: spoken };
  }

  /** The score of the profile in use, with what the others make of it: the owner may be at work in another one. */
  function chosen(window: MouseWindow, share: number, nowUs: number): TrackScore | null {
    const [best] = [...models].toSorted(([a], [b]) => profiles.weight(b) - profiles.weight(a));
    if (best === undefined) return null;
    const [profile, model] = best;
    const score = model.score(window, share);
    if (profiles.unjudged('mouse') && score.llr <= 0) return null;
    const part = share * own.weight;
    const llrOf = (id: number, one: StrokeModel): number => (id === profile ? score.llr : one.llr(window));
    const ratios = new Map([...models].map(([id, one]) => [id, part * llrOf(id, one)]));
    const more = profiles.weigh(nowUs, ratios) - (ratios.get(profile) ?? 0);
    return { ...score, llr: score.llr + more / part };
  }

  const forgetWindow = (): void => {
    active.clear();
    waiting.empty();
    unlearned.cut();
    [scoredUs, scoring] = [active.activeUs(), false];
    sitting += 1;
    profiles.interrupt();
  };

  function view(): TrackView {
    const have = recentUse().movements.length;
    return shelf.view({ evidence: { have, need: own.minEvents }, scoring, perMinute: pace.perMinute() });
  }

  return {
    ...shelf.track,
    modality: 'mouse',
    shared: false,
    accept: (event) => {
      if (event.type !== 'mouse') return;
      active.push(event);
      unlearned.accept(event);
    },
    tick: async (nowUs, learnable, _calm, hops = 1) => {
      // The clock of a replay does not wait.
      await between.settled();
      if (active.activeUs() > scoredUs) profiles.seen(nowUs);
      if (models.size === 0) scoredUs = active.activeUs();
      const said = models.size === 0 ? null : judge(nowUs, hops);
      learn(nowUs, learnable);
      scoring = said !== null;
      return said;
    },
    standing: (profile) => ({ ...shelf.track.standing(profile), perMinute: pace.perMinute() }),
    train: async (nowMs, order) => {
      await between.settled();
      return await shelf.track.train(nowMs, order);
    },
    useVersion: (profile, version) => {
      waiting.empty();
      sitting += 1;
      return shelf.track.useVersion(profile, version);
    },
    takeUnlearned: () => {
      const windows = unlearned.take();
      if (windows.length === 0) return null;
      const events = windows.reduce((sum, { newEvents }) => sum + newEvents, 0);
      const teach = (profile: number): void => windows.forEach(shelf.of(profile).learn);
      return { modality: 'mouse', events, teach };
    },
    interrupt: forgetWindow,
    view,
    reset: async () => {
      await between.settled();
      await shelf.track.reset();
      unlearned.take();
      forgetWindow();
    },
    release: between.settled,
  };
}
