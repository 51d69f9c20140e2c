import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FleetRow } from '../../src-preload/fleet.ts';
import { fittingRows, heldOrder, inFleetOrder } from './fleet-order.ts';
import { openIncidents, rowOf } from './rows.fixture.ts';

const hosts = (rows: readonly FleetRow[]): readonly (string | null)[] => rows.map(({ host }) => host);

const ROWS = [
  rowOf('desk-10'),
  rowOf('desk-9', { trust: 93 }),
  rowOf('tired', { trust: 72 }),
  rowOf('new', { state: 'LEARNING', trust: null }),
  rowOf('attacked', openIncidents({ HIGH: 1 })),
  rowOf('gone long', {}, { silent: true, heardMs: 1000 }),
  rowOf('gone lately', { state: 'LOCKDOWN' }, { silent: true, heardMs: 2000 }),
  rowOf('locked', { state: 'LOCKDOWN', trust: 3 }),
];

test('the worst first, of equals the least trust, then the name; silent ones last, the longest of them at the end', () => {
  assert.deepEqual(hosts(inFleetOrder(ROWS, 'worst')), [
    ...['locked', 'attacked', 'tired', 'desk-9', 'desk-10', 'new', 'gone lately', 'gone long'],
  ]);
});

test('the other orders', () => {
  assert.deepEqual(hosts(inFleetOrder(ROWS, 'trust')), [
    ...['locked', 'tired', 'attacked', 'desk-9', 'desk-10', 'new', 'gone lately', 'gone long'],
  ]);
  assert.deepEqual(hosts(inFleetOrder(ROWS, 'name')), [
    ...['attacked', 'desk-9', 'desk-10', 'gone lately', 'gone long', 'locked', 'new', 'tired'],
  ]);
  assert.deepEqual(hosts(inFleetOrder(ROWS, 'silent')).slice(0, 3), ['gone lately', 'gone long', 'attacked']);
});

test('a score that moves within its ten moves no row', () => {
  const order = (trust: number): readonly (string | null)[] =>
    hosts(inFleetOrder([rowOf('a', { trust: 95 }), rowOf('b', { trust })], 'worst'));
  assert.deepEqual(order(90), ['a', 'b']);
  assert.deepEqual(order(89.9), ['b', 'a']);
});

test('words are looked for in host, user, state and what else a row says', () => {
  const rows = [
    rowOf('Desk-1', { state: 'RESTRICTED' }),
    rowOf('desk-2', { paused: true }, { user: 'grace' }),
    rowOf('lab-3', { role: 'collector', screen: 'locked', ...openIncidents({ HIGH: 1 }) }),
    rowOf('lab-4', { state: 'RESTRICTED' }, { silent: true }),
    rowOf('unnamed', {}, { host: null, user: null, silent: true, view: null }),
  ];
  const found = (words: string) => hosts(fittingRows(rows, words));
  assert.deepEqual(found('  '), ['Desk-1', 'desk-2', 'lab-3', 'lab-4', null]);
  assert.deepEqual(found('DESK'), ['Desk-1', 'desk-2']);
  assert.deepEqual(found('desk ada'), ['Desk-1']);
  assert.deepEqual(found('grace'), ['desk-2']);
  assert.deepEqual(found('restricted'), ['Desk-1']);
  assert.deepEqual(found('paused'), ['desk-2']);
  assert.deepEqual(found('collector screen locked high'), ['lab-3']);
  assert.deepEqual(found('not heard'), ['lab-4', null]);
  assert.deepEqual(found('.*'), []);
});

test('while it is held each row stays where it was; who goes leaves, who comes stands at the end', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((host) => rowOf(host)) as [FleetRow, FleetRow, FleetRow, FleetRow];
  assert.deepEqual(hosts(heldOrder([c.id, a.id, b.id], [a, c, d])), ['c', 'a', 'd']);
  assert.deepEqual(hosts(heldOrder([], [b, a])), ['b', 'a']);
});
