import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FleetPush } from '../../src-preload/fleet.ts';
import { fleetHref, parseFleetRoute } from './fleet-route.ts';
import { emptyFleet, withFleetPush } from './fleet-state.ts';
import { rowOf } from './rows.fixture.ts';

const push = (more: Partial<FleetPush>): FleetPush => ({
  ...{ push: 'fleet', atMs: 1, version: '0.1.0', sinceMs: 0, whole: false, rows: [], gone: [], beyond: 0 },
  redis: { state: 'connected', reason: null, fix: null, readMs: 1 },
  refused: { count: 0, newest: [] },
  ...more,
});

test('all rows at first, then those that changed; what has not changed stays the same object', () => {
  const [a, b] = [rowOf('a'), rowOf('b')];
  const first = withFleetPush(emptyFleet, push({ whole: true, rows: [a, b] }));
  const changed = rowOf('b', { trust: 12 });
  const second = withFleetPush(first, push({ rows: [changed], atMs: 2 }));
  assert.equal(second.rows.get(a.id), a);
  assert.equal(second.rows.get(b.id), changed);
  assert.equal(second.head?.atMs, 2);
  const quiet = withFleetPush(second, push({ atMs: 3 }));
  assert.equal(quiet.rows, second.rows);
  assert.deepEqual([...withFleetPush(quiet, push({ gone: [a.id] })).rows.keys()], [b.id]);
  assert.deepEqual([...withFleetPush(quiet, push({ whole: true, rows: [a] })).rows.keys()], [a.id]);
});

test('an address names a host by the id of its installation, and nothing else', () => {
  const id = '7f3c1a52-8d1e-4a57-9d0a-1f2e3d4c5b6a';
  assert.equal(parseFleetRoute(fleetHref(id)), id);
  for (const hash of ['', '#/', '#/host/', '#/host/desk', `#/host/${id}/x`, `#/host/${id.replace('-', '/')}`])
    assert.equal(parseFleetRoute(hash), null, hash);
});
