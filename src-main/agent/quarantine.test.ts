import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quarantine, type Lesson } from './quarantine.ts';

interface Word extends Lesson {
  readonly text: string;
}

function build(): {
  readonly waiting: ReturnType<typeof quarantine<Word>>;
  readonly known: Set<number>;
  taught: number | null;
  readonly add: (text: string, atS: number, profile: number | null) => void;
  readonly take: (atS: number) => readonly string[];
} {
  const built = { known: new Set<number>(), taught: 1 as number | null };
  const waiting = quarantine<Word>({ isKnown: (profile) => built.known.has(profile), taught: () => built.taught });
  return Object.assign(built, {
    waiting,
    add: (text: string, atS: number, profile: number | null) => waiting.add({ text, atUs: atS * 1e6, profile }),
    take: (atS: number) => waiting.take(atS * 1e6).map(({ text }) => text),
  });
}

test('as long as nothing can tell who it is, there is nothing to wait for', () => {
  const { add, take } = build();
  add('a', 0, 1);
  assert.deepEqual([take(0), take(0)], [['a'], []]);
});

test('with a model there, two minutes pass', () => {
  const { add, take, known } = build();
  known.add(1);
  add('a', 0, 1);
  add('b', 10, 1);
  assert.deepEqual([take(119), take(120), take(129), take(130)], [[], ['a'], [], ['b']]);
});

test('what waits when somebody else is suspected is taken away', () => {
  const { add, take, known, waiting } = build();
  known.add(1);
  add('a', 0, 1);
  assert.deepEqual(
    waiting.empty().map(({ text }) => text),
    ['a'],
  );
  assert.deepEqual(take(500), []);
});

test('what is of no profile for certain teaches none, nor what turned out to be of another', () => {
  const built = build();
  const { add, take, known } = built;
  for (const profile of [1, 2]) known.add(profile);
  add('unclear', 0, null);
  add('first', 1, 1);
  add('second', 2, 2);
  built.taught = 2;
  assert.deepEqual(take(300), ['second']);
  built.taught = 1;
  assert.deepEqual(take(600), [], 'and it is not kept for later');
});

test('a new profile learns at once while what waits for a known one goes on waiting', () => {
  const built = build();
  const { add, take, known } = built;
  known.add(1);
  add('old', 0, 1);
  built.taught = 2;
  add('new', 1, 2);
  assert.deepEqual(take(2), ['new']);
  built.taught = 1;
  assert.deepEqual(take(121), ['old']);
});
