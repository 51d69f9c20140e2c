import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuse, probability, trustOf, unknownTrust, type Evidence } from './trust-filter.ts';

const settings = { unknown: 0.75, takeoverPerS: 1 / 3600, returnPerS: 1 / 3600, idleTauS: 1800 };
const crowd = (...ratios: number[]): Evidence => ({
  modality: 'keystroke',
  against: Float64Array.from(ratios),
  share: 1,
});
const near = (a: number, b: number, eps = 1e-9): void => assert.ok(Math.abs(a - b) < eps, `${a} is not ${b}`);

test('one step follows Bayes worked out by hand', () => {
  // Before: p = .75. Prediction over 5 s with 1 % each way a second: .75 * .95 + .25 * .05 = .725. Odds .725 / .275 * 2 = 5.2727.
  const quick = { ...settings, takeoverPerS: 0.01, returnPerS: 0.01 };
  const { state, points } = fuse(unknownTrust(quick), 5, [{ modality: 'keystroke', llr: Math.LN2, share: 1 }], quick);
  near(probability(state), 1.45 / 1.725, 1e-12);
  near(points.get('keystroke') ?? Number.NaN, 100 * (1.45 / 1.725 - 0.725), 1e-9);
});

test('waking up after hours of sleep is silence and then a step, not hours of chances to be replaced', () => {
  const owner = { logit: 6, sd: 0.5 };
  const windowOfOwner = [{ modality: 'keystroke', llr: 0.5, share: 1 }] as const;
  for (const hours of [0.5, 1, 2, 24]) {
    const { state } = fuse(owner, hours * 3600, windowOfOwner, settings);
    assert.ok(probability(state) > 0.75, `${hours} h: ${probability(state)}`);
  }
});

test('points of the modalities add up to the whole move', () => {
  const evidence = [
    { modality: 'keystroke', llr: -1.5, share: 0.3 },
    { modality: 'mouse', llr: 0.4, share: 0.2 },
  ] as const;
  const before = { logit: 1.2, sd: 1 };
  const still = { ...settings, takeoverPerS: 0, returnPerS: 0 };
  const { state, points } = fuse(before, 5, evidence, still);
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

test('the switching prior keeps trust from becoming certain in either direction', () => {
  let owner = unknownTrust(settings);
  let other = unknownTrust(settings);
  for (let tick = 0; tick < 5000; tick += 1) {
    owner = fuse(owner, 5, [{ modality: 'keystroke', llr: 0.5, share: 0.2 }], settings).state;
    other = fuse(other, 5, [{ modality: 'keystroke', llr: -1, share: 0.2 }], settings).state;
  }
  // The fixed point of odds o = e^L (o(1-a) + a)/(o a + 1 - a), a = 5/3600: for L = .5, o is about (e^.5 - 1)/a = 467.
  near(probability(owner), 1 - 1 / 468.5, 5e-4);
  assert.ok(probability(other) > 1e-4 && probability(other) < 0.01);
});

test('evidence of a crowd follows Bayes worked out by hand, and adds up for one other person', () => {
  const still = { ...settings, takeoverPerS: 0, returnPerS: 0 };
  // P(owner) = .75, two others alike. The first explains the window 4 times as well as the owner, the second half as well.
  // Odds of the others: (.25 / .75) * (4 + .5) / 2 = .75, so P(owner) = 1 / 1.75; shares 4 : .5.
  const once = fuse(unknownTrust(settings), 5, [crowd(Math.log(4), Math.log(0.5))], still);
  near(probability(once.state), 1 / 1.75, 1e-12);
  near(once.state.others?.[0] ?? 0, 8 / 9, 1e-12);
  near(once.points.get('keystroke') ?? Number.NaN, 100 * (1 / 1.75 - 0.75), 1e-9);
  // The same again: odds .75 * (8/9 * 4 + 1/9 * .5) = .75 * 65/18.
  const twice = fuse(once.state, 5, [crowd(Math.log(4), Math.log(0.5))], still);
  near(probability(twice.state), 1 / (1 + (0.75 * 65) / 18), 1e-12);
});

test('whoever takes over may be anybody: the shares of the crowd level out by the chance of that', () => {
  const quick = { ...settings, takeoverPerS: 0.02, returnPerS: 0.01 };
  const before = { logit: Math.log(3), sd: 1, others: Float64Array.of(1, 0) };
  const { state } = fuse(before, 5, [crowd(0, 0)], quick);
  // p = .75: .075 are taken over, .25 * .95 = .2375 stay. The second gets half of .075 of .3125.
  near(probability(state), 1 - 0.3125, 1e-12);
  near(state.others?.[1] ?? 0, 0.0375 / 0.3125, 1e-12);
});

test('ratios of any size leave numbers', () => {
  const { state } = fuse(unknownTrust(settings), 5, [crowd(900, -900)], settings);
  assert.ok(Number.isFinite(state.logit) && state.logit < -800);
  assert.ok(state.others?.every(Number.isFinite));
});
