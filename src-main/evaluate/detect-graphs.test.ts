import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ada, grace, inventEvents, type TypistProfile } from '../agent/collect/synthetic.ts';
import type { InputEvent, KeystrokeEvent } from '../agent/events.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector, learnedFrom } from './detect-graphs.ts';

const DAY_US = 86_400_000_000;
const START_US = 1_704_704_400_000_000;
const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../models'));
const rule = { unit: 'keystrokes' as const, sizes: [50], max_gap_s: Infinity, across_files: true };

/** Invented typing, its first `presses` keystrokes. */
function typing(typist: TypistProfile, seed: number, presses: number, startUs = START_US): KeystrokeEvent[] {
  const out: KeystrokeEvent[] = [];
  let left = presses;
  for (const event of inventEvents(typist, createRandom(seed), startUs)) {
    if (event.type !== 'keystroke') continue;
    if (event.event === 'press') left -= 1;
    if (left < 0) break;
    out.push(event);
  }
  return out;
}

const windowsOf = (events: readonly InputEvent[]) => cutDecisionWindows([events], rule, 50);

test('two invented typists are told apart from 50 keystrokes', async () => {
  const detector = graphDetector(prior);
  const { score } = await detector.enrol([typing(ada, 1, 1000)], []);
  const scores = (typist: TypistProfile): number[] =>
    windowsOf(typing(typist, 2, 500)).map((window) => score(detector.prepare(window)) ?? Number.NaN);
  const [own, others] = [scores(ada), scores(grace)];
  assert.equal(own.length, 10);
  assert.ok(Math.min(...own) > Math.max(...others), `${own.join(' ')} against ${others.join(' ')}`);
  assert.ok(own.every((llr) => llr > 0) && others.every((llr) => llr < 0));
});

test('the same recordings give the same scores', async () => {
  const [window] = windowsOf(typing(ada, 2, 60));
  const scoreOnce = async (): Promise<number | null> => {
    const detector = graphDetector(prior, { crowdSize: 40 });
    const { score } = await detector.enrol([typing(ada, 1, 500)], []);
    return window === undefined ? null : score(detector.prepare(window));
  };
  const first = await scoreOnce();
  assert.ok(first !== null && Number.isFinite(first));
  assert.equal(await scoreOnce(), first);
});

test('a window without keystrokes has no score, and nobody enrols without one', async () => {
  const detector = graphDetector(prior, { crowdSize: 40 });
  const { score } = await detector.enrol([typing(ada, 1, 100)], []);
  assert.equal(score(detector.prepare({ pieces: [[]], size: 50 })), null);
  await assert.rejects(detector.enrol([[]], []), /nothing was typed/);
});

test('recordings an hour or more apart are different sittings', () => {
  const at = (startUs: number): KeystrokeEvent[] => typing(ada, 1, 40, startUs);
  assert.equal(learnedFrom(prior, [at(START_US)]).sittings, 1);
  assert.equal(learnedFrom(prior, [at(START_US), at(START_US + 600_000_000)]).sittings, 1);
  assert.equal(learnedFrom(prior, [at(START_US), at(START_US + DAY_US)]).sittings, 2);
});

test('no time is measured from one piece of a window to the next', () => {
  const detector = graphDetector(prior, { crowdSize: 4 });
  const key = (name: string, ms: number): KeystrokeEvent[] => [
    { type: 'keystroke', ts: START_US + ms * 1000, key: name, event: 'press' },
    { type: 'keystroke', ts: START_US + (ms + 80) * 1000, key: name, event: 'release' },
  ];
  const together = detector.prepare({ pieces: [[...key('t', 0), ...key('h', 150)]], size: 2 });
  const apart = detector.prepare({ pieces: [key('t', 0), key('h', 150)], size: 2 });
  assert.deepEqual([...together.crowd.counts], [2, 1, 1, 1]);
  assert.deepEqual([...apart.crowd.counts], [2, 0, 0, 0]);
  assert.equal(apart.keys, 2);
});
