import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuse, probability, trustOf, unknownTrust, type Evidence } from './trust-filter.ts';

const settings = { unknown: 0.75, leastDoubt: 1e-9, leastTrust: 1e-9, idleTauS: 1800 };
const crowd = (...ratios: number[]): Evidence => ({
  modality: 'keystroke',
  against: Float64Array.from(ratios),
  share: 1,
});
const scalar = (llr: number): Evidence => ({ modality: 'keystroke', llr, share: 1 });
const near = (a: number, b: number, eps = 1e-9): void => assert.ok(Math.abs(a - b) < eps, `${a} is not ${b}`);

test('one step follows Bayes worked out by hand', () => {
  // P(owner) = .75 is odds of 3; twice as likely with the owner makes 6.
  const { state, points } = fuse(unknownTrust(settings), 5, [scalar(Math.LN2)], settings);
  near(probability(state), 6 / 7, 1e-12);
  near(points.get('keystroke') ?? Number.NaN, 100 * (6 / 7 - 0.75), 1e-9);
});

test('waking up after hours of sleep is silence and then a step, not hours of chances to be replaced', () => {
  const owner = { logit: 6, sd: 0.5 };
  for (const hours of [0.5, 1, 2, 24]) {
    const { state } = fuse(owner, hours * 3600, [scalar(0.5)], settings);
    assert.ok(probability(state) > 0.75, `${hours} h: ${probability(state)}`);
  }
});

test('points of the modalities add up to the whole move', () => {
  const evidence = [
    { modality: 'keystroke', llr: -1.5, share: 0.3 },
    { modality: 'mouse', llr: 0.4, share: 0.2 },
  ] as const;
  const before = { logit: 1.2, sd: 1 };
  const { state, points } = fuse(before, 5, evidence, settings);
  const moved = 100 * (1 / (1 + Math.exp(-0.1)) - 1 / (1 + Math.exp(-1.2)));
  near((points.get('keystroke') ?? 0) + (points.get('mouse') ?? 0), moved);
  near(state.logit, 0.1, 1e-12);
});

test('silence lets high trust drift to unknown and never below, and never lifts low trust', () => {
  let state = fuse({ logit: 4, sd: 0.5 }, 1800, [], settings).state;
  near(state.logit, Math.log(3) + (4 - Math.log(3)) / Math.E, 1e-12);
  for (let hour = 0; hour < 200; hour += 1) state = fuse(state, 3600, [], settings).state;
  near(probability(state), 0.75, 1e-6);
  near(fuse({ logit: -2, sd: 0.5 }, 86_400, [], settings).state.logit, -2);
});

test('the band widens in silence and narrows with evidence, within its bounds', () => {
  const unknown = unknownTrust(settings);
  const narrow = fuse(unknown, 5, [{ modality: 'mouse', llr: 0, share: 1 }], settings).state;
  near(narrow.sd, 1 / Math.sqrt(1 / 2.25 + 1.2), 1e-12);
  const wide = fuse(narrow, 3600, [], settings).state;
  assert.ok(wide.sd > narrow.sd && wide.sd <= unknown.sd);
  const { low, trust, high } = trustOf(narrow);
  assert.ok(low < trust && trust < high);
});

test('neither side ever becomes certain, so that the other is noticed after as much evidence as ever', () => {
  const bounded = { ...settings, leastDoubt: 0.04, leastTrust: 0.005 };
  let owner = unknownTrust(bounded);
  let other = unknownTrust(bounded);
  for (let tick = 0; tick < 100; tick += 1) {
    owner = fuse(owner, 5, [scalar(0.5)], bounded).state;
    other = fuse(other, 5, [scalar(-1)], bounded).state;
  }
  near(probability(owner), 0.96);
  near(probability(other), 0.005);
  // From .96 (odds 24) evidence of 1 : 48 against the owner leaves odds of one half.
  near(probability(fuse(owner, 5, [scalar(-Math.log(48))], bounded).state), 1 / 3);
});

