import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry, Decision, SettingsView, TrustPoint } from '../src-preload/contract.ts';
import { DEFAULT_USER_SETTINGS } from '../src-preload/contract.ts';
import { agentNowMs, emptyDashboard, newestMs, withEntries, withHistory, withHistoryTrouble } from './dashboard.ts';
import { withLink, withPush, withRefusal } from './dashboard.ts';
import { calmSnapshot } from './snapshot.fixture.ts';
import { decisionEntry } from './timeline.ts';

const snapshot = calmSnapshot;
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

const audit = (atMs: number): AuditEntry => ({ atMs, kind: 'pause', text: 'Paused for 15 minutes.' });

test('decisions and audit entries stand in one list, newest first, a repeated one once', () => {
  const fetched = [4, 3, 2].map((n) => decisionEntry(decision(n * 1000)));
  const first = withPush(withEntries(emptyDashboard, fetched), { push: 'decision', data: decision(6000) }, 0);
  const second = withPush(first, { push: 'audit', data: audit(5000) }, 0);
  assert.deepEqual(
    withEntries(second, fetched).lately.map(({ kind, atMs }) => `${kind} ${atMs / 1000}`),
    ['decision 6', 'audit 5', 'decision 4', 'decision 3', 'decision 2'],
  );
});

test('what happened lately does not grow without end', () => {
  const many = Array.from({ length: 500 }, (_, n) => decisionEntry(decision(n)));
  const kept = withEntries(emptyDashboard, many).lately;
  assert.deepEqual([kept.length, kept[0]?.atMs, kept.at(-1)?.atMs], [60, 499, 440]);
});

test('settings that another window changed take the place of those before', () => {
  const able = { available: true, reason: null, fix: null };
  const view: SettingsView = {
    settings: { ...DEFAULT_USER_SETTINGS, autostart: true },
    file: '/home/ann/.config/seclyzer/settings.json',
    host: 'tray',
    abilities: { notifications: able, autostart: able, shortcut: able, lock: able },
    storage: {
      ...{ folder: '/home/ann/.local', usedMiB: 3, key: 'file', keySentence: 'Beside the data.' },
      logSentence: 'The log is whole.',
    },
  };
  assert.equal(withPush(emptyDashboard, { push: 'settings', data: view }, 0).settings, view);
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
