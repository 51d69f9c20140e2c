// The reference is a NumPy implementation of the same definitions that shares nothing with this folder (np.interp, np.gradient,
// np.unwrap, np.percentile, np.fft.rfft, np.corrcoef), run on the events that `invented` makes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type MouseEvent, parseEventLine } from '../events.ts';
import { mouse79, MOUSE_79_FEATURES } from './mouse-79.ts';
import { mouseUse } from './mouse-movements.ts';
import { shareOfTremor } from './stroke-spectrum.ts';

const START_US = 1_704_704_400_000_000;

const move = (ms: number, x: number, y: number): MouseEvent => ({
  ...{ type: 'mouse', ts: START_US + Math.round(ms * 1000), event: 'move' },
  ...{ x: Math.round(x), y: Math.round(y) },
});
const button = (event: 'press' | 'release', ms: number, x: number, y: number): MouseEvent => ({
  ...{ type: 'mouse', ts: START_US + Math.round(ms * 1000), event, button: 'Left' },
  ...{ x: Math.round(x), y: Math.round(y) },
});

/** Curved reaches of different lengths, every other one ends in a click, every fourth is a drag. */
function invented(variant: number): MouseEvent[] {
  const events: MouseEvent[] = [];
  let [ms, x, y] = [0, 400, 300];
  for (let k = 0; k < 14; k += 1) {
    const frames = 14 + ((k * 7 + variant * 3) % 23);
    const [toX, toY] = [200 + ((k * 331 + variant * 97) % 900), 150 + ((k * 217 + variant * 53) % 600)];
    const drag = k % 4 === 3;
    if (drag) events.push(button('press', (ms += 13), x, y));
    for (let i = 0; i <= frames; i += 1) {
      const s = i / frames;
      const along = s * s * s * (10 - 15 * s + 6 * s * s);
      const bow = (30 + 9 * (k % 5)) * Math.sin(Math.PI * s) + 2 * Math.sin(2.1 * i + variant);
      events.push(move((ms += 11 + (i % 3)), x + (toX - x) * along + bow, y + (toY - y) * along - bow / 2));
    }
    [x, y] = [toX, toY];
    if (drag) events.push(button('release', (ms += 31), x, y));
    else if (k % 2 === 0) {
      events.push(button('press', (ms += 83 + 17 * (k % 3)), x, y));
      if (k !== 12) events.push(button('release', (ms += 71 + 5 * (k % 4)), x, y));
    }
    ms += 180 + ((k * 113 + variant * 29) % 700);
  }
  return events;
}

