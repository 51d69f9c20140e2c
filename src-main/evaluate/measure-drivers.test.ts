// A profile learned by one clock, asked about typing that another clock has timed.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ada, grace, inventEvents, type TypistProfile } from '../agent/collect/synthetic.ts';
import type { InputEvent } from '../agent/events.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector } from './detect-graphs.ts';
import { onClock } from './measure-drivers.ts';

const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../models'));
const rule = { unit: 'keystrokes' as const, sizes: [50], max_gap_s: Infinity, across_files: true };

function typing(typist: TypistProfile, seed: number, presses: number): InputEvent[] {
  const random = createRandom(seed + 100);
  const out: InputEvent[] = [];
  for (const event of inventEvents(typist, createRandom(seed), 1_704_704_400_000_000)) {
    if (out.length === 2 * presses) break;
    // Microseconds, as the kernel tells them.
    if (event.type === 'keystroke') out.push({ ...event, ts: Math.floor(event.ts / 1000) * 1000 + random.int(1000) });
  }
  return out.toSorted((a, b) => a.ts - b.ts);
}

test('a clock rounds down, and only that', () => {
  const press = { type: 'keystroke', key: 'a', event: 'press' } as const;
  assert.deepEqual(onClock([{ ...press, ts: 31_249 }], 15_625), [{ ...press, ts: 15_625 }]);
  assert.deepEqual(onClock([{ ...press, ts: 31_249 }], 0), [{ ...press, ts: 31_249 }]);
});

test('scores of a profile move less with the clock than from one window to the next', async () => {
  const detector = graphDetector(prior, { crowdSize: 100 });
  const { score } = await detector.enrol([typing(ada, 1, 1000)], []);
  const scoresOf = (typist: TypistProfile, stepUs: number): number[] =>
    cutDecisionWindows([onClock(typing(typist, 2, 500), stepUs)], rule, 50).map(
      (window) => score(detector.prepare(window)) ?? assert.fail('no score'),
    );
  for (const typist of [ada, grace]) {
    const fine = scoresOf(typist, 0);
    const mean = fine.reduce((sum, x) => sum + x, 0) / fine.length;
    const sd = Math.sqrt(fine.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (fine.length - 1));
    for (const stepUs of [1000, 8000, 15_625]) {
      const shifts = scoresOf(typist, stepUs).map((x, i) => x - (fine[i] ?? Number.NaN));
      const shift = Math.sqrt(shifts.reduce((sum, x) => sum + x ** 2, 0) / shifts.length);
      assert.ok(shift < (stepUs === 1000 ? sd / 20 : sd), `${typist.name}, ${stepUs} us: ${shift} against ${sd}`);
    }
  }
});
