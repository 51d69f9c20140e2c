// The synthetic typist of the benchmark becomes known: what stands in the way is got out of it, or said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../src-preload/contract.ts';
import type { Built } from '../agent/build-pipeline.ts';
import { settingsFor } from '../agent/settings.ts';
import { enrol } from './bench-profile.ts';
import { START_US } from './bench-stream.ts';

const settings = settingsFor({ enrol: {} });
const store = { flush: () => undefined };

/** A pipeline of which only what the benchmark asks is there. */
function built(state: (atMs: number) => State, trained: () => boolean, reauthenticated: () => void = () => undefined) {
  const pipeline = {
    accept: () => undefined,
    settled: () => Promise.resolve(),
    tick: (nowUs: number) =>
      Promise.resolve({ point: { atMs: nowUs / 1000, state: state(nowUs / 1000) }, decision: null, scores: new Map() }),
    reauthenticated,
  };
  const track = { modality: 'mouse', trained, view: () => ({ reason: 'its prior is missing' }) };
  return { pipeline, tracks: [track] } as unknown as Pick<Built, 'pipeline' | 'tracks'>;
}

test('an alarm does not keep the owner from being learned: he unlocks the screen', async () => {
  let unlocked = 0;
  const mistaken = built(
    () => (unlocked === 0 ? 'LOCKDOWN' : 'NORMAL'),
    () => unlocked > 0,
    () => void (unlocked += 1),
  );
  assert.equal(await enrol(mistaken, { settings, store, failures: [] }), START_US + 2 * settings.hopUs);
  assert.equal(unlocked, 1);
});

test('what went wrong in a training is what is said', async () => {
  const failing = built(
    () => 'LEARNING',
    () => false,
  );
  await assert.rejects(
    enrol(failing, { settings, store, failures: ['mouse: no space is left'] }),
    new Error('the synthetic typist was not learned: mouse: no space is left'),
  );
});

test('after a day it says which modality is missing and why', async () => {
  const never = built(
    () => 'LEARNING',
    () => false,
  );
  const rare = { ...settings, hopUs: 3_600_000_000 };
  await assert.rejects(
    enrol(never, { settings: rare, store, failures: [] }),
    new Error('the synthetic typist was not learned within a day of work: mouse (its prior is missing)'),
  );
});
