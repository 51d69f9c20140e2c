import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterRequest, hear, LOGIND, unseen, type LockEvent } from './lock-view.ts';
import { witnessOf } from './lock-screen.ts';

const SAVER = 'the GNOME screen saver';
const OTHER = 'the screen saver';
type Word = readonly [by: string, locked: boolean | null, how?: 'found'];

/** What is told after each word; null: nothing. */
function told(hintWorks: boolean, words: readonly Word[]): readonly (LockEvent | null)[] {
  let view = unseen(hintWorks);
  return words.map(([by, locked, how]) => {
    const [next, event] = hear(view, { by, locked, found: how === 'found' });
    view = next;
    return event;
  });
}

test('a lock seen by both is told once, in every order', () => {
  const first: readonly Word[] = [
    [SAVER, true],
    [LOGIND, true],
  ];
  const last: readonly Word[] = [
    [SAVER, false],
    [LOGIND, false],
  ];
  // Saver first, the hint not known yet: the saver tells of the lock, the hint of its end.
  assert.deepEqual(told(false, [...first, ...last]), ['locked', null, null, 'unlocked']);
  assert.deepEqual(told(false, [...first, ...last.toReversed()]), ['locked', null, 'unlocked', null]);
  assert.deepEqual(told(false, [...first.toReversed(), ...last]), ['locked', null, null, 'unlocked']);
  assert.deepEqual(told(false, [...first.toReversed(), ...last.toReversed()]), ['locked', null, 'unlocked', null]);
  // Known: the hint tells of both.
  assert.deepEqual(told(true, [...first, ...last]), [null, 'locked', null, 'unlocked']);
  assert.deepEqual(told(true, [...first.toReversed(), ...last.toReversed()]), ['locked', null, 'unlocked', null]);
});

test('where the hint works, a screen saver that blanks is neither a lock nor a re-authentication', () => {
  const blank: readonly Word[] = [
    [LOGIND, false],
    [SAVER, true],
    [SAVER, false],
  ];
  assert.deepEqual(told(true, blank), [null, null, null]);
  // Seen true once is enough; until then there is nothing better than the screen saver.
  const learned = told(false, [[LOGIND, true], [LOGIND, false], ...blank]);
  assert.deepEqual(learned, ['locked', 'unlocked', null, null, null]);
  assert.deepEqual(told(false, blank), [null, 'locked', 'opened'], 'it may merely have blanked');
});

test('without logind a screen saver is believed; with it, where it took our own request to lock', () => {
  const words: readonly Word[] = [
    [SAVER, true],
    [SAVER, false],
  ];
  assert.deepEqual(told(false, words), ['locked', 'unlocked']);
  const [there] = hear(unseen(false), { by: LOGIND, locked: false, found: true });
  const [active] = hear(there, { by: SAVER, locked: true, found: false });
  const [, event] = hear(afterRequest(active), { by: SAVER, locked: false, found: false });
  assert.equal(event, 'unlocked');
  const [open] = hear(afterRequest(active), { by: SAVER, locked: false, found: false });
  const [again] = hear(open, { by: SAVER, locked: true, found: false });
  assert.equal(hear(again, { by: SAVER, locked: false, found: false })[1], 'opened', 'one request is one lock');
});

test('with two names for one screen saver the last word counts', () => {
  const words: readonly Word[] = [
    [SAVER, true],
    [OTHER, true],
    [SAVER, false],
    [OTHER, false],
    [OTHER, true],
    [OTHER, true],
  ];
  assert.deepEqual(told(false, words), ['locked', null, null, 'unlocked', 'locked', null]);
});

test('a witness that goes, or that was away, tells of no password', () => {
  assert.deepEqual(
    told(false, [
      [SAVER, true],
      [SAVER, null],
    ]),
    ['locked', 'opened'],
  );
  const restarted: readonly Word[] = [
    [LOGIND, true],
    [LOGIND, false, 'found'],
    [LOGIND, true, 'found'],
    [LOGIND, false],
  ];
  assert.deepEqual(told(true, restarted), ['locked', 'opened', 'locked', 'unlocked']);
  // One of two goes: the other still says that the screen is locked.
  const one: readonly Word[] = [
    [SAVER, true],
    [OTHER, true],
    [SAVER, null],
    [OTHER, false],
  ];
  assert.deepEqual(told(false, one), ['locked', null, null, 'unlocked']);
});

test('a lock counts as seen when it is new, or when nobody knows better', () => {
  const view = (hintWorks: boolean, ...says: readonly (readonly [string, boolean])[]) => ({
    ...unseen(hintWorks),
    says: new Map(says),
  });
  const nothing = new Map<string, boolean>();
  const blank = new Map([[SAVER, true]]);
  assert.equal(witnessOf(view(false), nothing, SAVER), null, 'accepted alone is not enough');
  assert.equal(witnessOf(view(true, [LOGIND, true], [SAVER, true]), blank, null), LOGIND);
  assert.equal(witnessOf(view(true, [LOGIND, false], [SAVER, true]), nothing, null), SAVER, 'active since the request');
  assert.equal(witnessOf(view(true, [LOGIND, false], [SAVER, true]), blank, SAVER), null, 'it only blanks, still');
  assert.equal(witnessOf(view(false, [SAVER, true]), blank, null), null, 'logind was asked, the blank is old');
  assert.equal(witnessOf(view(false, [SAVER, true]), blank, OTHER), null);
  assert.equal(witnessOf(view(false, [SAVER, true]), blank, SAVER), SAVER);
});
