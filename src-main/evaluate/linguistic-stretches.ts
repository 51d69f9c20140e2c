// Recordings of typing in, stretches of writing out, as the product makes them: text is cut where a recording, or a piece of one, ends.
import type { InputEvent } from '../agent/events.ts';
import { linguisticValues } from '../agent/features/linguistic-features.ts';
import { typedText } from '../agent/features/typed-text.ts';

/** @returns the 12 values of each stretch of `words` words, without overlap; the incomplete rest is dropped */
export function stretchesIn(recordings: readonly (readonly InputEvent[])[], words: number): Float64Array[] {
  const text = typedText();
  const stretches: Float64Array[] = [];
  for (const recording of recordings) {
    for (const event of recording) {
      if (event.type !== 'keystroke') continue;
      text.accept(event);
      const counts = text.words() < words ? null : text.take(words);
      if (counts !== null) stretches.push(linguisticValues(counts));
    }
    text.cut();
  }
  return stretches;
}

/** The 12 values of all that was written in these pieces; null where there is no whole word. */
export function writingOf(pieces: readonly (readonly InputEvent[])[]): Float64Array | null {
  const text = typedText();
  for (const piece of pieces) {
    for (const event of piece) if (event.type === 'keystroke') text.accept(event);
    text.cut();
  }
  const counts = text.take(1);
  return counts === null ? null : linguisticValues(counts);
}
