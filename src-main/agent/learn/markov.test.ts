import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transition } from './markov.ts';
import { markovLogRatio, markovTerms, trainMarkov } from './markov.ts';

const SEEN: readonly Transition[] = [
  { from: 'editor', to: 'browser', dwellMs: 1000, hour: 9 },
  { from: 'browser', to: 'editor', dwellMs: 2000, hour: 9 },
  { from: 'editor', to: 'browser', dwellMs: 4000, hour: 10 },
  { from: 'browser', to: 'mail', dwellMs: 500, hour: 23 },
];
const model = trainMarkov(SEEN);

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, ${expected}`);
const at = (from: string, to: string, dwellMs = 1000, hour = 9): Transition => ({ from, to, dwellMs, hour });

test('next application, by hand', () => {
  // Openings, each with one added and one for the unknown: browser 3/8, editor 2/8, mail 2/8, unknown 1/8; somebody
  // else 1/4. editor → browser: (2 + 4 · 3/8) / (2 + 4) = 7/12.
  close(markovTerms(model, at('editor', 'browser')).transition, Math.log(7 / 3));
  // browser → mail: (1 + 4 · 2/8) / (2 + 4) = 1/3.
  close(markovTerms(model, at('browser', 'mail')).transition, Math.log(4 / 3));
  // mail was never left: what is opened at all decides, 2/8.
  close(markovTerms(model, at('mail', 'editor')).transition, 0);
  // editor → unknown: (0 + 4 · 1/8) / 6 = 1/12; unknown → browser: 3/8.
  close(markovTerms(model, at('editor', 'game')).transition, Math.log(1 / 3));
  close(markovTerms(model, at('game', 'browser')).transition, Math.log(3 / 2));
});

test('probabilities of the next application add up to 1 from anywhere', () => {
  for (const from of ['editor', 'browser', 'mail', 'game']) {
    const total = ['editor', 'browser', 'mail', 'game']
      .map((to) => Math.exp(markovTerms(model, at(from, to)).transition) / 4)
      .reduce((sum, p) => sum + p, 0);
    close(total, 1);
  }
});

test('hour of the day, smoothed around midnight, by hand', () => {
  // 20 in each of 24 hours, 4 switches spread by 1 4 6 4 1 sixteenths: hour 9 has 20 + (6 + 6 + 4) / 16, hour 0 has
  // 20 + 4/16, hour 1 has 20 + 1/16, hour 15 has 20, of 484 in all.
  const expected: readonly (readonly [number, number])[] = [
    [9, 21],
    [0, 20.25],
    [1, 20.0625],
    [15, 20],
    [23, 20.375],
  ];
  for (const [hour, of484] of expected) {
    close(markovTerms(model, at('editor', 'browser', 1000, hour)).hour, Math.log((of484 / 484) * 24));
  }
  close(
    model.hours.reduce((sum, p) => sum + p, 0),
    1,
  );
});

test('dwell time, worked out in Python from the formulas of the normal-inverse-χ² posterior', () => {
  // All: mean 7.254328869, variance 0.822473897; editor: 7.353349895 and 0.749266553; somebody else: + ln² 2.
  close(markovTerms(model, at('editor', 'browser', 2000)).dwell, 0.2818356280282571);
  close(markovTerms(model, at('editor', 'browser', 3_600_000)).dwell, -16.132591105669803);
  // An unknown application has the dwell of all; less than a millisecond counts as one.
  close(markovTerms(model, at('game', 'browser', 0)).dwell, -11.567018945353862);
});

test('a switch counts with all three parts and never for less than one in twenty', () => {
  close(markovLogRatio(model, at('editor', 'browser', 2000, 9)), 1.1345407058667412);
  close(markovLogRatio(model, at('editor', 'game', 3_600_000, 3)), -2.9957316544939223);
  assert.ok(markovLogRatio(model, at('editor', 'game', 1e15, 3)) >= Math.log(0.05));
});

test('a habit scores for its owner and against a stranger', () => {
  const day = ['editor', 'terminal', 'editor', 'browser', 'terminal'];
  const owner = Array.from({ length: 400 }, (_, i): Transition => ({
    from: day[i % 5] ?? '',
    to: day[(i + 1) % 5] ?? '',
    dwellMs: 5000 + 100 * (i % 13),
    hour: 9 + (i % 8),
  }));
  const learned = trainMarkov(owner.slice(0, 300));
  const mean = (transitions: readonly Transition[]) =>
    transitions.reduce((sum, transition) => sum + markovLogRatio(learned, transition), 0) / transitions.length;
  assert.ok(mean(owner.slice(300)) > 0.5);
  const stranger = owner
    .slice(300)
    .map(({ from, to, dwellMs }) => ({ from: to, to: from, dwellMs: dwellMs * 20, hour: 3 }));
  assert.ok(mean(stranger) < -1);
});

test('names that JavaScript objects inherit are names like any other', () => {
  const odd = trainMarkov([{ from: '__proto__', to: 'constructor', dwellMs: 10, hour: 0 }]);
  // (1 + 4 · 2/4) / (1 + 4) = 3/5 against 1/3.
  close(markovTerms(odd, { from: '__proto__', to: 'constructor', dwellMs: 10, hour: 0 }).transition, Math.log(9 / 5));
});

test('malformed switches are refused', () => {
  assert.throws(() => trainMarkov([]), /no application switches/);
  assert.throws(() => trainMarkov([at('a', 'b', -1)]), /dwell time/);
  assert.throws(() => trainMarkov([at('a', 'b', Number.NaN)]), /dwell time/);
  assert.throws(() => markovTerms(model, at('a', 'b', 1, 24)), /0 to 23, not 24/);
  assert.throws(() => markovTerms(model, at('a', 'b', 1, 9.5)), /0 to 23, not 9.5/);
});
