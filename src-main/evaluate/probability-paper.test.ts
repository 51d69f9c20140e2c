import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inFrame, percent, place, SIDE } from './probability-paper.ts';

test('two digits of the share, or of what it lacks', () => {
  const shares = [0, 0.0012345, 0.25, 0.5, 0.987, 0.99876, 1];
  assert.deepEqual(shares.map(percent), ['0 %', '0.12 %', '25 %', '50 %', '98.7 %', '99.88 %', '100 %']);
});

test('normal deviates: one half in the middle of an even scale, and as far up as down', () => {
  const scale = { low: 0.001, high: 0.999 };
  assert.deepEqual(
    [0.001, 0.5, 0.999].map((share) => place(share, scale).toFixed(6)),
    ['0.000000', '170.000000', '340.000000'],
  );
  // Of the standard normal distribution: .1 lies at -1.281552 and .001 at -3.090232.
  assert.equal(place(0.1, scale).toFixed(2), ((SIDE / 2) * (1 - 1.281552 / 3.090232)).toFixed(2));
  assert.deepEqual(
    [0, 0.3, 1].map((share) => inFrame(share, scale)),
    [0.001, 0.3, 0.999],
  );
  assert.ok(Number.isFinite(place(0, scale)) && Number.isFinite(place(1, scale)));
});
