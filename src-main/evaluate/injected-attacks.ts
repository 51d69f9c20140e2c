// Random numbers in, keystrokes that no hand made out: what scripts, typing devices and replays send. Nothing here is anybody's
// recording but what a replay is given.
import type { InputEvent, KeystrokeEvent } from '../agent/events.ts';
import type { Random } from '../agent/learn/random.ts';
import { SENTENCES } from '../agent/collect/typist-texts.ts';

/** Times in milliseconds from the start of the attack. */
export type Milliseconds = (random: Random) => number;

export interface TypingAttack {
  readonly name: string;
  /** From press to press. */
  readonly intervalMs: Milliseconds;
  readonly holdMs: Milliseconds;
  /** Some injectors never send a release. */
  readonly releases?: boolean;
}

const uniform =
  (meanMs: number, share: number): Milliseconds =>
  (random) =>
    meanMs * (1 + share * (2 * random.uniform() - 1));
const normal =
  (meanMs: number, share: number): Milliseconds =>
  (random) =>
    Math.max(0, meanMs * (1 + share * random.normal()));
const logNormal =
  (medianMs: number, spread: number): Milliseconds =>
  (random) =>
    medianMs * Math.exp(spread * random.normal());
/** A program's sleep comes a little late. */
const constant =
  (ms: number): Milliseconds =>
  (random) =>
    ms + random.uniform();
const none: Milliseconds = (random) => random.uniform();

/** Grouped by what gives them away. Mean intervals from 4 ms to 250 ms, holds from none to 80 ms. */
export const TYPING_ATTACKS: Readonly<Record<string, readonly TypingAttack[]>> = {
  'constant interval': [
    { name: 'no hold, 30 ms', intervalMs: constant(30), holdMs: none },
    { name: 'no hold, 100 ms', intervalMs: constant(100), holdMs: none },
    { name: 'no hold, 250 ms', intervalMs: constant(250), holdMs: none },
    { name: 'hold 50 ms, 120 ms', intervalMs: constant(120), holdMs: constant(50) },
    { name: 'hold jittered 20 %, 120 ms', intervalMs: constant(120), holdMs: normal(70, 0.2) },
    { name: 'no releases, 100 ms', intervalMs: constant(100), holdMs: none, releases: false },
  ],
  'uniform jitter': [10, 20, 30].flatMap((percent) => [
    { name: `±${percent} %, no hold`, intervalMs: uniform(140, percent / 100), holdMs: none },
    {
      name: `±${percent} %, hold ±${percent} %`,
      intervalMs: uniform(140, percent / 100),
      holdMs: uniform(80, percent / 100),
    },
  ]),
  'normal jitter': [5, 10, 20].flatMap((percent) => [
    { name: `sd ${percent} %, no hold`, intervalMs: normal(140, percent / 100), holdMs: none },
    {
      name: `sd ${percent} %, hold sd ${percent} %`,
      intervalMs: normal(140, percent / 100),
      holdMs: normal(80, percent / 100),
    },
  ]),
  'holds alike, intervals like a person': [
    { name: 'no hold', intervalMs: logNormal(150, 0.5), holdMs: none },
    { name: 'hold 60 ms', intervalMs: logNormal(150, 0.5), holdMs: constant(60) },
    { name: 'hold 60 ms ±3 %', intervalMs: logNormal(150, 0.5), holdMs: uniform(60, 0.03) },
  ],
  'burst of a typing device': [
    { name: '250 a second', intervalMs: uniform(4, 0.5), holdMs: uniform(2, 0.5) },
    { name: '100 a second', intervalMs: uniform(10, 0.3), holdMs: uniform(2, 1) },
    { name: '50 a second', intervalMs: uniform(20, 0.3), holdMs: uniform(3, 1) },
    { name: '28 a second, no releases', intervalMs: uniform(36, 0.3), holdMs: none, releases: false },
  ],
  'wide jitter (at the limit)': [
    { name: '±50 %, hold ±50 %', intervalMs: uniform(140, 0.5), holdMs: uniform(80, 0.5) },
    { name: 'sd 30 %, hold sd 20 %', intervalMs: normal(140, 0.3), holdMs: normal(80, 0.2) },
    { name: 'sd 30 %, hold sd 30 %', intervalMs: normal(140, 0.3), holdMs: normal(80, 0.3) },
    { name: 'log-normal .3, hold sd 20 %', intervalMs: logNormal(140, 0.3), holdMs: normal(80, 0.2) },
    { name: 'log-normal .5, hold sd 30 %', intervalMs: logNormal(140, 0.5), holdMs: normal(80, 0.3) },
  ],
};

