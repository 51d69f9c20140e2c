import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextCounts } from './text-counts.ts';
import { CAPACITY, typedText } from './typed-text.ts';
import { keysOf, typing, type Keys } from './typing.fixture.ts';

const START_US = 1_700_000_000_000_000;

/** What was counted of these keys, after a line that makes the place of the caret known. */
function counted(...keys: Keys): TextCounts {
  const text = typedText();
  for (const event of typing(['Return', ...keys])) text.accept(event);
  const counts = text.take(0);
  assert.ok(counts !== null);
  return counts;
}

const some = (counts: TextCounts, ...names: readonly (keyof TextCounts)[]): readonly number[] =>
  names.map((name) => counts[name]);

test('words, sentences, marks, capitals, digits and lines of a text, counted by hand', () => {
  const counts = counted(...keysOf('Hello, world! We had 3 of them\nok fine. '));
  // Hello world We had of them ok fine; the number is no word.
  assert.deepEqual(some(counts, 'words', 'letters', 'squares', 'short'), [8, 27, 25 + 25 + 4 + 9 + 4 + 16 + 4 + 16, 4]);
  // "Hello, world!", "We had 3 of them" and "ok fine."
  assert.deepEqual(some(counts, 'sentences', 'sentenceWords', 'capitalSentences'), [3, 8, 2]);
  assert.deepEqual(some(counts, 'marks', 'capitals', 'digits', 'lines'), [3, 2, 1, 2]);
  assert.deepEqual(some(counts, 'corrections', 'erased', 'rows'), [0, 0, 0]);
});

test('what stands inside a word belongs to it, what stands around it does not', () => {
  const counts = counted(...keysOf('"it\'s (here)" 3.5kg -- :-) a.b. '));
  // it's 4, here 4, 3.5kg 5, a.b 3; dashes and faces are no words, and all their marks count.
  assert.deepEqual(some(counts, 'words', 'letters', 'digits', 'marks'), [4, 16, 2, 13]);
  assert.deepEqual(some(counts, 'sentences', 'sentenceWords'), [1, 4]);
});

test('a correction takes back what it erases, and counts once however long it is', () => {
  const counts = counted(...keysOf('thr⌫e cat sat  ⌫⌫⌫⌫t on '));
  // "the cat st on": the spaces and "at" are gone.
  assert.deepEqual(some(counts, 'words', 'letters', 'corrections', 'erased'), [4, 10, 2, 5]);
});

test('a held key writes and erases at every repeat', () => {
  const repeated = Array.from({ length: 5 }, () => 'BackSpace');
  const text = typedText();
  for (const event of typing(['Return', ...keysOf('abcdefg'), ...repeated, ...keysOf('x ')])) {
    if (event.event === 'press' || event.key !== 'BackSpace') text.accept(event);
  }
  assert.deepEqual(some(text.take(1) as TextCounts, 'letters', 'corrections', 'erased'), [3, 1, 5]);
});

test('Shift counts while it is down, whichever key is released first', () => {
  // Shift is still down at the second letter, and released before the third, whose release comes last.
  const counts = counted('+Shift_R', '+a', '+b', '-Shift_R', '+c', '-a', '-b', '-c', 'space');
  assert.deepEqual(some(counts, 'words', 'capitals', 'letters'), [1, 2, 3]);
  const both = counted('+Shift_L', '+Shift_R', 'a', '-Shift_L', 'b', '-Shift_R', 'c', 'space');
  assert.equal(both.capitals, 2);
});

test('a Shift whose release was lost holds for five seconds', () => {
  // A key every 200 ms: the 26th comes 5.2 s after Shift.
  const counts = counted('+Shift_L', ...keysOf('abcdefghij klmnopqrst uvwxyz '));
  assert.equal(counts.capitals, 23);
});

test('Caps Lock makes capitals, Shift undoes it, marks and digits stay; it is forgotten where the text is cut', () => {
  const counts = counted(
    'Caps_Lock',
    ...keysOf('abc 1, '),
    '+Shift_L',
    'd',
    '-Shift_L',
    'e',
    'space',
    'Caps_Lock',
    'f',
    'space',
  );
  assert.deepEqual(some(counts, 'words', 'capitals', 'digits', 'marks'), [3, 4, 1, 1]);
  assert.equal(counted('Caps_Lock', 'a', 'Left', ...keysOf(' bc ')).capitals, 0);
});

test('dead keys wait for their letter, AltGr writes a mark that nobody knows', () => {
  const counts = counted('c', 'a', 'f', 'dead_acute', 'e', 'space', '+Alt_R', 'q', '-Alt_R', 'a', 'space');
  assert.deepEqual(some(counts, 'words', 'letters', 'marks'), [2, 5, 1]);
});

test('letters of any script are letters, with capitals where it has them', () => {
  const counts = counted(
    ...['+Shift_L', 'ж', '-Shift_L'],
    'ё',
    'space',
    'ñ',
    'ß',
    'space',
    '語',
    'space',
    '😀',
    'space',
    'É',
    'space',
  );
  assert.deepEqual(some(counts, 'words', 'letters', 'capitals', 'marks'), [4, 6, 2, 1]);
});

