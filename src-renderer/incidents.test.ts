import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Incident } from '../src-preload/contract.ts';
import { guessing } from '../src-preload/incident.fixture.ts';
import { filtered, mergeIncidents, newsOf, SHOW_OPEN, withIncident } from './incidents.ts';

const incident = (id: number, risk: Incident['risk'], lastMs: number, more: Partial<Incident> = {}): Incident => ({
  ...guessing,
  ...{ id, risk, lastMs },
  ...more,
});
const ids = (incidents: readonly Incident[]): readonly number[] => incidents.map(({ id }) => id);

const list = [
  incident(1, 'CRITICAL', 100, { title: 'An attack in 2 steps: guessing or reading passwords, logging in.' }),
  incident(2, 'HIGH', 300),
  incident(3, 'HIGH', 200, { acknowledgedMs: 900, subjects: [{ kind: 'user', name: 'Alice' }] }),
  incident(4, 'LOW', 400),
];

test('a pushed incident takes the place of what was known, the worst first and of equals the newest', () => {
  assert.deepEqual(ids(withIncident(list, incident(5, 'HIGH', 250))), [1, 2, 5, 3, 4]);
  const grown = withIncident(list, incident(4, 'CRITICAL', 500));
  assert.deepEqual(ids(grown), [4, 1, 2, 3]);
  assert.deepEqual(ids(mergeIncidents([incident(4, 'LOW', 1), incident(6, 'MEDIUM', 2)], grown)), [4, 1, 2, 3, 6]);
});

test('no more than the agent would tell are kept: the least of them go', () => {
  const many = Array.from({ length: 500 }, (_, n) => incident(n + 10, 'MEDIUM', n));
  const kept = withIncident(many, incident(9, 'HIGH', 0));
  assert.equal(kept.length, 500);
  assert.equal(kept[0]?.id, 9);
  assert.ok(!ids(kept).includes(10));
});

test('by risk, by whether it was acknowledged, and by words that must all be found', () => {
  const of = (filter: Partial<typeof SHOW_OPEN>) => ids(filtered(list, { ...SHOW_OPEN, ...filter }));
  assert.deepEqual(of({}), [1, 2, 4]);
  assert.deepEqual(of({ from: 'HIGH' }), [1, 2]);
  assert.deepEqual(of({ seen: 'acknowledged' }), [3]);
  assert.deepEqual(of({ seen: 'all', from: 'CRITICAL' }), [1]);
  assert.deepEqual(of({ seen: 'all', words: ' alice  t1110 ' }), [3]);
  assert.deepEqual(of({ seen: 'all', words: 'alice root bob' }), []);
  assert.deepEqual(of({ words: '#4' }), [4]);
});

test('read out is what is new or has become worse, not each line that is added', () => {
  assert.match(newsOf(undefined, guessing) ?? '', /^Incident in the log: 31 failed logins/);
  assert.match(newsOf({ ...guessing, risk: 'LOW' }, guessing) ?? '', /become worse/);
  assert.equal(newsOf(guessing, { ...guessing, alerts: 4 }), null);
  assert.equal(newsOf(undefined, { ...guessing, acknowledgedMs: 5 }), null);
});
