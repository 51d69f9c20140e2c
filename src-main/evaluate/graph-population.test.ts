import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../agent/events.ts';
import { graphCrowd } from '../agent/infer/graph-crowd.ts';
import { graphPriorOf } from '../agent/learn/graph-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { UNCALIBRATED } from './graph-calibration.ts';
import { graphPriorFileFrom } from './graph-population.ts';

/** Types the words over and over, with a speed of its own. */
function typed(words: string, times: number, speed: number, seed: number): KeystrokeEvent[] {
  const random = createRandom(seed);
  const keys = words.split(' ').flatMap((word) => (word === '<' ? ['BackSpace'] : [...word]));
  let ts = 1_704_704_400_000_000;
  return Array.from({ length: times }, () => keys)
    .flat()
    .flatMap((key): KeystrokeEvent[] => {
      ts += Math.round(150_000 * speed * Math.exp(0.2 * random.normal()));
      const end = ts + Math.round(80_000 * speed * Math.exp(0.1 * random.normal()));
      return [
        { type: 'keystroke', ts, key, event: 'press' },
        { type: 'keystroke', ts: end, key, event: 'release' },
      ];
    })
    .sort((a, b) => a.ts - b.ts);
}

// Of 5, 4 and 6 keys; the third corrects nothing.
const WORDS = ['then <', 'the <', 'thenth'];
const people = Array.from({ length: 30 }, (_, p) => [
  typed(WORDS[p % 3] ?? '', 40, Math.exp(0.3 * Math.sin(p)), p + 1),
]);
const file = graphPriorFileFrom(people, UNCALIBRATED, []);

test('the habit of correcting is that of those who ever correct', () => {
  // 40 x 5 keys make 199 pairs of which 40 end in BackSpace, 40 x 4 keys 159 pairs: shares 0.20101 and 0.25157, mean 0.22629.
  const share = (40 / 199 + 40 / 159) / 2;
  assert.ok(Math.abs(file.corrections.share - share) < 1e-5);
  // Their variance 0.00064 is less than that of chance, 0.175 x (1/199 + 1/159) / 2 = 0.00099: taken as a tenth of that.
  const chance = (share * (1 - share) * (1 / 199 + 1 / 159)) / 2;
  const expected = (share * (1 - share)) / (0.1 * chance) - 1;
  assert.ok(Math.abs(file.corrections.concentration / expected - 1) < 1e-4);
});

test('what makes a person: offsets and scales of all, and how they go together', () => {
  assert.equal(file.people, 30);
  assert.equal(file.keystrokes, 10 * 40 * (5 + 4 + 6));
  assert.equal(file.theta.mean.length, 64);
  // Whoever is slow is slow in all: speeds have the variance of 0.3 sin(p), 0.045, on the scale of ln time; the offset of 0.03 s
  // beside a hold of 0.08 s takes (0.08 / 0.11)^2 of it, beside a latency of 0.15 s (0.15 / 0.18)^2. Row i begins at i (i + 1) / 2.
  const [hold, holdWithPp, pp] = [0, 3, 5].map((i) => file.theta.covariance[i] ?? Number.NaN);
  assert.ok(Math.abs((hold ?? 0) / (0.045 * (0.08 / 0.11) ** 2) - 1) < 0.2, `${hold}`);
  assert.ok(Math.abs((pp ?? 0) / (0.045 * (0.15 / 0.18) ** 2) - 1) < 0.2, `${pp}`);
  // Shrunk to 0.9 of a correlation of almost 1.
  const correlation = (holdWithPp ?? 0) / Math.sqrt((hold ?? 0) * (pp ?? 0));
  assert.ok(correlation > 0.8 && correlation <= 0.901, `${correlation}`);
});

test('a crowd can be drawn from it', () => {
  const { scales } = graphCrowd(graphPriorOf(file), 20);
  assert.ok(scales.every((some) => some.every((x) => Number.isFinite(x) && x > 0)));
});
