import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Modality } from '../../src-preload/contract.ts';
import type { Tick } from '../agent/pipeline.ts';
import { plainAverage, plainAverageRule } from './plain-average.ts';

/** Said to be the owner with 75 %. */
const P75 = Math.log(3);
const NOBODY = -1000;

/** 90 points at the start. */
const SETTINGS = {
  fusion: { unknown: 0.9 },
  decision: { normal: 70, monitoring: 50, restricted: 25, hysteresis: 5, ticks: 3 },
};

const scored = (llrs: Readonly<Partial<Record<Modality, number>>>): Tick['scores'] =>
  new Map(
    Object.entries(llrs).map(([modality, llr]) => [
      modality as Modality,
      { raw: 0, llr, share: 1, strongest: '', points: 0 },
    ]),
  );

const tick = (llrs: Readonly<Partial<Record<Modality, number>>>, trust: number | null = 50): Tick => ({
  point: { atMs: 0, trust, low: null, high: null, state: 'NORMAL' },
  decision: null,
  scores: scored(llrs),
});

test('those that scored share the weight, by hand', () => {
  const close = (actual: number | null, expected: number): void =>
    assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-9, `${actual} is not ${expected}`);
  close(plainAverage(scored({ keystroke: 0, mouse: P75 })), (40 * 50 + 30 * 75) / 70);
  close(plainAverage(scored({ keystroke: 0, mouse: P75, app: -P75 })), (40 * 50 + 30 * 75 + 15 * 25) / 85);
  close(plainAverage(scored({ app: P75 })), 75);
  assert.equal(plainAverage(scored({})), null);
});

/** The ticks at which it is alarmed, from the first on. */
function alarms(rule: ReturnType<typeof plainAverageRule>, ticks: readonly Tick[]): number[] {
  return ticks.flatMap((one, i) => (rule.alarmed(one) ? [i] : []));
}
const many = (count: number, one: Tick): Tick[] => Array.from({ length: count }, () => one);

test('nobody fits: three ticks below the threshold, then the alarm', () => {
  // 90 falls by .7 a tick: 63, 44.1, 30.87, 21.6, 15.1. The first tick makes NORMAL of LEARNING; those at 44.1, 30.87 and 21.6 call for
  // RESTRICTED or worse, the mildest of them counts.
  assert.deepEqual(alarms(plainAverageRule(SETTINGS), many(5, tick({ keystroke: NOBODY }))), [3, 4]);
});

test('without evidence nothing moves and nothing is called for', () => {
  const rule = plainAverageRule(SETTINGS);
  const [bad, quiet] = [tick({ keystroke: NOBODY }), tick({})];
  assert.deepEqual(alarms(rule, [bad, ...many(9, quiet), bad, quiet, bad, ...many(9, quiet)]), []);
  assert.deepEqual(alarms(rule, [bad]), [0]);
});

test('while there is no model nothing is learned and nobody is alarmed', () => {
  const rule = plainAverageRule(SETTINGS);
  assert.deepEqual(alarms(rule, many(20, tick({ keystroke: NOBODY }, null))), []);
  assert.deepEqual(alarms(rule, many(5, tick({ keystroke: NOBODY }))), [3, 4]);
});

test('after a proof of who it is it starts anew', () => {
  const rule = plainAverageRule(SETTINGS);
  assert.deepEqual(alarms(rule, many(4, tick({ keystroke: NOBODY }))), [3]);
  rule.reauthenticated(0);
  // 63 is MONITORING, so that it is what the first three ticks agree on; the second to the fourth agree on RESTRICTED.
  assert.deepEqual(alarms(rule, many(4, tick({ keystroke: NOBODY }))), [3]);
});

test('it comes back: trust rises by .3 of what is missing', () => {
  const rule = plainAverageRule(SETTINGS);
  alarms(rule, many(5, tick({ keystroke: NOBODY })));
  // From 15.1 on: 40.6, 58.4, 70.9, 79.6, 85.7. MONITORING asks for 55 on the way back, three times.
  assert.deepEqual(alarms(rule, many(5, tick({ keystroke: -NOBODY }))), [0, 1, 2]);
});