test('evidence that says nothing moves nothing, however long it goes on', () => {
  const bounded = { ...settings, leastDoubt: 0.04, leastTrust: 0.005 };
  let state = unknownTrust(bounded);
  for (let tick = 0; tick < 5000; tick += 1) state = fuse(state, 5, [scalar(0)], bounded).state;
  near(probability(state), 0.75);
});

test('what goes beyond the bounds is no move, so that the points still add up', () => {
  const bounded = { ...settings, leastDoubt: 0.04, leastTrust: 0.005 };
  const { points } = fuse(unknownTrust(bounded), 5, [scalar(99)], bounded);
  near(points.get('keystroke') ?? Number.NaN, 21, 1e-9);
});

test('evidence of a crowd follows Bayes worked out by hand, and adds up for one other person', () => {
  // P(owner) = .75, two others alike. The first explains the window 4 times as well as the owner, the second half as well.
  // Odds of the others: (.25 / .75) * (4 + .5) / 2 = .75, so P(owner) = 1 / 1.75; shares 4 : .5.
  const once = fuse(unknownTrust(settings), 5, [crowd(Math.log(4), Math.log(0.5))], settings);
  near(probability(once.state), 1 / 1.75, 1e-12);
  near(once.state.others?.[0] ?? 0, 8 / 9, 1e-12);
  near(once.points.get('keystroke') ?? Number.NaN, 100 * (1 / 1.75 - 0.75), 1e-9);
  // The same again: odds .75 * (8/9 * 4 + 1/9 * .5) = .75 * 65/18.
  const twice = fuse(once.state, 5, [crowd(Math.log(4), Math.log(0.5))], settings);
  near(probability(twice.state), 1 / (1 + (0.75 * 65) / 18), 1e-12);
});

test('each of the crowd is never less likely than by chance: whoever comes next may be anybody', () => {
  const bounded = { ...settings, leastDoubt: 0.04, leastTrust: 0.005 };
  // Odds of two others against the owner are never below (.04 / .96) / 2 each. The owner has been typing: both lie there.
  const long = fuse({ logit: 9, sd: 1, others: Float64Array.of(0.9, 0.1) }, 5, [crowd(0, 0)], bounded);
  near(probability(long.state), 0.96);
  near(long.state.others?.[1] ?? 0, 0.5);
  // The second explains what comes 48 times as well: odds 24 against 1 of both become 24 : .5 + 24.
  const { state } = fuse(long.state, 5, [crowd(0, Math.log(48))], bounded);
  near(probability(state), 24 / (24 + 0.5 + 24));
});

test('an alarm takes several of the crowd: each by himself is never more likely than his part of the bound', () => {
  const bounded = { ...settings, leastDoubt: 0.04, leastTrust: 0.005 };
  // Four others; odds of .995 / .005 = 199 for all of them are 49.75 for each, odds of .04 / .96 are 1 / 96.
  const one = fuse(unknownTrust(bounded), 5, [crowd(20, -20, -20, -20)], bounded).state;
  near(probability(one), 1 / (1 + 49.75 + 3 / 96), 1e-12);
  const all = fuse(unknownTrust(bounded), 5, [crowd(20, 20, 20, 20)], bounded).state;
  near(probability(all), 0.005, 1e-12);
  // In a crowd of a thousand his part is .199, and that of the others 999/1000 of 1/24: it stays more likely the owner.
  const lucky = Float64Array.from({ length: 1000 }, (_, j) => (j === 0 ? 50 : -9));
  near(
    probability(fuse(unknownTrust(bounded), 5, [{ ...crowd(), against: lucky }], bounded).state),
    1 / (1 + 0.199 + 0.999 / 24),
    1e-12,
  );
  const five = lucky.map((ratio, j) => (j < 6 ? 50 : ratio));
  assert.ok(probability(fuse(unknownTrust(bounded), 5, [{ ...crowd(), against: five }], bounded).state) < 0.5);
});

test('ratios of any size leave numbers', () => {
  const { state } = fuse(unknownTrust(settings), 5, [crowd(900, -900)], settings);
  // One of two at his bound.
  near(probability(state), 2e-9, 1e-12);
  assert.ok(state.others?.every(Number.isFinite));
});