test('the keypad writes digits and marks, its Enter a line', () => {
  const counts = counted('a', 'KP_1', 'KP_Add', 'KP_2', 'KP_Enter');
  assert.deepEqual(some(counts, 'words', 'letters', 'digits', 'marks', 'lines'), [1, 4, 2, 1, 2]);
});

for (const cut of ['Left', 'Home', 'Tab', 'Escape', 'Delete', 'F5', 'keycode_600', 'Page_Up', '__proto__']) {
  test(`after ${cut} nobody knows where the caret is: the words on both its sides are left out`, () => {
    const counts = counted(...keysOf('one two thr'), cut, ...keysOf('ee four five '));
    // one two | four five
    assert.deepEqual(some(counts, 'words', 'letters', 'sentences'), [4, 3 + 3 + 4 + 4, 0]);
  });
}

for (const modifier of ['Control_L', 'Control_R', 'Alt_L', 'Super_L', 'Meta_R']) {
  test(`what is typed with ${modifier} is no text, and cuts it`, () => {
    const counts = counted(...keysOf('one tw'), `+${modifier}`, 'a', `-${modifier}`, ...keysOf('new text '));
    // After "select all" the new text takes the place of the old one; its first word can not be told from the rest of another.
    assert.deepEqual(some(counts, 'words', 'letters', 'marks'), [2, 7, 0]);
  });
}

test('a shortcut that erases is a cut, not a correction', () => {
  const counts = counted(...keysOf('one two'), '+Control_L', 'BackSpace', '-Control_L', ...keysOf('x three '));
  assert.deepEqual(some(counts, 'words', 'corrections', 'erased'), [2, 0, 0]);
});

test('who erases beyond what is known erases something unknown', () => {
  const text = typedText();
  for (const event of typing(keysOf('\nab⌫⌫⌫⌫⌫cd ef '))) text.accept(event);
  // The line break is erased as well; "cd" may be the rest of any word.
  assert.deepEqual(some(text.take(0) as TextCounts, 'words', 'letters', 'corrections', 'erased'), [1, 2, 1, 3]);
});

test('another window, or a click, cuts as an arrow key does', () => {
  const text = typedText();
  for (const event of typing(keysOf('\none tw'))) text.accept(event);
  text.cut();
  for (const event of typing(keysOf('o three '))) text.accept(event);
  assert.deepEqual(some(text.take(0) as TextCounts, 'words', 'letters'), [2, 8]);
});

test('after half a minute a word that was not finished is left out, and a sentence between two words goes on', () => {
  const after = (first: string, pauseUs: number, second: string): TextCounts => {
    const text = typedText();
    for (const event of typing(keysOf(first), START_US)) text.accept(event);
    const lastUs = START_US + 200_000 * (keysOf(first).length - 1);
    for (const event of typing(keysOf(second), lastUs + pauseUs)) text.accept(event);
    return text.take(0) as TextCounts;
  };
  assert.deepEqual(some(after('\none two', 31_000_000, 'three four. '), 'words', 'sentences'), [2, 0]);
  assert.deepEqual(some(after('\none two', 29_000_000, 'three four. '), 'words', 'sentences'), [3, 1]);
  assert.deepEqual(some(after('\none two ', 31_000_000, 'three four. '), 'sentenceWords', 'sentences'), [4, 1]);
});

test('without further keys the clock settles it', () => {
  const settled = (afterUs: number): number => {
    const text = typedText();
    const keys = keysOf('\none two three');
    const lastUs = START_US + 200_000 * (keys.length - 1);
    for (const event of typing(keys, START_US)) text.accept(event);
    text.settle(lastUs + afterUs);
    for (const event of typing(keysOf('x four '), lastUs + 30_000_000)) text.accept(event);
    return text.take(0)?.words ?? 0;
  };
  assert.deepEqual([settled(30_000_000), settled(30_000_001)], [4, 3]);
});

test('a text without an end stays within its buffer', () => {
  const text = typedText();
  for (const event of typing(['Return', ...keysOf('ab '.repeat(CAPACITY))])) text.accept(event);
  assert.equal(text.take(0)?.words, CAPACITY);
  for (const event of typing(['Return', ...keysOf('x'.repeat(3 * CAPACITY)), 'space', ...keysOf('y z ')]))
    text.accept(event);
  // A key that rests under a book: it is cut, and what is left of it is no word.
  assert.deepEqual(some(text.take(0) as TextCounts, 'words', 'letters'), [2, 2]);
});

test('counting begins anew where it is taken, in the midst of a sentence', () => {
  const text = typedText();
  for (const event of typing(keysOf('\nOne two '))) text.accept(event);
  assert.equal(text.take(3), null);
  assert.equal(text.take(2)?.words, 2);
  for (const event of typing(keysOf('three. '))) text.accept(event);
  assert.deepEqual(
    some(text.take(0) as TextCounts, 'words', 'sentences', 'sentenceWords', 'capitalSentences'),
    [1, 1, 3, 1],
  );
});

test('what is wiped is gone', () => {
  const text = typedText();
  for (const event of typing(keysOf('\none two three'))) text.accept(event);
  text.wipe();
  assert.equal(text.words(), 0);
  for (const event of typing(keysOf('x four '))) text.accept(event);
  assert.deepEqual(some(text.take(0) as TextCounts, 'words', 'letters', 'lines', 'sentences'), [1, 4, 0, 0]);
});