/** @returns keystroke events in order of time, the first at `startUs`. */
export function typingAttack(attack: TypingAttack, keystrokes: number, startUs: number, random: Random): InputEvent[] {
  const events: KeystrokeEvent[] = [];
  const upUs = new Map<string, number>();
  let clockMs = 0;
  for (const key of keysToType(keystrokes, random)) {
    // A key must be up before it can go down again.
    const pressUs = Math.max(startUs + Math.round(clockMs * 1000), (upUs.get(key) ?? 0) + 1);
    const releaseUs = pressUs + Math.round(attack.holdMs(random) * 1000);
    events.push({ type: 'keystroke', ts: pressUs, key, event: 'press' });
    if (attack.releases !== false) events.push({ type: 'keystroke', ts: releaseUs, key, event: 'release' });
    upUs.set(key, attack.releases === false ? 0 : releaseUs);
    clockMs += attack.intervalMs(random);
  }
  return events.sort((a, b) => a.ts - b.ts);
}

/** Sentences in random order as keys; capitals without their Shift, for some injectors press it and some do not. */
function keysToType(keystrokes: number, random: Random): string[] {
  const keys: string[] = [];
  while (keys.length < keystrokes) {
    const sentence = SENTENCES[random.int(SENTENCES.length)] ?? '';
    keys.push(
      ...Array.from(sentence.toLowerCase(), (character) => (character === ' ' ? 'space' : character)),
      'Return',
    );
  }
  return keys.slice(0, keystrokes);
}

/**
 * A program in the shape of a person, the hard limit: every pair of keys has an interval of its own and every key a hold of its
 * own, normal around them.
 */
export function digraphTypist(keystrokes: number, startUs: number, random: Random): InputEvent[] {
  const own = new Map<string, number>();
  const habit = (words: string, medianMs: number, spread: number): number => {
    const known = own.get(words) ?? medianMs * Math.exp(spread * random.normal());
    own.set(words, known);
    return known;
  };
  let before = '';
  let key = '';
  const events: KeystrokeEvent[] = [];
  let clockMs = 0;
  for (const next of keysToType(keystrokes, random)) {
    [before, key] = [key, next];
    if (before !== '') clockMs += Math.max(20, habit(`${before} ${key}`, 150, 0.35) * (1 + 0.15 * random.normal()));
    const holdMs = Math.max(20, habit(key, 90, 0.2) * (1 + 0.15 * random.normal()));
    const pressUs = startUs + Math.round(clockMs * 1000);
    events.push({ type: 'keystroke', ts: pressUs, key, event: 'press' });
    events.push({ type: 'keystroke', ts: pressUs + Math.round(holdMs * 1000), key, event: 'release' });
  }
  return events.sort((a, b) => a.ts - b.ts);
}

/**
 * The same events again, later.
 * @param jitterMs standard deviation of what is added to the time of each event; their order stays
 */
export function replayed(
  events: readonly InputEvent[],
  startUs: number,
  jitterMs: number,
  random: Random,
  speed = 1,
): InputEvent[] {
  const firstUs = events[0]?.ts ?? 0;
  let lastUs = startUs;
  return events.map((event) => {
    const ts = startUs + Math.round((event.ts - firstUs) / speed + 1000 * jitterMs * random.normal());
    lastUs = Math.max(lastUs, ts);
    return { ...event, ts: lastUs };
  });
}

/** As a clock with such a tick would have written them. */
export const onTicks = (events: readonly InputEvent[], tickMs: number): InputEvent[] =>
  events.map((event) => ({ ...event, ts: Math.floor(event.ts / (tickMs * 1000)) * tickMs * 1000 }));
