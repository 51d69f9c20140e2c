// The application modality at work: focus changes into transitions, transitions into a Markov chain with hour and dwell, and
// through it into a score. Only application names are kept; the chain lives in memory and is made again from the transitions that its
// version was made of. All profiles of the owner share it: who takes another keyboard does the same work.
import * as v from 'valibot';
import { createHash } from 'node:crypto';
import { appScore } from './app-score.ts';
import type { AppEvent, InputEvent } from './events.ts';
import { appTransitions, type AppTransition } from './features/index.ts';
import type { MarkovModel } from './learn/markov-model.ts';
import { trainMarkov } from './learn/markov.ts';
import { quarantine, type Lesson } from './quarantine.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { SHARED, type Store, type StoredVersion } from './store/store.ts';
import { MORE_TO_RETRAIN, type Standing, type Track, type TrackView } from './track.ts';

export interface AppTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  /** Local hour of day, 0-23. */
  readonly hourOf: (tsUs: number) => number;
}

interface AppLesson extends Lesson {
  readonly transition: AppTransition;
}

const APP_MODEL = 'app-chain';
const NAMES_KEY = 'app-names';
/** The newest transitions that training looks at, and all that are kept. */
const MAX_TRANSITIONS = 2000;
const MOST_KEPT = 4000;

/** The card of a version: it was made of the transitions until then. */
const cardSchema = v.pipe(v.string(), v.parseJson(), v.object({ format: v.literal(1), toUs: v.number() }));

export function appTrack({ settings, store, hourOf }: AppTrackParts): Track {
  const own = settings.modalities.app;
  const names: string[] = storedNames(store);
  let pending: AppEvent[] = [];
  let last: AppEvent | null = null;
  let learned = store.windows('app', MAX_TRANSITIONS, SHARED).length;
  let model: MarkovModel | null = null;
  let versions: readonly StoredVersion[] = store.versions(SHARED, APP_MODEL);
  let scored = false;
  let have = 0;
  const waiting = quarantine<AppLesson>({ isKnown: () => model !== null, taught: () => SHARED });

  /** What happened since the last tick; a transition is complete when the next application gets the focus. */
  function take(nowUs: number): readonly AppTransition[] {
    const due = pending.filter(({ ts }) => ts <= nowUs);
    pending = pending.filter(({ ts }) => ts > nowUs);
    const transitions = appTransitions(last === null ? due : [last, ...due], hourOf);
    last = due.at(-1) ?? last;
    return transitions;
  }

  function keep({ transition, atUs }: AppLesson): void {
    const { from, to, dwellMs, hour } = transition;
    const vector = Float32Array.of(indexOf(from), indexOf(to), dwellMs, hour);
    store.addWindow({ ts: atUs, modality: 'app', profile: SHARED, events: 1, newEvents: 1, vector });
    learned += 1;
  }

  function indexOf(name: string): number {
    const known = names.indexOf(name);
    if (known >= 0) return known;
    names.push(name);
    store.set(NAMES_KEY, JSON.stringify(names));
    return names.length - 1;
  }

  function stored(untilUs = Infinity): { readonly transitions: readonly AppTransition[]; readonly toUs: number } {
    const windows = store.windows('app', MOST_KEPT, SHARED).filter(({ ts }) => ts <= untilUs);
    const transitions = windows.slice(-MAX_TRANSITIONS).map(({ vector }) => ({
      from: names[vector[0] ?? 0] ?? 'unknown',
      to: names[vector[1] ?? 0] ?? 'unknown',
      dwellMs: vector[2] ?? 0,
      hour: vector[3] ?? 0,
    }));
    return { transitions, toUs: windows.at(-1)?.ts ?? 0 };
  }

  /** The chain of the newest version, made again; null where there is none. */
  function remade(): MarkovModel | null {
    const card = v.safeParse(cardSchema, store.models().find(({ name }) => name === APP_MODEL)?.card);
    const { transitions } = stored(card.success ? card.output.toUs : 0);
    return card.success && transitions.length > 0 ? trainMarkov(transitions) : null;
  }

  const mature = (): boolean => model !== null && learned >= DEFAULT_SETTINGS.modalities.app.enrol;
  const enrolled = { have: () => Math.min(learned, own.enrol), need: own.enrol };

  return {
    modality: 'app',
    shared: true,
    accept: (event: InputEvent) => {
      if (event.type === 'app') pending.push(event);
    },
    tick: async (nowUs, learnable, _calm, hops = 1) => {
      const transitions = take(nowUs);
      if (transitions.length > 0) have = transitions.length;
      scored = model !== null && transitions.length > 0;
      for (const transition of transitions) waiting.add({ atUs: nowUs, profile: SHARED, transition });
      if (!learnable) waiting.empty();
      for (const lesson of waiting.take(nowUs)) keep(lesson);
      return model === null || transitions.length === 0 ? null : appScore(model, transitions, own.cap, hops);
    },
    needsTrust: () => model !== null,
    wantsTraining: () => {
      if (model === null) return learned >= own.enrol;
      return model.transitions < MAX_TRANSITIONS && learned >= MORE_TO_RETRAIN * model.transitions;
    },
    train: async (nowMs, order) => {
      const { transitions, toUs } = stored();
      if (transitions.length === 0) throw new Error('no application switches have been seen yet');
      model = trainMarkov(transitions);
      const card = JSON.stringify({ format: 1, toUs });
      store.addModel({
        ...{ modality: 'app', profile: SHARED, name: APP_MODEL, version: store.nextVersion(SHARED, APP_MODEL) },
        ...{ createdMs: nowMs, why: order?.why ?? (versions.length === 0 ? 'enrolment' : 'more'), accuracy: null },
        ...{ events: transitions.length, file: '', sha256: createHash('sha256').update(card).digest('hex'), card },
      });
      versions = store.versions(SHARED, APP_MODEL);
      return `Learned your application use from ${transitions.length} switches.`;
    },
    trained: () => model !== null,
    standing: (): Standing => {
      const maturity = mature() ? 'mature' : model === null ? 'none' : 'young';
      return { maturity, have: enrolled.have(), need: enrolled.need, refused: false, trouble: null, versions };
    },
    useVersion: async (_, version) => {
      store.goBack(SHARED, APP_MODEL, version);
      learned = store.windows('app', MAX_TRANSITIONS, SHARED).length;
      versions = store.versions(SHARED, APP_MODEL);
      waiting.empty();
      model = remade();
      return `Application use is judged by version ${version} again, learned from ${model?.transitions ?? 0} switches; what came later is forgotten.`;
    },
    takeUnlearned: () => null,
    mature,
    interrupt: () => {
      // The time away is no time spent in the application that had the focus before.
      [pending, last, scored] = [[], null, false];
      waiting.empty();
    },
    view: (): TrackView => ({
      status: model === null ? 'learning' : scored ? 'scoring' : 'waiting',
      reason: null,
      fix: null,
      evidence: { have, need: own.minEvents },
      enrolment: { have: enrolled.have(), need: enrolled.need },
    }),
    load: async () => {
      model = remade();
    },
    forget: () => Promise.resolve(),
    reset: async () => {
      store.clearModels('app');
      store.clearWindows('app');
      store.set(NAMES_KEY, '[]');
      names.length = 0;
      waiting.empty();
      [pending, last, learned, model, versions, scored] = [[], null, 0, null, [], false];
    },
    release: () => Promise.resolve(),
  };
}

function storedNames(store: Store): string[] {
  const value: unknown = JSON.parse(store.get(NAMES_KEY) ?? '[]');
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
