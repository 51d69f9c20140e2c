// A mouse window, the owner's usual values and what each feature did to the score in, the three features that did most in plain
// words out. What a feature did is told by leaving it out: infer/mouse-score.ts.
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import { movementWords } from './movement-words.ts';
import type { Usual } from './strongest-reason.ts';

const REASONS = 3;
/** Closer than this is no difference, further than this no likeness, whatever it did together with other features. */
const NOTABLE_SD = 1;
const MOST_SD = 9.9;

export interface StrokeSaid {
  /** 79 values, NaN where missing. */
  readonly vector: Float64Array;
  /** Of each of the 79: by how much the log-likelihood ratio would fall without it. */
  readonly contributions: Float64Array;
  /** Whether the window as a whole speaks for the owner. */
  readonly fits: boolean;
}

/**
 * @param usual of the owner; an sd of 0 stands for a feature that he gave too seldom to be compared.
 * @returns one to three for one sentence, the strongest first: "pauses before a click 1.9 sd longer than yours", "clicks 1.6 sd shorter"; or
 *   "like yours in length of clicks"
 */
export function strokeReasons({ vector, contributions, fits }: StrokeSaid, usual: Usual): readonly string[] {
  const speaking: {
    readonly name: string;
    readonly words: string;
    readonly away: number;
    readonly forOwner: number;
  }[] = [];
  for (const [i, { name, words }] of MOUSE_79_FEATURES.entries()) {
    const forOwner = contributions[i] ?? 0;
    const sd = usual.sd[i] ?? 0;
    const away = sd > 0 ? ((vector[i] ?? Number.NaN) - (usual.mean[i] ?? 0)) / sd : Number.NaN;
    const speaks = fits ? forOwner > 0 && Math.abs(away) < NOTABLE_SD : forOwner < 0 && Math.abs(away) >= NOTABLE_SD;
    if (speaks) speaking.push({ name, words, away, forOwner });
  }
  const ranked = speaking.toSorted((a, b) => Math.abs(b.forOwner) - Math.abs(a.forOwner));
  const said = new Map<string, string>();
  for (const { name, words, away } of ranked) {
    const { about, more, less } = movementWords(name);
    const how = away > 0 ? more : less;
    const sd = Math.min(MOST_SD, Math.abs(away)).toFixed(1);
    // Whose they are compared with is said once.
    const first = said.size === 0;
    const [key, text] = fits
      ? [words, first ? `like yours in ${words}` : words]
      : [`${about} ${how}`, `${about} ${sd} sd ${how}${first ? ' than yours' : ''}`];
    // Mean and quartiles of one thing are one reason.
    if (!said.has(key)) said.set(key, text);
    if (said.size === REASONS) break;
  }
  if (said.size > 0) return [...said.values()];
  return [fits ? 'like yours on the whole' : 'many small differences from yours'];
}
