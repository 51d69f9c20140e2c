import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hrefOf, parseRoute } from './route.ts';
import type { Route } from './route.ts';

test('each address names its place', () => {
  assert.deepEqual(['', '#', '#/', '#/notices', '#/history', '#/you', '#/settings'].map(parseRoute), [
    { page: 'now', part: null },
    { page: 'now', part: null },
    { page: 'now', part: null },
    { page: 'now', part: 'notices' },
    { page: 'history', atMs: null },
    { page: 'you' },
    { page: 'settings' },
  ]);
});

test('a moment is a number of milliseconds, with a fraction where the clock has one', () => {
  assert.deepEqual(parseRoute('#/history?at=1795000000123'), { page: 'history', atMs: 1_795_000_000_123 });
  assert.deepEqual(parseRoute('#/history?at=1795000000123.5&x=1'), { page: 'history', atMs: 1_795_000_000_123.5 });
});

test('what is no moment chooses none', () => {
  for (const at of ['', 'yesterday', '-1', '1e3', '0x10', '8640000000000001', '99999999999999999999'])
    assert.deepEqual(parseRoute(`#/history?at=${at}`), { page: 'history', atMs: null }, at);
});

test('an unknown address is the page Now', () => {
  for (const hash of ['#/host', '#history', '#/__proto__', '#/settings/deep', '#notices'])
    assert.deepEqual(parseRoute(hash), { page: 'now', part: null }, hash);
});

test('an address leads back to the place that it was made of', () => {
  const addresses = ['#/', '#/notices', '#/history', '#/history?at=1795000000123', '#/you', '#/settings'];
  const routes: Route[] = [
    { page: 'now', part: null },
    { page: 'now', part: 'notices' },
    { page: 'history', atMs: null },
    { page: 'history', atMs: 1_795_000_000_123 },
    { page: 'you' },
    { page: 'settings' },
  ];
  assert.deepEqual(routes.map(hrefOf), addresses);
});
