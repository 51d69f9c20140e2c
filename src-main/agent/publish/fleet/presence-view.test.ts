import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { guardReading } from '../../../../src-preload/guard.fixture.ts';
import { guessing } from '../../../../src-preload/incident.fixture.ts';
import { hostPresence } from '../../../../src-preload/fleet.ts';
import type { Decision, HostAnomaly } from '../../../../src-preload/contract.ts';
import { SNAPSHOT } from '../agent.fixture.ts';
import { RESOURCES_FIXTURE } from '../resources.fixture.ts';
import { hasOpen, presenceOf, type Teller, type Told } from './presence-view.ts';

const TELLER: Teller = {
  ...{ id: '7f3c1a52-8d1e-4a57-9d0a-1f2e3d4c5b6a', host: 'desk-7', user: 'ada', version: '0.1.0', role: 'all' },
  startedMs: 1_699_998_000_000,
};
const anomaly: HostAnomaly = {
  ...{ id: 3, ts: 1_699_999_500_000, metric: 'The processor’s load', severity: 'unusual' },
  sentence: 'The processor’s load was 98 %, usually 4 %: /usr/bin/secret-tool --password hunter2.',
};
const decision: Decision = {
  ...{ atMs: 1_699_999_000_000, from: 'MONITORING', to: 'NORMAL', trust: 91.44, points: { keystroke: 12.345 } },
  reason: 'Trust rose to 91: hold times fit.',
};
const TOLD: Told = {
  snapshot: SNAPSHOT,
  guard: guardReading,
  anomalies: [anomaly],
  incidents: [{ ...guessing, id: 8, acknowledgedMs: 1_701_424_000_000 }, guessing],
  governor: RESOURCES_FIXTURE.governor,
  decisions: [decision],
};

test('an entry holds the facts, rounded as far as somebody reads them', () => {
  const entry = presenceOf(TELLER, TOLD);
  assert.deepEqual(v.parse(hostPresence, JSON.parse(JSON.stringify(entry))), entry);
  const { trust, low, high, state, budget, modalities, decisions, incidents, anomalies, open } = entry;
  assert.deepEqual({ trust, low, high, state }, { trust: 91.4, low: 84, high: 96, state: 'NORMAL' });
  assert.deepEqual(budget?.cpuPercent, { used: 0.4, limit: 6 });
  assert.deepEqual(modalities, [
    { modality: 'keystroke', status: 'scoring', score: 88 },
    { modality: 'mouse', status: 'unavailable', score: null },
  ]);
  assert.deepEqual(decisions, [{ ...decision, trust: 91.4, points: { keystroke: 12.3 } }]);
  assert.deepEqual(open, { LOW: 0, MEDIUM: 0, HIGH: 1, CRITICAL: 0 });
  assert.deepEqual(incidents, [
    { atMs: 1_701_423_900_000, risk: 'HIGH', technique: 'T1110.001 Brute Force: Password Guessing', alerts: 1 },
  ]);
  assert.deepEqual(anomalies, [{ atMs: 1_699_999_500_000, metric: 'The processor’s load', severity: 'unusual' }]);
});

test('addresses and users of the log, sentences about processes, reasons of a device: none of it leaves', () => {
  const text = JSON.stringify(presenceOf(TELLER, TOLD));
  for (const secret of [
    '203.0.113.7',
    'root',
    'hunter2',
    'secret-tool',
    'failed logins',
    'no X display',
    'hold times fit, ',
  ])
    assert.ok(!text.includes(secret), secret);
});

test('long names are cut, so that every entry is one that a viewer takes', () => {
  const long = presenceOf(
    { ...TELLER, host: 'h'.repeat(400) },
    { ...TOLD, decisions: Array.from({ length: 40 }, () => ({ ...decision, reason: 'r'.repeat(1999) })) },
  );
  assert.equal(v.safeParse(hostPresence, long).success, true);
  assert.equal(long.host.length, 255);
  assert.equal(long.decisions.length, 5);
  assert.ok(JSON.stringify(long).length < 16_384);
});

test('a log guard that is off has nothing open, and is not asked for incidents', () => {
  assert.equal(presenceOf(TELLER, { ...TOLD, guard: { ...guardReading, running: false } }).open, null);
  assert.equal(hasOpen({ ...guardReading, running: false }), false);
  assert.equal(hasOpen(guardReading), true);
  assert.equal(hasOpen({ running: true, open: { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 } }), false);
});
