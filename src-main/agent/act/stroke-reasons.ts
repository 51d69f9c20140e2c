// A mouse window, the owner's usual values and what each feature did to the score in, the three features that did most in plain
// words out. What a feature did is told by leaving it out: infer/mouse-score.ts.
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import { movementWords } from './movement-words.ts';
import { distanceInSd, type Usual } from './strongest-reason.ts';

const REASONS = 3;
/** Closer than this is no difference, further than this no likeness, whatever it did together with other features. */
const NOTABLE_SD = 1;

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
  const awayOf = (i: number): number => {
    const sd = usual.sd[i] ?? 0;
    return sd > 0 ? ((vector[i] ?? Number.NaN) - (usual.mean[i] ?? 0)) / sd : Number.NaN;
  };
  /** How much each did that speaks, until it was said. */
  const left = new Float64Array(vector.length);
  for (let i = 0; i < left.length; i += 1) {
    const forOwner = contributions[i] ?? 0;
    const far = Math.abs(awayOf(i));
    const speaks = fits ? forOwner > 0 && far < NOTABLE_SD : forOwner < 0 && far >= NOTABLE_SD;
    if (speaks) left[i] = Math.abs(forOwner);
  }
  const said = new Map<string, string>();
  for (let i = greatestOf(left); i >= 0 && said.size < REASONS; i = greatestOf(left)) {
    left[i] = 0;
    const [key, text] = wordsFor(i, awayOf(i), fits, said.size === 0);
    // Mean and quartiles of one thing are one reason.
    if (!said.has(key)) said.set(key, text);
  }
  if (said.size > 0) return [...said.values()];
  return [fits ? 'like yours on the whole' : 'many small differences from yours'];
}

/** The place of the first of the greatest; -1 where nothing is above 0. */
function greatestOf(values: Float64Array): number {
  let [place, greatest] = [-1, 0];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (value <= greatest) continue;
    [place, greatest] = [i, value];
  }
  return place;
}

const FEATURES = MOUSE_79_FEATURES.map(({ name, words }) => ({ words, movement: movementWords(name) }));

/** @returns what is the same for another feature that tells of the same, and how it is said; whose they are compared with is said once. */
function wordsFor(i: number, away: number, fits: boolean, first: boolean): readonly [key: string, text: string] {
  const feature = FEATURES[i];
  if (feature === undefined) throw new RangeError(`there is no mouse feature ${i}`);
  const { words, movement } = feature;
  if (fits) return [words, first ? `like yours in ${words}` : words];
  const how = away > 0 ? movement.more : movement.less;
  const sd = distanceInSd(away);
  return [`${movement.about} ${how}`, `${movement.about} ${sd} sd ${how}${first ? ' than yours' : ''}`];
}
