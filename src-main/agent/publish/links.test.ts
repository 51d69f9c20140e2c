import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLinks } from './links.ts';

function linksAt(clock: { nowMs: number }) {
  let made = 0;
  return createLinks(
    () => clock.nowMs,
    () => `code-${++made}`,
  );
}

test('a link works once', () => {
  const links = linksAt({ nowMs: 0 });
  const code = links.issue();
  assert.equal(links.redeem('code-2'), false);
  assert.equal(links.redeem(code), true);
  assert.equal(links.redeem(code), false);
});

test('a link lives for a minute', () => {
  const clock = { nowMs: 1000 };
  const links = linksAt(clock);
  const [early, late] = [links.issue(), links.issue()];
  clock.nowMs = 60_999;
  assert.equal(links.redeem(early), true);
  clock.nowMs = 61_000;
  assert.equal(links.redeem(late), false);
});

test('sixteen links wait at most: the seventeenth drops the first', () => {
  const links = linksAt({ nowMs: 0 });
  for (let i = 1; i <= 17; i++) links.issue();
  assert.equal(links.redeem('code-1'), false);
  assert.equal(links.redeem('code-2'), true);
  assert.equal(links.redeem('code-17'), true);
});
