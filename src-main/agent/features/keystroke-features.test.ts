// One stream written by hand, all of its features worked out from the lists below. The lists (holds, flights, intervals) were
// read off the stream with pencil and paper; their moments, quantiles, entropy and correlation are NumPy's: std(ddof=1),
// percentile, histogram over geomspace(30, 1000, 13), corrcoef of log1p.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../events.ts';
import { KEYSTROKE_FEATURES, keystrokeVector } from './keystroke-features.ts';

/** Key, press and release in ms; the z of this typist never comes up again. */
const TYPED: readonly (readonly [string, number, number | null])[] = [
  ['Shift_L', 0, 300],
  ['t', 100, 200],
  ['h', 180, 260],
  ['e', 330, 420],
  ['space', 500, 620],
  ['BackSpace', 1700, 1770],
  ['BackSpace', 1900, 1960],
  ['i', 2300, 2410],
  ['n', 2450, 2550],
  ['t', 2600, 2690],
  ['h', 2720, 2790],
  ['e', 2900, 3000],
  ['q', 3100, 3190],
  ['a', 3180, 3300],
  [';', 3400, 3480],
  ['x', 9000, 9080],
  ['z', 9100, null],
  ['w', 9250, 9340],
  ['o', 9400, 9490],
];

function streamOf(typed: typeof TYPED): KeystrokeEvent[] {
  const at = (ms: number) => 1_704_704_400_000_000 + ms * 1000;
  return typed
    .flatMap(([key, press, release]): KeystrokeEvent[] => [
      { type: 'keystroke', ts: at(press), key, event: 'press' },
      ...(release === null ? [] : [{ type: 'keystroke', ts: at(release), key, event: 'release' } as const]),
    ])
    .toSorted((a, b) => a.ts - b.ts);
}

const EXPECTED: Readonly<Record<string, number>> = {
  // 100 80 90 120 70 60 110 100 90 70 100 90 120 80 80 90 90
  'dwell.mean': 90.58823529411765,
  'dwell.sd': 16.75954512930397,
  'dwell.min': 60,
  'dwell.max': 120,
  'dwell.median': 90,
  'dwell.q25': 80,
  'dwell.q75': 100,
  'dwell.range': 60,
  // -20 70 80 | 130 340 40 50 30 110 100 -10 100 | 20 . 60: none over the pauses and none from the z
  'flight.mean': 78.57142857142857,
  'flight.sd': 87.25357765264879,
  'flight.min': -20,
  'flight.max': 340,
  'flight.median': 65,
  'flight.q25': 32.5,
  'flight.q75': 100,
  'flight.range': 360,
  'dwell.left-little-finger': 105, // q 90, a 120
  'dwell.left-ring-finger': 85, // x 80, w 90
  'dwell.left-middle-finger': 95, // e 90, 100
  'dwell.left-index-finger': 95, // t 100, 90
  'dwell.right-index-finger': 250 / 3, // h 80, 70, n 100
  'dwell.right-middle-finger': 110,
  'dwell.right-ring-finger': 90,
  'dwell.right-little-finger': 80,
  'dwell.thumb': 120,
  'dwell.shift': 300,
  'rollover.share': 30 / 1250, // 20 + 10 over the 14 holds that have a flight
  'flight.negative': 2 / 14,
  'digraph.th': 100, // 80, 120
  'digraph.he': 165, // 150, 180
  'digraph.in': 150,
  'digraph.nt': 150,
  'error.rate': 2 / 18,
  'error.before': 1200,
  'error.after': 400,
  'error.run': 2,
  // Intervals: 80 150 170 | 200 400 150 150 120 180 200 80 220 | 100 150 150; a pause of 1200, a break of 5600.
  'rhythm.burst-length': 6,
  'rhythm.burst-speed': 6, // 15 intervals in 2500 ms
  'rhythm.pause-share': 1 / 16,
  'rhythm.pause': 1200,
  'rhythm.cv': 0.46124056320195556,
  'rhythm.entropy': 2.265264934105251,
  'rhythm.autocorrelation': -0.06099978899753011,
  'rhythm.words-per-minute': 51.891891891891895, // 16 gaps in 3700 ms
};

test('every feature of a stream worked out by hand', () => {
  const { vector, missing, keystrokes, digraphsPresent } = keystrokeVector(streamOf(TYPED));
  assert.equal(keystrokes, 19);
  assert.equal(digraphsPresent, 4);
  assert.equal(vector.length, 140);
  for (const [i, { name }] of KEYSTROKE_FEATURES.entries()) {
    const expected = EXPECTED[name];
    assert.equal(missing[i], expected === undefined ? 1 : 0, name);
    assert.equal(vector[i], Math.fround(expected ?? 0), name);
  }
});

test('what the window cannot give comes from the fallback', () => {
  const fallback = Float32Array.from(KEYSTROKE_FEATURES, (_, i) => i + 0.5);
  const { vector, missing, keystrokes } = keystrokeVector(streamOf([['a', 0, 80]]), fallback);
  const present = KEYSTROKE_FEATURES.flatMap(({ name }, i) => (missing[i] === 0 ? [`${name} ${vector[i]}`] : []));
  assert.equal(keystrokes, 1);
  const dwell = 'mean 80, min 80, max 80, median 80, q25 80, q75 80, range 0, left-little-finger 80';
  assert.deepEqual(present, [...dwell.split(', ').map((value) => `dwell.${value}`), 'error.rate 0']);
  for (const [i, value] of vector.entries()) if (missing[i] === 1) assert.equal(value, i + 0.5);
});

test('an empty window is all fallback', () => {
  const { missing, keystrokes, digraphsPresent } = keystrokeVector([]);
  assert.deepEqual([keystrokes, digraphsPresent, missing.every((flag) => flag === 1)], [0, 0, true]);
  assert.throws(() => keystrokeVector([], new Float32Array(38)), RangeError);
});

test('holds over a second are no dwell, and give no flight', () => {
  const { missing } = keystrokeVector(
    streamOf(
      [
        ['a', 0, 1001],
        ['b', 900, 1000],
      ].map(([k, p, r]) => [String(k), Number(p), Number(r)]),
    ),
  );
  const flag = (name: string) => missing[KEYSTROKE_FEATURES.findIndex((feature) => feature.name === name)];
  assert.equal(flag('dwell.left-little-finger'), 1);
  assert.equal(flag('dwell.left-index-finger'), 0);
  assert.equal(flag('flight.mean'), 1);
});

test('absolute time leaves no trace', () => {
  const later = streamOf(TYPED).map((event) => ({ ...event, ts: event.ts + 86_400_000_000 * 200 }));
  assert.deepEqual(keystrokeVector(later), keystrokeVector(streamOf(TYPED)));
});

test('keypad keys and letters beyond a-z are in no digraph', () => {
  const { digraphsPresent } = keystrokeVector(
    streamOf([
      ['KP_1', 0, 50],
      ['é', 100, 150],
      ['t', 200, 250],
      ['ü', 300, 350],
    ]),
  );
  assert.equal(digraphsPresent, 0);
});
