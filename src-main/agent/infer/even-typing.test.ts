// Intervals are laid out on grids whose percentiles can be told by hand, or were by np.quantile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEvenTyping } from './even-typing.ts';
import type { InjectedFinding } from './injected-finding.ts';

const START_US = 1_704_704_400_000_000;

interface Stroke {
  readonly intervalMs: number;
  readonly holdMs: number;
  readonly rollover?: boolean;
}

function findings(strokes: readonly Stroke[]): InjectedFinding[] {
  const typing = createEvenTyping();
  let atUs = START_US;
  return strokes.flatMap(({ intervalMs, holdMs, rollover = false }, stroke) => {
    atUs += intervalMs * 1000;
    const found = typing.accept({ change: 'press', stroke, atUs, intervalMs, differs: true });
    if (!Number.isNaN(holdMs)) typing.accept({ change: 'release', stroke, differs: true, holdMs, rollover });
    return found === null ? [] : [found];
  });
}

/** `count` numbers from `from` to `to` at even distances, in an order without a trend. */
const grid = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * ((i * 37) % count)) / (count - 1));

/** Quantiles of a log-normal distribution: median 100 and, in logarithms, a spread of .5. np: its tail is .778. */
const PEOPLE_LIKE = [
  30, 42, 49, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 106, 112, 119, 127, 136, 146, 158, 172, 190, 215, 330,
];
const peopleLike = (i: number): number => PEOPLE_LIKE[(i * 7) % PEOPLE_LIKE.length] ?? 0;
const anyHold = (i: number): number => 60 + ((i * 29) % 60);

test('24 strokes at the beat of a clock are found, whatever the holds', () => {
  const found = findings(Array.from({ length: 25 }, (_, i) => ({ intervalMs: 100, holdMs: anyHold(i) })));
  assert.equal(found.length, 1);
  assert.equal(found[0]?.kind, 'constant-interval typing');
  assert.equal(found[0].evidence, '24 keystrokes in 2.4 s, 100 ms apart and hardly one later than 100 ms');
  assert.equal(found[0].confidence, 1);
  assert.deepEqual([found[0].firstUs - START_US, found[0].lastUs - START_US], [100_000, 2_400_000]);
});

test('uniform jitter of 30 % has a tail of ln(1.27): found in 60 strokes; that of 50 %, ln(1.45), is not', () => {
  const jittered = (share: number): Stroke[] =>
    grid(61, 100 * (1 - share), 100 * (1 + share)).map((intervalMs, i) => ({ intervalMs, holdMs: anyHold(i) }));
  const [found] = findings(jittered(0.3));
  assert.equal(found?.kind, 'constant-interval typing');
  // .2348 by np.quantile of the grid, a limit of .28: 1 - .5 × .2348 / .28
  assert.ok(Math.abs(found.confidence - 0.58) < 0.01, `${found.confidence}`);
  assert.deepEqual(findings(jittered(0.5)), []);
});

test('intervals like those of people with any hold are no finding', () => {
  assert.deepEqual(
    findings(Array.from({ length: 300 }, (_, i) => ({ intervalMs: peopleLike(i), holdMs: anyHold(i) }))),
    [],
  );
});

test('holds all alike are found, and keys that are let go of at once', () => {
  const held = (holdMs: (i: number) => number): InjectedFinding[] =>
    findings(Array.from({ length: 25 }, (_, i) => ({ intervalMs: peopleLike(i), holdMs: holdMs(i) })));
  const [alike] = held((i) => 60 + (i % 2));
  assert.equal(alike?.kind, 'constant-hold typing');
  assert.match(alike.evidence, /^24 keystrokes in .* s, nearly all held 60 ms to 61 ms$/);
  const [none] = held((i) => i % 4);
  assert.equal(none?.kind, 'constant-hold typing');
  assert.match(none.evidence, /hardly one held longer than 3 ms$/);
  assert.deepEqual(held(anyHold), []);
});

test('30 keys a second without overlap come from no hand; drumming fingers overlap', () => {
  const fast = (rollover: boolean): Stroke[] =>
    Array.from({ length: 21 }, (_, i) => ({ intervalMs: peopleLike(i) / 3, holdMs: 20 + (i % 9), rollover }));
  const [found] = findings(fast(false));
  assert.equal(found?.kind, 'burst faster than a hand');
  assert.equal(found.events, 20);
  assert.deepEqual(findings(fast(true)), []);
});

test('a pause is no interval, and neither is a clock that goes backwards', () => {
  const strokes = Array.from({ length: 300 }, (_, i) => ({
    intervalMs: i % 50 === 0 ? 5000 : i % 70 === 0 ? -60_000 : peopleLike(i),
    holdMs: anyHold(i),
  }));
  assert.deepEqual(findings(strokes), []);
});
