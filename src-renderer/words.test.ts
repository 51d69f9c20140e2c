import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrustPoint } from '../src-preload/contract.ts';
import { auditEntry } from './timeline.ts';
import { bandText, chartSummary, entrySign, modalityTitle, pointsText } from './words.ts';

test('points are listed by size, what has not moved is left out', () => {
  assert.equal(pointsText({ mouse: -8.04, app: 0, keystroke: -31.2 }), 'Typing −31, Mouse −8.0');
  assert.equal(pointsText({}), '');
});

test('an unknown modality keeps its own name, also one that every object has', () => {
  assert.deepEqual(['app', 'gaze', 'toString'].map(modalityTitle), ['Applications', 'gaze', 'toString']);
});

test('only a screen that was locked is called so; a countdown and a lock that failed look otherwise', () => {
  const kinds = ['countdown', 'lock', 'lock-failed'] as const;
  const signs = kinds.map((kind) => entrySign(auditEntry({ atMs: 1, kind, text: '' })));
  assert.deepEqual(
    signs.map(({ word }) => word),
    ['Lock countdown', 'Screen locked', 'Not locked'],
  );
  assert.equal(new Set(signs.map(({ shape }) => shape)).size, 3);
  assert.deepEqual(
    signs.map(({ tone }) => tone),
    ['quiet', 'quiet', 'watch'],
  );
});

test('a band needs both ends', () => {
  assert.deepEqual([bandText(88.2, 97), bandText(null, 97)], ['between 88 and 97', null]);
});

const at = (minute: number): number => new Date(2024, 4, 1, 12, minute).getTime();

test('the chart in words: last, lowest with its time, changes', () => {
  const point = (minute: number, trust: number | null, state: TrustPoint['state']): TrustPoint => ({
    atMs: at(minute),
    trust,
    low: null,
    high: null,
    state,
  });
  const points = [
    point(0, null, 'LEARNING'),
    point(1, 90, 'NORMAL'),
    point(2, 61.4, 'MONITORING'),
    point(3, 75, 'NORMAL'),
  ];
  assert.equal(chartSummary(points), 'Last 75, lowest 61 at 12:02, 3 changes of state.');
  assert.equal(chartSummary(points.slice(0, 2)), 'Last 90, lowest 90 at 12:01, one change of state.');
  assert.equal(chartSummary(points.slice(0, 1)), null);
});