const EXPECTED: readonly (readonly number[])[] = [
  [
    -1.24537652, 6.16349243, 0.04977005, 7.96096499, 7.40886895, 0.499951455, 10.1103138, 10.1697908, -0.0594769754,
    -2.65295986, -0.0168472716, 0.886096027, 0.184962327, 1.65084163, 2.74203118, -3.09365283, 0.025443072, 0.484844826,
    -0.518747406, -1.34670588, 1.2285336, -1.55589715, -0.410980289, -2.2381648, 0.130480382, -2.37515579, -2.13542155,
    -2.51521496, 0.061806978, -2.57702194, -2.45340798, 0.548671672, 1.16058842, 6.02149133, 6.54359577, 7.32938782,
    7.77378837, 8.01440982, 8.99060845, 9.62033946, 9.97648271, 10.3174424, 11.7225507, 12.3727868, 12.760879,
    13.2336478, 0.845828443, 1.70131943, 2.32275576, 3.05386713, -0.41528612, -0.910048539, -5.51638342, 1.70061563,
    -21.3011986, 0.372317319, 20.0245779, 14.0089532, 4.39460734, 4.99361964, 5.81270288, 0.695996795, 0.0868025011,
    -0.547781662, -0.596835031, 7.15915681, 6.26277439, -2.20469729, 0.543041947, -2.45340798, 0.795355126, 1.11349718,
    0.343328296, 0.212355212, -0.536244726, 0.715819613, -0.616186139, 0.5, 0.123544186,
  ],
  [
    -1.25319278, 6.12366094, 0.052248246, 7.92835221, 7.37685372, 0.498193596, 10.0904914, 10.1334035, -0.042912081,
    -2.63827174, -0.0142118235, 0.852254586, 0.233610469, 1.65865789, 2.73277451, -3.00365188, 0.033277562, 0.485627721,
    -0.516430789, -1.29834139, 1.24608252, -1.42711636, -0.368169323, -2.2381648, 0.130480382, -2.37515579, -2.13542155,
    -2.51521496, 0.061806978, -2.57702194, -2.45340798, 0.548609036, 1.17953861, 5.89728403, 6.50424154, 7.25366426,
    7.71418045, 8.00600594, 8.97297525, 9.48122096, 9.9374324, 10.3886876, 11.568066, 12.2391119, 12.7958266,
    13.2558217, 0.781989455, 1.69004074, 2.34983676, 2.97946401, -0.416170587, -0.87657986, -5.50757704, 1.73420713,
    -21.3297126, 0.366400711, 22.6430222, 14.4364446, 4.46085671, 5.00312398, 5.73709054, 0.729283437, 0.180010083,
    -0.515998555, -0.683762142, 7.08336172, 6.12046258, -2.09748004, 0.60133708, -2.45340798, 0.81960495, 1.14744693,
    0.349698112, 0.17578125, -0.552182212, 0.737644455, -0.603306477, 0.5, 0.104360015,
  ],
];

test('the vector of invented movements is that of NumPy', () => {
  EXPECTED.forEach((expected, variant) => {
    const { vector, strokes } = mouse79(invented(variant));
    assert.ok(vector !== null);
    assert.equal(strokes, 14);
    assert.equal(vector.length, MOUSE_79_FEATURES.length);
    MOUSE_79_FEATURES.forEach(({ name }, i) => {
      const [actual, wanted] = [vector[i] ?? Number.NaN, expected[i] ?? Number.NaN];
      assert.ok(Math.abs(actual - wanted) <= 2e-6 * Math.max(1, Math.abs(wanted)), `${name}: ${actual}, not ${wanted}`);
    });
  });
});

test('79 names, each once', () => {
  assert.equal(MOUSE_79_FEATURES.length, 79);
  assert.equal(new Set(MOUSE_79_FEATURES.map(({ name }) => name)).size, 79);
});

test('neither where on the screen nor when it happens is in the vector', () => {
  const moved = invented(0).map((event) => ({
    ...event,
    x: event.x + 500,
    y: event.y + 100,
    ts: event.ts + 86_400_000_000,
  }));
  const [here, there] = [mouse79(invented(0)).vector, mouse79(moved).vector];
  here?.forEach((x, i) =>
    assert.ok(Math.abs(x - (there?.[i] ?? Number.NaN)) < 1e-9 * Math.max(1, Math.abs(x)), `${i}`),
  );
  assert.ok(here !== null && there !== null);
});

test('below three strokes there is no vector', () => {
  const firstMs = invented(0).findIndex((_, i, all) => (all[i + 1]?.ts ?? 0) - (all[i]?.ts ?? 0) > 150_000);
  assert.deepEqual(mouse79(invented(0).slice(0, firstMs)), { vector: null, strokes: 1 });
  assert.deepEqual(mouse79([]), { vector: null, strokes: 0 });
});

