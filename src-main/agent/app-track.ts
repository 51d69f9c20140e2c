// The application modality at work: focus changes into transitions, transitions into a Markov chain with hour and dwell, and
// through it into a score. Only application names are kept; the model lives in memory and is made again from the transitions.
import type { AppEvent, InputEvent } from './events.ts';
import { appTransitions, type AppTransition } from './features/index.ts';
import type { MarkovModel } from './learn/markov-model.ts';
import { markovLogRatio, trainMarkov } from './learn/markov.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore, TrackView } from './track.ts';

export interface AppTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  /** Local hour of day, 0-23. */
  readonly hourOf: (tsUs: number) => number;
}

const NAMES_KEY = 'app-names';
const MAX_TRANSITIONS = 2000;

export function appTrack({ settings, store, hourOf }: AppTrackParts): Track {
  const own = settings.modalities.app;
  const names: string[] = storedNames(store);
  let pending: AppEvent[] = [];
  let last: AppEvent | null = null;
  let learned = store.windows('app', MAX_TRANSITIONS).length;
  let model: MarkovModel | null = null;
  let scored = false;
  let have = 0;

  /** What happened since the last tick; a transition is complete when the next application gets the focus. */
  function take(nowUs: number): readonly AppTransition[] {
    const due = pending.filter(({ ts }) => ts <= nowUs);
    pending = pending.filter(({ ts }) => ts > nowUs);
    const transitions = appTransitions(last === null ? due : [last, ...due], hourOf);
    last = due.at(-1) ?? last;
    return transitions;
  }

  function keep(transition: AppTransition, nowUs: number): void {
    const vector = Float32Array.of(
      indexOf(transition.from),
      indexOf(transition.to),
      transition.dwellMs,
      transition.hour,
    );
    store.addWindow({ ts: nowUs, modality: 'app', events: 1, newEvents: 1, vector });
    learned += 1;
  }

  function indexOf(name: string): number {
    const known = names.indexOf(name);
    if (known >= 0) return known;
    names.push(name);
    store.set(NAMES_KEY, JSON.stringify(names));
    return names.length - 1;
  }

  function stored(): readonly AppTransition[] {
    return store.windows('app', MAX_TRANSITIONS).map(({ vector }) => ({
      from: names[vector[0] ?? 0] ?? 'unknown',
      to: names[vector[1] ?? 0] ?? 'unknown',
      dwellMs: vector[2] ?? 0,
      hour: vector[3] ?? 0,
    }));
  }

  function score(chain: MarkovModel, transitions: readonly AppTransition[]): TrackScore {
    const ratios = transitions.map((transition) => markovLogRatio(chain, transition));
    const raw = ratios.reduce((sum, ratio) => sum + ratio, 0);
    const [low, high] = own.cap;
    const llr = Math.min(high, Math.max(low, raw));
    const strongest =
      llr < 0 ? 'switches between applications that are rare for you' : 'applications in your usual order';
    return { raw, llr, share: 1, strongest };
  }

  return {
    modality: 'app',
    accept: (event: InputEvent) => {
      if (event.type === 'app') pending.push(event);
    },
    tick: (nowUs, learnable) => {
      const transitions = take(nowUs);
      if (transitions.length > 0) have = transitions.length;
      scored = model !== null && transitions.length > 0;
      if (learnable) for (const transition of transitions) keep(transition, nowUs);
      return Promise.resolve(model === null || transitions.length === 0 ? null : score(model, transitions));
    },
    wantsTraining: () => model === null && learned >= own.enrol,
    train: () => {
      const transitions = stored();
      if (transitions.length === 0) return Promise.reject(new Error('no application switches have been seen yet'));
      model = trainMarkov(transitions);
      return Promise.resolve(`Learned your application use from ${transitions.length} switches.`);
    },
    trained: () => model !== null,
    mature: () => model !== null && learned >= DEFAULT_SETTINGS.modalities.app.enrol,
    interrupt: () => {
      // The time away is no time spent in the application that had the focus before.
      [pending, last, scored] = [[], null, false];
    },
    view: (): TrackView => ({
      status: model === null ? 'learning' : scored ? 'scoring' : 'waiting',
      reason: null,
      fix: null,
      evidence: { have, need: own.minEvents },
      enrolment: { have: Math.min(learned, own.enrol), need: own.enrol },
    }),
    load: () => {
      if (learned >= own.enrol) model = trainMarkov(stored());
      return Promise.resolve();
    },
    reset: () => {
      store.clearWindows('app');
      store.set(NAMES_KEY, '[]');
      names.length = 0;
      [pending, last, learned, model, scored] = [[], null, 0, null, false];
      return Promise.resolve();
    },
    release: () => Promise.resolve(),
  };
}

function storedNames(store: Store): string[] {
  const value: unknown = JSON.parse(store.get(NAMES_KEY) ?? '[]');
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
