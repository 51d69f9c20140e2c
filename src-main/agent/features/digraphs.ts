// Latencies of letter pairs: 100 features. In: strokes. Out: values in the order of DIGRAPHS, NaN for pairs that were not typed.
import { at } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import type { KeyStrokes } from './key-strokes.ts';

/**
 * The 100 most frequent pairs of letters in English words, most frequent first. Source: Peter Norvig, "English Letter Frequency
 * Counts: Mayzner Revisited", norvig.com/mayzner.html, table of bigram counts in the Google Books corpus. Only these pairs are
 * ever told apart, and only as means over a window: neither their order nor any other pair is in a vector.
 */
const DIGRAPHS: readonly string[] = [
  'th he in er an re on at en nd ti es or te of ed is it al ar',
  'st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea',
  'ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec',
  'pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie',
  'wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh',
].flatMap((line) => line.split(' '));

export const DIGRAPH_FEATURES: readonly Feature[] = DIGRAPHS.map((pair) =>
  feature(
    `digraph.${pair}`,
    'ms',
    'log',
    'rhythm between letter pairs',
    `mean press-to-press latency of "${pair}", directly successive presses up to 1 s apart`,
  ),
);

const LETTERS = 26;
const numberOf = (letter: string | undefined): number => (letter ?? '').charCodeAt(0) - 97;

/** Number of the pair in {@link DIGRAPHS} by first letter x 26 + second; -1 for pairs outside the list. */
const pairNumber = new Int8Array(LETTERS * LETTERS).fill(-1);
for (const [number, [first, second]] of DIGRAPHS.entries())
  pairNumber[numberOf(first) * LETTERS + numberOf(second)] = number;

/** @returns 100 values and how many of them are present */
export function digraphValues(strokes: KeyStrokes): { readonly values: Float64Array; readonly present: number } {
  const values = new Float64Array(DIGRAPHS.length);
  const counts = new Float64Array(DIGRAPHS.length);
  for (let i = 0; i + 1 < strokes.count; i += 1) {
    const latencyMs = at(strokes.nextMs, i);
    const first = strokes.letter[i] ?? LETTERS;
    const second = strokes.letter[i + 1] ?? LETTERS;
    if (Number.isNaN(latencyMs) || first >= LETTERS || second >= LETTERS) continue;
    const number = pairNumber[first * LETTERS + second] ?? -1;
    if (number < 0) continue;
    values[number] = at(values, number) + latencyMs;
    counts[number] = at(counts, number) + 1;
  }
  let present = 0;
  for (let number = 0; number < DIGRAPHS.length; number += 1) {
    if (at(counts, number) > 0) present += 1;
    values[number] = at(values, number) / at(counts, number);
  }
  return { values, present };
}
