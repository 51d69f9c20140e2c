// Two windows of real people. The figures are NumPy's, computed from the same files by a program that shares nothing with
// this folder: np.diff, np.std(ddof=1), np.percentile, np.histogram, np.corrcoef, np.gradient, np.unwrap, np.polyfit.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type InputEvent, parseEventLine } from '../events.ts';
import { type Feature, KEYSTROKE_FEATURES, keystrokeVector, MOUSE_FEATURES, mouseVector } from './index.ts';

const folder = fileURLToPath(new URL('../../../../shared/recordings', import.meta.url));
const skip = existsSync(folder) ? false : 'the recordings are not beside the repository (../shared/recordings)';

function eventsOf<T extends InputEvent['type']>(file: string, type: T): Extract<InputEvent, { type: T }>[] {
  const lines = gunzipSync(readFileSync(`${folder}/${file}`))
    .toString()
    .trimEnd()
    .split('\n');
  return lines.flatMap((line) => {
    const parsed = parseEventLine(line);
    assert.ok(parsed.ok);
    return parsed.event.type === type ? [parsed.event as Extract<InputEvent, { type: T }>] : [];
  });
}

function assertFeatures(
  table: readonly Feature[],
  vector: Float32Array,
  expected: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(expected)) {
    const actual = vector[table.findIndex((feature) => feature.name === name)] ?? Number.NaN;
    assert.ok(Math.abs(actual - value) <= 1e-6 * Math.abs(value), `${name}: ${actual}, not ${value}`);
  }
}

test('150 keystrokes of BB-MAS', { skip }, () => {
  const events = eventsOf('bbmas/bb001/test-1.jsonl.gz', 'keystroke');
  const presses = events.flatMap(({ event }, i) => (event === 'press' ? [i] : []));
  const { vector, keystrokes } = keystrokeVector(events.slice(0, presses[150]));
  assert.equal(keystrokes, 150);
  assertFeatures(KEYSTROKE_FEATURES, vector, {
    'dwell.mean': 108.76666666666667,
    'dwell.sd': 41.4881590072108,
    'dwell.min': 46,
    'dwell.max': 281,
    'dwell.median': 109,
    'dwell.q25': 78,
    'dwell.q75': 125,
    'dwell.thumb': 99,
    'flight.mean': 120.28378378378379,
    'flight.sd': 109.52644140981899,
    'flight.min': -109,
    'flight.range': 780,
    'rollover.share': 0.0388785046728972,
    'flight.negative': 0.060810810810810814,
    'digraph.th': 180.71428571428572,
    'digraph.he': 145.33333333333334,
    'digraph.is': 233.75,
    'digraph.es': 171.66666666666666,
    'error.rate': 0,
    'rhythm.burst-length': 75,
    'rhythm.burst-speed': 4.3719721139075975,
    'rhythm.pause': 1279,
    'rhythm.cv': 0.49367084470526396,
    'rhythm.entropy': 2.6395952718695215,
    'rhythm.autocorrelation': 0.06422093929120233,
    'rhythm.words-per-minute': 50.895220745210786,
  });
});

test('30 s of SapiMouse', { skip }, () => {
  const events = eventsOf('sapimouse/sm001/test-1min.jsonl.gz', 'mouse');
  const endUs = (events[0]?.ts ?? 0) + 30_000_000;
  const { vector, strokes, missing } = mouseVector(events.filter(({ ts }) => ts < endUs));
  assert.equal(strokes, 26);
  assertFeatures(MOUSE_FEATURES, vector, {
    'speed.q10': 21.49148,
    'speed.median': 283.0826,
    'speed.q90': 3324.886,
    'speed.peak': 4636.164,
    'speed.peak-at': 0.2922824,
    'speed.cv': 1.258388,
    'acceleration.median': 3731.716,
    'acceleration.q90': 38489.2,
    'acceleration.asymmetry': 0.03476768,
    'jerk.median': 105524.3,
    'jerk.dimensionless': 5.247867,
    'angle.turn': 3.138507,
    'angle.start': 0.3616861,
    'curvature.median': 0.004744508,
    // Six exact reversals are in this window: ±π is either's right. np.unwrap gives -0.3889534; with the rule of kinematics.ts
    // (an exact reversal stays as it is) written in Python, it is
    'curvature.exponent': -0.3886415,
    efficiency: 0.8454678,
    deviation: 0.0787474,
    'stroke.duration': 636,
    'pause.median': 201,
    'pause.share': 0.2034306,
    'click.median': 87,
    'click.sd': 15.80751,
    'click.rate': 0.9027987,
    'click.settle': 105,
    'double-click.share': 0.2592593,
    'double-click.interval': 148,
    'drag.share': 0.1111111,
    'drag.duration': 2373,
    'button.right': 0.1111111,
    jitter: 0.2552139,
    'tremor.frequency': 7.54265,
    'tremor.share': 0.09143276,
    submovements: 2.706432,
    'slow.share': 0.5072861,
  });
  // The recording holds no wheel.
  assert.deepEqual([...missing.subarray(35)], [1, 1, 1]);
});