test('a movement knows the pause before it, the click it ends in and whether a button was held', () => {
  const line = (fromMs: number): MouseEvent[] => Array.from({ length: 20 }, (_, i) => move(fromMs + 10 * i, 20 * i, 0));
  const events = [
    ...line(0),
    ...[button('press', 250, 380, 0), button('release', 340, 380, 0)],
    ...line(840),
    ...[button('press', 1100, 380, 0), ...line(1200), button('release', 1400, 380, 0)],
    // Its release is lost.
    ...[...line(2000), button('press', 2300, 380, 0)],
    ...line(7000),
  ];
  const { movements, presses } = mouseUse(events);
  assert.deepEqual(
    movements.map(({ pauseS, drag, settleS, holdS }) => [pauseS, drag, settleS, holdS]),
    [
      [Number.NaN, false, 0.06, 0.09],
      [0.5, false, 0.07, 0.3],
      [0.1, true, Number.NaN, Number.NaN],
      [0.6, false, 0.11, Number.NaN],
      // 4.7 s after the press: more than three seconds count as three.
      [3, false, Number.NaN, Number.NaN],
    ],
  );
  assert.deepEqual(
    presses.map(({ holdS }) => holdS),
    [0.09, 0.3, Number.NaN],
  );
});

test('a speed that swings ten times a second is tremor, one that swings twice is not', () => {
  const swing = (hz: number): Float64Array =>
    Float64Array.from({ length: 90 }, (_, i) => 100 + 40 * Math.sin((2 * Math.PI * hz * i) / 60));
  assert.ok(shareOfTremor(swing(10)) > 0.99);
  assert.ok(shareOfTremor(swing(2)) < 0.01);
  assert.equal(shareOfTremor(new Float64Array(20).fill(100)), 0);
});

const recording = fileURLToPath(
  new URL('../../../../shared/recordings/sapimouse/sm001/test-1min.jsonl.gz', import.meta.url),
);
const skip = existsSync(recording) ? false : 'the recordings are not beside the repository (../shared/recordings)';

test('30 s of SapiMouse', { skip }, () => {
  const lines = gunzipSync(readFileSync(recording)).toString().trimEnd().split('\n');
  const events = lines.flatMap((line) => {
    const parsed = parseEventLine(line);
    return parsed.ok && parsed.event.type === 'mouse' ? [parsed.event] : [];
  });
  const endUs = (events[0]?.ts ?? 0) + 30_000_000;
  const { vector, strokes } = mouse79(events.filter(({ ts }) => ts < endUs));
  assert.equal(strokes, 26);
  for (const [name, wanted] of Object.entries(OF_SAPIMOUSE)) {
    const actual = vector?.[MOUSE_79_FEATURES.findIndex((feature) => feature.name === name)] ?? Number.NaN;
    assert.ok(Math.abs(actual - wanted) <= 2e-6 * Math.max(1, Math.abs(wanted)), `${name}: ${actual}, not ${wanted}`);
  }
});

const OF_SAPIMOUSE: Readonly<Record<string, number>> = {
  'duration.mean': -0.4418801,
  'path.mean': 6.34888651,
  'detour.mean': 0.261408029,
  'peak-speed.mean': 8.20356784,
  'peak-at.mean': 0.292282442,
  'deviation.mean': -2.68076609,
  'turn.mean': 0.944622523,
  'corrections.mean': 1.26315608,
  'jerk.mean': 5.24786701,
  'tremor.mean': -2.98174521,
  'pause.mean': -1.90043583,
  'pause.q75': -1.50959258,
  'settle.sd': 0.701471092,
  'hold.mean': -2.44673685,
  'speed-cv.mean': 1.24193754,
  'speed.q50': 5.64573872,
  'acceleration.q90': 10.5588927,
  'frame-jerk.q50': 11.5714232,
  'turn-rate.q75': 1.87887056,
  'relative-acceleration.mean': 19.8386467,
  'relative-jerk.q50': 5.67562192,
  'speed-memory.4': 0.686058077,
  'horizontal-speed': 6.07064605,
  'click.median': -2.3859667,
  'click.rate': 0.902798676,
  'moving.share': 0.636974621,
  'rest.share': -1.49865427,
  'clicked.share': 0.692307692,
  'click.interval': -0.0273711968,
};
