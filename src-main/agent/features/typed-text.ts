// Keystroke events enter one by one. Leave: counts of what was written (text-counts.ts). In between the last words lie in a buffer, for
// they may still be erased: numbers in memory that are overwritten with zeros as soon as they are counted, after half a minute without
// a key at the latest. Nothing here ever makes a string of them. X11 does not tell password fields from others, so what is typed into
// one is text like any other.
import type { KeystrokeEvent } from '../events.ts';
import { textCounter, type TextCounts } from './text-counts.ts';
import { LETTER, LINE, SPACE, textKeyOf, type TextKey, type Written } from './text-keys.ts';

export interface TypedText {
  readonly accept: (event: KeystrokeEvent) => void;
  /** The caret may be anywhere now: another window has the focus, or the mouse was clicked. */
  readonly cut: () => void;
  /** After a pause what was written is counted and wiped. */
  readonly settle: (nowUs: number) => void;
  /** Words so far, those included that may still be erased. */
  readonly words: () => number;
  /** Where there are `least` words that stand, what was counted; the counting begins anew. Otherwise null, and it goes on. */
  readonly take: (least: number) => TextCounts | null;
  /** Forgets everything, and gives the memory back. */
  readonly wipe: () => void;
}

/** Characters: some forty words, more than anybody erases again. */
export const CAPACITY = 256;
/** Who has not typed for so long is unlikely to erase it again. */
export const PAUSE_US = 30_000_000;
/** A Shift that is held longer was released unseen. */
const LONGEST_SHIFT_US = 5_000_000;

export function typedText(): TypedText {
  let buffer: Uint32Array | null = null;
  let [length, ended] = [0, 0];
  const counter = textCounter();
  let lastUs = Number.NEGATIVE_INFINITY;
  let erasing = false;
  const shifts = new Map<string, number>();
  const [commands, levels] = [new Set<string>(), new Set<string>()];
  let caps = false;

  /** Counts all whole words; the one under way stays. */
  const count = (): void => {
    if (buffer === null) return;
    let end = length;
    while (end > 0 && !isSeparator(buffer[end - 1])) end -= 1;
    for (let i = 0; i < end; i += 1) counter.write(buffer[i] ?? 0);
    buffer.copyWithin(0, end, length);
    length -= end;
    buffer.fill(0, length);
    ended = 0;
  };

  const clear = (): void => {
    buffer?.fill(0);
    [length, ended, erasing] = [0, 0, false];
  };

  /** Keys that were released unseen, or by somebody else, must not change what comes. */
  const forgetModifiers = (): void => {
    shifts.clear();
    commands.clear();
    levels.clear();
    caps = false;
  };

  const cut = (): void => {
    count();
    clear();
    counter.cut();
    caps = false;
  };

  /** What follows a separator begins a word, however long it takes. */
  const pause = (): void => {
    count();
    if (length > 0) counter.cut();
    else counter.pause();
    clear();
    forgetModifiers();
  };

  /** Whether the last character is the first one after a word. */
  const endsWord = (): boolean => length > 1 && isSeparator(buffer?.[length - 1]) && !isSeparator(buffer?.[length - 2]);

  const write = (written: Written): void => {
    buffer ??= new Uint32Array(CAPACITY);
    if (length === CAPACITY) count();
    if (length === CAPACITY) cut();
    buffer[length] = written;
    length += 1;
    if (endsWord()) ended += 1;
  };

  const erase = (): void => {
    if (buffer === null || length === 0) return cut();
    if (endsWord()) ended -= 1;
    length -= 1;
    buffer[length] = 0;
    counter.erase(1, !erasing);
    erasing = true;
  };

  const characterOf = (key: Extract<TextKey, { does: 'writes' }>, nowUs: number): Written => {
    if (levels.size > 0) return key.level;
    for (const [name, sinceUs] of shifts) if (nowUs - sinceUs > LONGEST_SHIFT_US) shifts.delete(name);
    const shift = shifts.size > 0;
    // Caps Lock changes letters alone, and Shift changes them back.
    return (key.plain & LETTER) !== 0 && caps ? (shift ? key.plain : key.shifted) : shift ? key.shifted : key.plain;
  };

  const press = (name: string, key: TextKey, nowUs: number): void => {
    if (key.does === 'shift') shifts.set(name, nowUs);
    else if (key.does === 'command') commands.add(name);
    else if (key.does === 'level') levels.add(name);
    else if (key.does === 'caps') caps = !caps;
    else if (key.does === 'unknown') cut();
    else if (key.does !== 'nothing' && commands.size > 0) cut();
    else if (key.does === 'erases') erase();
    else if (key.does === 'writes') {
      write(characterOf(key, nowUs));
      erasing = false;
    }
  };

  return {
    accept: ({ event, key, ts }) => {
      if (event === 'release') {
        shifts.delete(key);
        commands.delete(key);
        levels.delete(key);
        return;
      }
      if (ts - lastUs > PAUSE_US) pause();
      lastUs = Math.max(lastUs, ts);
      press(key, textKeyOf(key), ts);
    },
    cut,
    settle: (nowUs) => {
      if (nowUs - lastUs <= PAUSE_US) return;
      pause();
      buffer = null;
    },
    words: () => counter.words() + ended,
    take: (least) => {
      count();
      return counter.words() < least ? null : counter.take();
    },
    wipe: () => {
      clear();
      counter.cut();
      counter.take();
      forgetModifiers();
      buffer = null;
      lastUs = Number.NEGATIVE_INFINITY;
    },
  };
}

const isSeparator = (written: Written | undefined): boolean => ((written ?? 0) & (SPACE | LINE)) !== 0;
