// The synthetic typist: an invented person at work. Enters: a profile, random numbers, a starting time. Leaves: input
// events without end, as a plain sequence or published live. Whatever it feeds is marked as synthetic on the dashboard.
import type { InputEvent } from '../events.ts';
import { createRandom, type Random } from '../learn/random.ts';
import type { Collector } from './collector.ts';
import { startPace, type Pace } from './pace.ts';
import { drawMs, drawWeighted } from './typist-chance.ts';
import { useMouse, type MouseStep, type Point } from './typist-mouse.ts';
import { typistByName, type TypistProfile } from './typist-profile.ts';
import { SENTENCES } from './typist-texts.ts';
import { typeText, type TypedKey } from './typist-typing.ts';
import { messageOf } from '../thrown.ts';

export { TYPISTS, ada, grace, typistByName, type TypistProfile } from './typist-profile.ts';
export { typeText, type TypedKey } from './typist-typing.ts';
export { moveMouse, useMouse, type MouseAct, type MouseStep } from './typist-mouse.ts';

export const SCREEN: Point = { x: 1280, y: 800 };

/** Moving the hand between keyboard and mouse, and looking at what came of it. */
const CHANGE_OF_HANDS_MS = { mean: 900, sd: 350 };

/** One thing a person does, in milliseconds from its start. */
export type Doing =
  | { readonly kind: 'focus'; readonly application: string }
  | { readonly kind: 'typing'; readonly strokes: readonly TypedKey[] }
  | { readonly kind: 'mouse'; readonly steps: readonly MouseStep[]; readonly durationMs: number }
  | { readonly kind: 'rest'; readonly durationMs: number };

/** What the person does, one thing after the other, without end: bursts of typing with the mouse used in between. */
export function* work(profile: TypistProfile, random: Random, screen: Point = SCREEN): Generator<Doing, never> {
  let application = drawWeighted(
    Object.fromEntries(Object.keys(profile.applications).map((name) => [name, 1])),
    random,
  );
  let at: Point = { x: Math.round(screen.x / 2), y: Math.round(screen.y / 2) };
  const rest = (): Doing => ({ kind: 'rest', durationMs: drawMs(CHANGE_OF_HANDS_MS, random) });
  for (;;) {
    yield { kind: 'focus', application };
    for (let acts = 1 + random.int(2 * profile.burst.mouseActs); acts > 0; acts -= 1) {
      const act = useMouse(profile, at, screen, random);
      at = act.end;
      yield { kind: 'mouse', steps: act.steps, durationMs: act.durationMs };
      yield rest();
    }
    for (let left = 1 + random.int(2 * profile.burst.sentences); left > 0; left -= 1) {
      const sentence = SENTENCES[random.int(SENTENCES.length)] ?? '';
      yield { kind: 'typing', strokes: typeText(profile, `${sentence}\n`, random) };
      yield rest();
    }
    application = drawWeighted(profile.applications[application] ?? { [application]: 1 }, random);
  }
}

/**
 * The same as input events in order of time, without end.
 * @param startUs microseconds since the epoch of the first event
 */
export function* inventEvents(profile: TypistProfile, random: Random, startUs: number): Generator<InputEvent, void> {
  let clockMs = 0;
  const ts = (atMs: number): number => startUs + Math.round((clockMs + atMs) * 1000);
  for (const doing of work(profile, random)) {
    if (doing.kind === 'focus') yield { type: 'app', ts: ts(0), app_name: doing.application, event: 'focus' };
    else if (doing.kind === 'rest') clockMs += doing.durationMs;
    else if (doing.kind === 'mouse') {
      for (const { atMs, ...step } of doing.steps) yield { type: 'mouse', ts: ts(atMs), ...step };
      clockMs += doing.durationMs;
    } else {
      const changes = keyChanges(doing.strokes);
      for (const { atMs, key, event } of changes) yield { type: 'keystroke', ts: ts(atMs), key, event };
      clockMs += changes.at(-1)?.atMs ?? 0;
    }
  }
}

export interface KeyChange {
  readonly atMs: number;
  readonly key: string;
  readonly event: 'press' | 'release';
}

/** Presses and releases in order of time; releases interleave with later presses. */
export function keyChanges(strokes: readonly TypedKey[]): readonly KeyChange[] {
  return strokes
    .flatMap(({ key, pressMs, releaseMs }): KeyChange[] => [
      { atMs: pressMs, key, event: 'press' },
      { atMs: releaseMs, key, event: 'release' },
    ])
    .sort((a, b) => a.atMs - b.atMs);
}

/**
 * Publishes the work of a typist live.
 * @param typist `ada` or `grace`
 * @param seed of what they do now; their habits are always the same
 */
export function syntheticCollector(typist: string, seed = Date.now()): Collector {
  let pace: Pace | null = null;
  return {
    name: 'synthetic typist',
    modalities: ['keystroke', 'mouse', 'app', 'linguistic'],
    available: async () => {
      try {
        typistByName(typist);
        return { ok: true, note: 'Synthetic typist: not a real person.' };
      } catch (error) {
        const reason = messageOf(error);
        return { ok: false, reason, fix: 'Name one of the synthetic typists.' };
      }
    },
    start: async ({ publish, report }) => {
      const invented = inventEvents(typistByName(typist), createRandom(seed), 0);
      pace = startPace({
        events: invented,
        speed: 1,
        publish,
        onEnd: (error) =>
          report({
            ok: false,
            reason: `the synthetic typist stopped: ${error?.message ?? 'out of work'}`,
            fix: 'Report this as an error of SecLyzer.',
            final: true,
          }),
      });
    },
    stop: async () => {
      await pace?.stop();
    },
  };
}
