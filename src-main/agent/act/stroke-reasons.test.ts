import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MouseEvent } from '../events.ts';
import { MOUSE_79_FEATURES, mouse79 } from '../features/mouse-79.ts';
import { movementWords } from './movement-words.ts';
import { strokeReasons } from './stroke-reasons.ts';

const indexOf = (name: string): number => MOUSE_79_FEATURES.findIndex((feature) => feature.name === name);

/** Reasons for a window with these distances (in sd of an owner of mean 1 and sd 2) and contributions; all else is as usual. */
function reasons(fits: boolean, features: Readonly<Record<string, readonly [away: number, forOwner: number]>>) {
  const vector = Float64Array.from(MOUSE_79_FEATURES, () => 1);
  const contributions = new Float64Array(MOUSE_79_FEATURES.length);
  for (const [name, [away, forOwner]] of Object.entries(features)) {
    vector[indexOf(name)] = 1 + 2 * away;
    contributions[indexOf(name)] = forOwner;
  }
  const usual = { mean: MOUSE_79_FEATURES.map(() => 1), sd: MOUSE_79_FEATURES.map(() => 2) };
  usual.sd[indexOf('drag.share')] = 0;
  return strokeReasons({ vector, contributions, fits }, usual);
}

test('what spoke most against the owner, the strongest first, with distance and direction', () => {
  const said = reasons(false, {
    'settle.mean': [1.94, -2],
    'click.median': [-2.5, -0.5],
    'stroke.rate': [12, -1],
    'speed.q50': [3, -0.4],
    'tremor.mean': [4, 3],
  });
  assert.deepEqual(said, [
    'pauses before a click 1.9 sd longer than yours',
    'movements over 9.9 sd more frequent',
    'clicks 2.5 sd shorter',
  ]);
});

test('mean and quartiles of one thing are one reason, its opposite is another', () => {
  const said = reasons(false, {
    'pause.mean': [2, -3],
    'pause.q75': [3, -2],
    'pause.q25': [-2, -1],
    'pause.sd': [2, -0.5],
  });
  assert.deepEqual(said, [
    'rests before a movement 2.0 sd longer than yours',
    'rests before a movement 2.0 sd shorter',
    'rests before a movement 2.0 sd more uneven',
  ]);
});

test('what is close, missing or never seen of the owner is no difference', () => {
  const said = reasons(false, {
    'pause.mean': [0.9, -3],
    'drag.share': [5, -2],
    'settle.mean': [Number.NaN, -1],
  });
  assert.deepEqual(said, ['many small differences from yours']);
});

test('a window that fits says what spoke for the owner', () => {
  const said = reasons(true, { 'click.mean': [0.2, 2], 'click.median': [0.1, 1], 'click.rate': [3, 4], path: [0, -1] });
  assert.deepEqual(said, ['like yours in length of clicks']);
  assert.deepEqual(reasons(true, {}), ['like yours on the whole']);
});

test('every feature has words', () => {
  for (const { name } of MOUSE_79_FEATURES) assert.ok(movementWords(name).about.length > 0);
  assert.throws(() => movementWords('colour'), /no words for the mouse feature colour/);
});

interface Habits {
  readonly bow?: number;
  readonly frames?: number;
  readonly holdMs?: number;
  readonly settleMs?: number;
  readonly skew?: number;
  readonly wobblePx?: number;
}

/** Six reaches of 600 px to the right and back, each with a click. */
function reaches({ bow = 0, frames = 60, holdMs = 90, settleMs = 120, skew = 1, wobblePx = 0 }: Habits): Float64Array {
  const events: MouseEvent[] = [];
  let ms = 0;
  for (let k = 0; k < 6; k += 1) {
    const forth = k % 2 === 0 ? 1 : -1;
    const fromX = forth === 1 ? 200 : 800;
    for (let i = 0; i <= frames; i += 1) {
      const t = (i / frames) ** skew;
      const along = t * t * (3 - 2 * t);
      const x = Math.round(fromX + forth * 600 * along);
      // Facing along the way, the right hand lies at greater y on the way there and at smaller y on the way back.
      const y = Math.round(400 + forth * (600 * bow * Math.sin(Math.PI * along) + wobblePx * Math.sin(i)));
      events.push({ type: 'mouse', ts: 1000 * (ms + 10 * i), x, y, event: 'move' });
    }
    ms += 10 * frames + settleMs;
    const place = { type: 'mouse', x: fromX + forth * 600, y: 400, button: 'Left' } as const;
    events.push({ ...place, ts: 1000 * ms, event: 'press' }, { ...place, ts: 1000 * (ms + holdMs), event: 'release' });
    ms += holdMs + 300;
  }
  const { vector } = mouse79(events);
  assert.ok(vector !== null);
  return vector;
}

// What a person would call it, from how the movements are made.
const DIRECTIONS: readonly (readonly [string, Habits, string])[] = [
  ['detour.mean', { bow: 0.2 }, 'more roundabout'],
  ['deviation.mean', { bow: 0.2 }, 'wider'],
  ['side.mean', { bow: 0.2 }, 'further to the right'],
  ['side.mean', { bow: -0.2 }, 'further to the left'],
  // First away to the right, then round to the left: against the clock.
  ['net-turn.mean', { bow: 0.2 }, 'more anticlockwise'],
  ['start-angle.mean', { bow: 0.2 }, 'further off the aim'],
  ['duration.mean', { frames: 90 }, 'longer in time'],
  ['mean-speed.mean', { frames: 40 }, 'faster'],
  ['peak-speed.mean', { frames: 40 }, 'higher'],
  ['speed.q50', { frames: 90 }, 'slower'],
  ['acceleration.q50', { frames: 40 }, 'stronger'],
  ['frame-jerk.q50', { frames: 40 }, 'stronger'],
  ['speed-up.mean', { frames: 40 }, 'stronger'],
  ['slow-down.mean', { frames: 90 }, 'softer'],
  ['peak-at.mean', { skew: 1.5 }, 'later'],
  ['tail.mean', { skew: 1.5 }, 'shorter'],
  ['asymmetry.mean', { skew: 1.5 }, 'weaker'],
  ['relative-acceleration.q10', { frames: 40 }, 'stronger'],
  ['relative-acceleration.q90', { frames: 40 }, 'stronger'],
  ['horizontal-speed', { frames: 40 }, 'faster'],
  ['jerk.mean', { wobblePx: 12 }, 'jerkier'],
  ['turn.mean', { wobblePx: 12 }, 'stronger'],
  ['turn-rate.q75', { wobblePx: 12 }, 'sharper'],
  ['curvature.mean', { wobblePx: 12 }, 'tighter'],
  ['settle.mean', { settleMs: 60 }, 'shorter'],
  ['hold.mean', { holdMs: 160 }, 'longer'],
  ['click.mean', { holdMs: 160 }, 'longer'],
  ['stroke.rate', { frames: 90 }, 'rarer'],
];

test('directions are those that a person would see', () => {
  const plain = reaches({});
  for (const [name, habits, expected] of DIRECTIONS) {
    const change = (reaches(habits)[indexOf(name)] ?? Number.NaN) - (plain[indexOf(name)] ?? Number.NaN);
    assert.ok(Math.abs(change) > 1e-6, `${name} does not tell ${JSON.stringify(habits)}`);
    const { more, less } = movementWords(name);
    assert.equal(change > 0 ? more : less, expected, `${name} for ${JSON.stringify(habits)}`);
  }
});
