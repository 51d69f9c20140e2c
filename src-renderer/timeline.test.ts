import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry, Decision } from '../src-preload/contract.ts';
import { auditEntry, decisionEntry, entriesAt, mergeTimeline, neighbours, within } from './timeline.ts';

const decision = (atMs: number, to: Decision['to'] = 'MONITORING'): Decision => ({
  atMs,
  from: 'NORMAL',
  to,
  trust: 60,
  points: {},
  reason: 'Typing differs.',
});
const audit = (atMs: number, kind: AuditEntry['kind'] = 'pause'): AuditEntry => ({ atMs, kind, text: 'Said so.' });
const times = (entries: readonly { readonly atMs: number }[]): readonly number[] => entries.map(({ atMs }) => atMs);

test('both kinds stand in one list, newest first', () => {
  const merged = mergeTimeline([auditEntry(audit(20)), decisionEntry(decision(30)), auditEntry(audit(40))], 10);
  assert.deepEqual(
    merged.map(({ kind, atMs }) => `${kind} ${atMs}`),
    ['audit 40', 'decision 30', 'audit 20'],
  );
});

test('what was both fetched and pushed stands once; two things at one moment both stand', () => {
  const merged = mergeTimeline(
    [decision(30), decision(30), decision(30, 'RESTRICTED')]
      .map(decisionEntry)
      .concat([audit(30), audit(30), audit(30, 'lock')].map(auditEntry)),
    10,
  );
  assert.equal(merged.length, 4);
});

test('a full list loses its oldest', () => {
  assert.deepEqual(
    times(
      mergeTimeline(
        [3, 1, 4, 2].map((ms) => auditEntry(audit(ms))),
        2,
      ),
    ),
    [4, 3],
  );
});

const timeline = mergeTimeline([decision(10), decision(30)].map(decisionEntry).concat(auditEntry(audit(20))), 10);

test('a period includes both its ends', () => {
  assert.deepEqual(times(within(timeline, 10, 20)), [20, 10]);
  assert.deepEqual(times(within(timeline, 11, 19)), []);
});

test('the neighbours of a moment, whether it has an entry or not', () => {
  assert.deepEqual(neighbours(timeline, 20), { earlier: 10, later: 30 });
  assert.deepEqual(neighbours(timeline, 25), { earlier: 20, later: 30 });
  assert.deepEqual(neighbours(timeline, 30), { earlier: 20, later: null });
  assert.deepEqual(neighbours([], 30), { earlier: null, later: null });
  assert.deepEqual(times(entriesAt(timeline, 20)), [20]);
});
