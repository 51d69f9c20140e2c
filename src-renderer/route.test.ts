import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hrefOf, parseRoute, placeOf } from './route.ts';
import type { Route } from './route.ts';

test('each address names its place', () => {
  assert.deepEqual(
    ['', '#', '#/', '#/notices', '#/resources', '#/history', '#/host', '#/guard', '#/you', '#/settings'].map(
      parseRoute,
    ),
    [
      { page: 'now', part: null },
      { page: 'now', part: null },
      { page: 'now', part: null },
      { page: 'now', part: 'notices' },
      { page: 'resources' },
      { page: 'history', atMs: null },
      { page: 'host', anomaly: null },
      { page: 'guard', incident: null },
      { page: 'you' },
      { page: 'settings' },
    ],
  );
});

test('a moment is a number of milliseconds, with a fraction where the clock has one', () => {
  assert.deepEqual(parseRoute('#/history?at=1795000000123'), { page: 'history', atMs: 1_795_000_000_123 });
  assert.deepEqual(parseRoute('#/history?at=1795000000123.5&x=1'), { page: 'history', atMs: 1_795_000_000_123.5 });
});

test('what is no moment chooses none', () => {
  for (const at of ['', 'yesterday', '-1', '1e3', '0x10', '8640000000000001', '99999999999999999999'])
    assert.deepEqual(parseRoute(`#/history?at=${at}`), { page: 'history', atMs: null }, at);
});

test('an anomaly is named by its number, and by nothing else', () => {
  assert.deepEqual(parseRoute('#/host?anomaly=12'), { page: 'host', anomaly: 12 });
  for (const anomaly of ['', 'last', '-1', '1.5', '1e3', '0x10', '9999999999999999'])
    assert.deepEqual(parseRoute(`#/host?anomaly=${anomaly}`), { page: 'host', anomaly: null }, anomaly);
});

test('an incident is a number from 1 on, as a notification names it', () => {
  assert.deepEqual(parseRoute('#/guard?incident=42'), { page: 'guard', incident: 42 });
  for (const text of ['', '0', '-1', '1.5', '1e3', 'x', '9999999999999999'])
    assert.deepEqual(parseRoute(`#/guard?incident=${text}`), { page: 'guard', incident: null }, text);
});

test('an unknown address is the page Now', () => {
  for (const hash of ['#/hosts', '#history', '#/__proto__', '#/settings/deep', '#notices'])
    assert.deepEqual(parseRoute(hash), { page: 'now', part: null }, hash);
});

test('an address leads back to the place that it was made of', () => {
  const addresses = [
    '#/',
    '#/notices',
    '#/resources',
    '#/history',
    '#/history?at=1795000000123',
    '#/host',
    '#/host?anomaly=12',
    '#/guard',
    '#/guard?incident=42',
    '#/you',
    '#/settings',
  ];
  const routes: Route[] = [
    { page: 'now', part: null },
    { page: 'now', part: 'notices' },
    { page: 'resources' },
    { page: 'history', atMs: null },
    { page: 'history', atMs: 1_795_000_000_123 },
    { page: 'host', anomaly: null },
    { page: 'host', anomaly: 12 },
    { page: 'guard', incident: null },
    { page: 'guard', incident: 42 },
    { page: 'you' },
    { page: 'settings' },
  ];
  assert.deepEqual(routes.map(hrefOf), addresses);
});

test('the resources are opened from the page Now, and stand for it in the rail', () => {
  assert.equal(placeOf('resources'), 'now');
  assert.equal(placeOf('host'), 'host');
});
