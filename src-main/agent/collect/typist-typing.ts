// Enters: a typist, a text and random numbers. Leaves: which key goes down and up when, slips and corrections included.
import { FINGERS, fingerOf } from '../features/fingers.ts';
import type { Random } from '../learn/random.ts';
import { drawMs, fixedNormal, happens } from './typist-chance.ts';
import type { TypistProfile, TypingHabits } from './typist-profile.ts';

export interface TypedKey {
  /** Name of the recording format. */
  readonly key: string;
  /** Milliseconds since the first press. */
  readonly pressMs: number;
  readonly releaseMs: number;
}

/** What the typist means to press next. */
interface Intent {
  readonly key: string;
  readonly shifted: boolean;
  /** Time for thought before it. */
  readonly pauseMs: number;
}

/** No hand repeats a key sooner after letting it go. */
const REPEAT_GAP_MS = 12;
/** Typing speeds up and slows down over some ten keys. */
const TEMPO_MEMORY = 0.9;
const TEMPO_SD = 0.07;

/**
 * Types a text of printable US-ASCII characters and newlines.
 * @returns strokes in the order of their presses; they overlap where the typist rolls over
 */
export function typeText(profile: TypistProfile, text: string, random: Random): readonly TypedKey[] {
  const { typing, name } = profile;
  const strokes: { key: string; pressMs: number; releaseMs: number }[] = [];
  let clockMs = 0;
  let tempo = 0;
  let previous: string | null = null;
  for (const { key, shifted, pauseMs } of intents(typing, text, random)) {
    tempo = TEMPO_MEMORY * tempo + Math.sqrt(1 - TEMPO_MEMORY ** 2) * TEMPO_SD * random.normal();
    if (previous !== null) clockMs += pauseMs + intervalMs(profile, previous, key, random) * Math.exp(tempo);
    const dwellMs = drawMs(typing.dwellMs, random) * dwellFactor(typing, key) * habit(typing, `${name} ${key}`);
    if (shifted) {
      const pressMs = clockMs;
      clockMs += drawMs(typing.shiftLeadMs, random);
      strokes.push({
        key: shiftFor(typing, key),
        pressMs,
        releaseMs: clockMs + dwellMs * (0.6 + 0.6 * random.uniform()),
      });
    }
    strokes.push({ key, pressMs: clockMs, releaseMs: clockMs + dwellMs });
    previous = key;
  }
  return withoutOverlapOfOneKey(strokes);
}

/** The expected interval of this person between these two keys, with its scatter. */
function intervalMs({ typing, name }: TypistProfile, from: string, to: string, random: Random): number {
  return drawMs(typing.intervalMs, random) * pairFactor(typing, from, to) * habit(typing, `${name} ${from} ${to}`);
}

function pairFactor(typing: TypingHabits, from: string, to: string): number {
  if (from === to) return typing.sameKey;
  const [a, b] = [fingerOf(from), fingerOf(to)];
  if (from === 'space' || to === 'space' || a === null || b === null) return typing.aroundSpace;
  if (a === b) return typing.sameFinger;
  return isLeft(a) === isLeft(b) ? typing.sameHand : 1;
}

const isLeft = (finger: number): boolean => finger < FINGERS.length / 2 - 1;

function dwellFactor(typing: TypingHabits, key: string): number {
  const finger = fingerOf(key);
  return finger === null ? 1 : (typing.fingerDwell[finger] ?? 1);
}

const habit = (typing: TypingHabits, words: string): number => Math.exp(typing.habit * fixedNormal(words));

function shiftFor(typing: TypingHabits, key: string): string {
  const finger = fingerOf(key);
  return typing.shift === 'opposite' && finger !== null && isLeft(finger) ? 'Shift_R' : 'Shift_L';
}

function* intents(typing: TypingHabits, text: string, random: Random): Generator<Intent> {
  let before = '';
  for (const character of text) {
    const { key, shifted } = keyFor(character);
    const startsWord = before === ' ' || before === '\n';
    const pauseMs = startsWord && happens(typing.pauses, random) ? drawMs(typing.pauseMs, random) : 0;
    const wrong = neighbours(key);
    if (wrong.length > 0 && happens(typing.slips, random)) {
      yield { key: wrong[random.int(wrong.length)] ?? key, shifted: false, pauseMs };
      yield { key: 'BackSpace', shifted: false, pauseMs: drawMs(typing.noticeMs, random) };
      yield { key, shifted, pauseMs: 0 };
    } else {
      yield { key, shifted, pauseMs };
    }
    before = character;
  }
}

const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';
const UNSHIFTED = "`1234567890-=[]\\;',./";

/** The US key that makes a character. */
function keyFor(character: string): { readonly key: string; readonly shifted: boolean } {
  if (character === ' ') return { key: 'space', shifted: false };
  if (character === '\n') return { key: 'Return', shifted: false };
  const mark = SHIFTED.indexOf(character);
  if (mark >= 0) return { key: UNSHIFTED[mark] ?? character, shifted: true };
  const lower = character.toLowerCase();
  return { key: lower, shifted: lower !== character };
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** The letters to the left and right, where a finger lands that misses. */
function neighbours(key: string): readonly string[] {
  const row = ROWS.find((letters) => key.length === 1 && letters.includes(key));
  if (row === undefined) return [];
  const at = row.indexOf(key);
  return [row[at - 1], row[at + 1]].filter((letter) => letter !== undefined);
}

/** A key must be up before it can go down again. */
function withoutOverlapOfOneKey(strokes: { key: string; pressMs: number; releaseMs: number }[]): readonly TypedKey[] {
  const lastOf = new Map<string, { pressMs: number; releaseMs: number }>();
  for (const stroke of strokes) {
    const last = lastOf.get(stroke.key);
    if (last !== undefined && last.releaseMs > stroke.pressMs - REPEAT_GAP_MS) {
      last.releaseMs = Math.max((last.pressMs + stroke.pressMs) / 2, stroke.pressMs - REPEAT_GAP_MS);
    }
    lastOf.set(stroke.key, stroke);
  }
  return strokes;
}
