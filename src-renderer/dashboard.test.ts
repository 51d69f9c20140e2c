import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision, Snapshot, TrustPoint } from '../src-preload/contract.ts';
import { agentNowMs, emptyDashboard, newestMs, withDecisions, withHistory, withHistoryTrouble } from './dashboard.ts';
import { withLink, withPush, withRefusal } from './dashboard.ts';

const snapshot: Snapshot = {
  version: '0.1.0',
  atMs: 1000,
  source: 'live',
  state: 'NORMAL',
  sinceMs: 0,
  trust: 94,
  low: 90,
  high: 97,
  sentence: 'This is you.',
  enrolment: { share: 1, sentence: 'Complete.' },
  modalities: [],
  budget: null,
  events: { published: 0, refused: 0, dropped: 0, lastRefusal: null },
  notices: [],
};
const point = (atMs: number): TrustPoint => ({ atMs, trust: 90, low: 80, high: 95, state: 'NORMAL' });
const decision = (atMs: number): Decision => ({
  atMs,
  from: 'NORMAL',
  to: 'MONITORING',
  trust: 60,
  points: {},
  reason: 'Typing differs.',
});

test('a snapshot takes the place of the one before and its arrival is noted', () => {
  const once = withPush(emptyDashboard, { push: 'snapshot', data: snapshot }, 5000);
  const twice = withPush(once, { push: 'snapshot', data: { ...snapshot, trust: 60 } }, 6000);
  assert.deepEqual([twice.snapshot?.trust, twice.receivedMs], [60, 6000]);
  assert.equal(once.snapshot?.trust, 94);
});

test('a trust point is appended to the history', () => {
  const known = withPush(withHistory(emptyDashboard, [point(1000)]), { push: 'trustPoint', data: point(60_000) }, 0);
  assert.deepEqual(known.history, [point(1000), point(60_000)]);
});

test('decisions stand newest first, at most eight, a repeated one once', () => {
  const fetched = [9, 8, 7, 6, 5, 4, 3, 2].map((n) => decision(n * 1000));
  const pushed = withPush(withDecisions(emptyDashboard, fetched), { push: 'decision', data: decision(10_000) }, 0);
  const again = withDecisions(pushed, fetched);
  const seconds = [10, 9, 8, 7, 6, 5, 4, 3];
  assert.deepEqual(
    again.decisions.map(({ atMs }) => atMs / 1000),
    seconds,
  );
});

test('the line: looked for, up, down, up again; what was known stays', () => {
  assert.equal(withLink(emptyDashboard, false).link, 'connecting');
  const up = withPush(withLink(emptyDashboard, true), { push: 'snapshot', data: snapshot }, 1);
  const down = withLink(up, false);
  assert.deepEqual([up.link, down.link, withLink(down, true).link], ['up', 'down', 'up']);
  assert.equal(down.snapshot, snapshot);
});

test('a refusal takes the line down with its reason, and is forgotten when the line is up', () => {
  const refused = withRefusal(emptyDashboard, 'Not let in.');
  assert.deepEqual([refused.link, refused.refusal], ['down', 'Not let in.']);
  assert.equal(withLink(refused, true).refusal, null);
});

test('trouble with the history is said until a history arrives', () => {
  const troubled = withHistoryTrouble(emptyDashboard, 'The store is closed.');
  assert.equal(troubled.historyTrouble, 'The store is closed.');
  assert.equal(withHistory(troubled, []).historyTrouble, null);
});

test("the agent's clock goes on by the page's own, and never backwards", () => {
  assert.equal(agentNowMs({ snapshot, receivedMs: 50_000 }, 53_000), 4000);
  assert.equal(agentNowMs({ snapshot, receivedMs: 50_000 }, 49_000), 1000);
  assert.equal(agentNowMs(emptyDashboard, 49_000), null);
});

test('a live chart ends now, a replayed one with its last point', () => {
  const history = [point(700)];
  assert.equal(newestMs({ snapshot, history }), 1000);
  assert.equal(newestMs({ snapshot: { ...snapshot, source: 'replay' }, history }), 700);
  assert.equal(newestMs({ snapshot: { ...snapshot, source: 'replay' }, history: [] }), 1000);
  assert.equal(newestMs(emptyDashboard), null);
});
