import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remoteScore } from './remote-score.ts';

const S = 1e6;
const T0 = 1_701_423_840 * S;
const keeper = () =>
  remoteScore(
    () => 15 * S,
    () => 70,
  );
const said = (atS: number, trust: number | null) => ({ ts: T0 + atS * S, trust, low: trust, high: trust });

test('the newest score for as long as it is fresh, and new but once', () => {
  const score = keeper();
  assert.equal(score.at(T0), null);
  assert.equal(score.silence(T0), 'nothing has come from a scorer');
  assert.equal(score.take(said(0, 91), T0 + S), null);
  assert.deepEqual(score.at(T0 + S), { levels: { trust: 91, low: 91, high: 91 }, isNew: true });
  assert.deepEqual(score.at(T0 + 2 * S)?.isNew, false);
  assert.notEqual(score.at(T0 + 15 * S), null);
  assert.equal(score.at(T0 + 15 * S + 1), null);
  assert.equal(score.silence(T0 + 20 * S), 'the last score from a scorer is 20 s old');
});

test('neither an old message sent once more nor one of the future is taken', () => {
  const score = keeper();
  score.take(said(10, 30), T0 + 10 * S);
  assert.equal(score.take(said(5, 99), T0 + 11 * S), 'it is no newer than the one before');
  assert.equal(score.take(said(10, 99), T0 + 11 * S), 'it is no newer than the one before');
  assert.equal(score.take(said(100, 99), T0 + 11 * S), 'it is of the future');
  assert.equal(score.at(T0 + 11 * S)?.levels.trust, 30);
});

test('a scorer that learns decides nothing', () => {
  const score = keeper();
  score.take(said(0, 91), T0);
  score.take(said(5, null), T0 + 5 * S);
  assert.equal(score.at(T0 + 6 * S), null);
  assert.equal(score.silence(T0 + 6 * S), 'the scorer is still learning');
});

test('after the password it is not asked until it trusts again', () => {
  const score = keeper();
  score.take(said(0, 20), T0);
  score.reauthenticated();
  assert.equal(score.at(T0 + S), null);
  score.take(said(5, 69.9), T0 + 5 * S);
  assert.equal(score.at(T0 + 5 * S), null);
  score.take(said(10, 70), T0 + 10 * S);
  assert.equal(score.at(T0 + 10 * S)?.levels.trust, 70);
});
