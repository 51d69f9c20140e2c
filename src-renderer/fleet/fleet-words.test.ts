import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FleetPush } from '../../src-preload/fleet.ts';
import {
  alertNote,
  alertSign,
  budgetFleetSign,
  budgetNote,
  headSentence,
  needTone,
  standingSentence,
  stateNote,
  stateSign,
} from './fleet-words.ts';
import { openIncidents, rowOf } from './rows.fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 4, 12);
const viewOf = (more: Parameters<typeof rowOf>[1]) => {
  const { view } = rowOf('host', more);
  assert.ok(view);
  return view;
};

test('the head counts hosts, those that need a look and those that are silent', () => {
  assert.equal(headSentence([]), 'No hosts');
  assert.equal(headSentence([rowOf('a')]), '1 host, none needs a look');
  assert.equal(headSentence([rowOf('a'), rowOf('b', { state: 'LOCKDOWN' })]), '2 hosts, 1 needs a look');
  const many = [rowOf('a', { blind: true }), rowOf('b', { state: 'MONITORING' }), rowOf('c', {}, { silent: true })];
  assert.equal(headSentence(many), '3 hosts, 2 need a look, 1 not heard of');
});

test('a state in a word, a shape and a note', () => {
  const said = (row: ReturnType<typeof rowOf>) => {
    const { word, shape } = stateSign(row);
    return [word, shape, stateNote(row, NOW_MS), needTone(row)];
  };
  assert.deepEqual(said(rowOf('a', { paused: true })), ['Paused', 'slash', 'nothing is watched', 'quiet']);
  assert.deepEqual(said(rowOf('a', { blind: true })), ['Sees nothing', 'slash', 'no keyboard or mouse', 'watch']);
  assert.deepEqual(said(rowOf('a', { screen: 'locked' })), ['Normal', 'check', 'screen locked', 'quiet']);
  assert.deepEqual(said(rowOf('a', { state: 'LOCKDOWN', blind: true })), [
    'Lockdown',
    'bar',
    'no keyboard or mouse',
    'alarm',
  ]);
  assert.deepEqual(said(rowOf('a', {}, { silent: true })), ['Not heard of', 'slash', 'was normal, at 91', 'quiet']);
  assert.deepEqual(said(rowOf('a', {}, { silent: true, view: null })), ['Not heard of', 'slash', '', 'quiet']);
  assert.match(said(rowOf('a'))[2] ?? '', /^since \d\d:\d\d$/);
});

test('alerts and budget of a row', () => {
  assert.equal(alertSign(viewOf({})).word, 'No alerts');
  assert.equal(alertSign(viewOf({ open: null })).word, 'Log not read');
  const attacked = viewOf({ ...openIncidents({ HIGH: 2, LOW: 1, MEDIUM: 3 }), anomalies: 2 });
  assert.equal(alertSign(attacked).word, '2 high alerts');
  assert.equal(alertNote(attacked), '4 more, 2 unusual');
  assert.equal(alertNote(viewOf({})), '');
  assert.equal(budgetFleetSign(viewOf({})).word, 'Within budget');
  assert.equal(budgetFleetSign(viewOf({ budget: null })).word, 'Measuring');
  assert.equal(
    budgetFleetSign(viewOf({ governor: [{ ladder: 'load', step: 2, of: 8, name: 'Judges every 2 s' }] })).word,
    'Gives up',
  );
  assert.equal(budgetNote(viewOf({})), '84 MiB, 0.4 %');
});

const redis: FleetPush['redis'] = { state: 'connected', reason: null, fix: null, readMs: NOW_MS - 14_000 };
const head = (more: Partial<FleetPush['redis']>) => ({
  ...{ atMs: NOW_MS, version: '0.1.0', sinceMs: 0, beyond: 0, refused: { count: 0, newest: [] } },
  redis: { ...redis, ...more },
});

test('why the list is not of now, how to mend it, and how old it is', () => {
  const said = (fleet: Partial<Parameters<typeof standingSentence>[0]>) =>
    standingSentence({ link: 'up', refusal: null, head: head({}), ...fleet }, NOW_MS);
  assert.equal(said({}), null);
  assert.equal(said({ head: null, link: 'connecting' }), null);
  assert.equal(
    said({ head: head({ state: 'waiting', reason: 'nothing listens at redis:6379' }) }),
    'Redis unavailable: nothing listens at redis:6379. It is tried again by itself. The list is as it was 14 s ago.',
  );
  assert.equal(
    said({
      head: head({ state: 'refused', reason: 'redis:6379 wants a password', fix: 'Put it there.', readMs: null }),
    }),
    'Redis unavailable: redis:6379 wants a password. Put it there.',
  );
  assert.equal(said({ link: 'down' }), 'No line to the viewer; trying again. The list is as it was 14 s ago.');
  assert.equal(said({ link: 'down', refusal: 'Not let in.' }), 'Not let in.');
});
