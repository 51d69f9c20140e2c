// Expected values: the profiles' own figures, the text typed by hand on a US keyboard, and the properties of a
// minimum-jerk movement (Flash and Hogan 1985: peak speed 1.875 times the mean, half-way in time).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent, type InputEvent } from '../events.ts';
import { createRandom } from '../learn/random.ts';
import {
  ada,
  grace,
  inventEvents,
  keyChanges,
  moveMouse,
  syntheticCollector,
  typeText,
  TYPISTS,
  type TypedKey,
  type TypistProfile,
} from './synthetic.ts';
import { SENTENCES } from './typist-texts.ts';

const TEXT = SENTENCES.join(' ');
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const dwells = (strokes: readonly TypedKey[]): readonly number[] => strokes.map((s) => s.releaseMs - s.pressMs);
const faultless = (profile: TypistProfile): TypistProfile => ({ ...profile, typing: { ...profile.typing, slips: 0 } });

test('types what it is told, with the shift key of the person', () => {
  const keys = (profile: TypistProfile, text: string): readonly string[] =>
    typeText(faultless(profile), text, createRandom(1)).map(({ key }) => key);
  // A and ? : the left hand types A, so ada shifts with the right; ? is on the right, so with the left.
  assert.deepEqual(keys(ada, 'A b?\n'), ['Shift_R', 'a', 'space', 'b', 'Shift_L', '/', 'Return']);
  assert.deepEqual(keys(grace, 'A b?\n'), ['Shift_L', 'a', 'space', 'b', 'Shift_L', '/', 'Return']);
  assert.deepEqual(keys(ada, `it's 5:30`), ['i', 't', "'", 's', 'space', '5', 'Shift_L', ';', '3', '0']);
});

test('shift is down while its key goes down', () => {
  for (const profile of TYPISTS) {
    const strokes = typeText(faultless(profile), 'Call Me Ishmael? Who Else', createRandom(3));
    for (const [i, shift] of strokes.entries()) {
      if (!shift.key.startsWith('Shift')) continue;
      const shifted = strokes[i + 1];
      assert.ok(shifted !== undefined && shift.pressMs < shifted.pressMs && shifted.pressMs < shift.releaseMs);
    }
  }
});

test('holds and speed are those of the person', () => {
  // Finger factors and habits average to about 1; 12 % is left for them.
  const near = (value: number, expected: number): void =>
    assert.ok(Math.abs(value / expected - 1) < 0.12, `${value} is not near ${expected}`);
  const typed = {
    ada: typeText(faultless(ada), TEXT, createRandom(5)),
    grace: typeText(faultless(grace), TEXT, createRandom(5)),
  };
  const holds = (strokes: readonly TypedKey[]): readonly number[] =>
    dwells(strokes.filter(({ key }) => /^[a-z]$/.test(key)));
  near(mean(holds(typed.ada)), 92);
  near(mean(holds(typed.grace)), 135);
  const words = (strokes: readonly TypedKey[]): number => TEXT.length / 5 / ((strokes.at(-1)?.releaseMs ?? 0) / 60_000);
  // Within the 20 to 100 words a minute of Dhakal et al. 2018, and clearly different.
  assert.ok(words(typed.ada) > 45 && words(typed.ada) < 80, `ada ${words(typed.ada)}`);
  assert.ok(words(typed.grace) > 20 && words(typed.grace) < 40, `grace ${words(typed.grace)}`);
});

test('the quick one rolls over, and no key goes down twice without going up', () => {
  const rollovers = (strokes: readonly TypedKey[]): number =>
    strokes.filter((stroke, i) => (strokes[i + 1]?.pressMs ?? Infinity) < stroke.releaseMs).length / strokes.length;
  const [quick, slow] = [typeText(ada, TEXT, createRandom(7)), typeText(grace, TEXT, createRandom(7))];
  assert.ok(rollovers(quick) > rollovers(slow), `${rollovers(quick)} and ${rollovers(slow)}`);
  for (const strokes of [quick, slow]) {
    const down = new Set<string>();
    for (const { key, event } of keyChanges(strokes)) {
      if (event === 'press') assert.ok(!down.has(key), `${key} is down already`);
      if (event === 'press') down.add(key);
      else assert.ok(down.delete(key));
    }
    assert.equal(down.size, 0);
  }
});

test('slips are corrected at the rate of the person', () => {
  const letters = TEXT.replace(/[^a-z]/gi, '').length;
  for (const profile of TYPISTS) {
    let corrections = 0;
    for (let seed = 0; seed < 10; seed += 1) {
      corrections += typeText(profile, TEXT, createRandom(seed)).filter(({ key }) => key === 'BackSpace').length;
    }
    const expected = 10 * letters * profile.typing.slips;
    // Four standard deviations of a Poisson count.
    assert.ok(Math.abs(corrections - expected) < 4 * Math.sqrt(expected), `${corrections} for ${expected}`);
  }
});

test('a stroke has minimum jerk', () => {
  const steady: TypistProfile = {
    ...ada,
    mouse: { ...ada.mouse, skew: 1, bow: 0, tremorPx: 0, overshoots: 0, fittsAMs: 2000, fittsBMs: 0 },
  };
  const { steps, durationMs } = moveMouse(steady, { x: 0, y: 0 }, { x: 4000, y: 0 }, createRandom(2));
  const speeds = steps.slice(5).map((step, i) => {
    const before = steps[i] ?? step;
    return { atMs: (step.atMs + before.atMs) / 2, speed: (step.x - before.x) / (step.atMs - before.atMs) };
  });
  const peak = speeds.reduce((best, one) => (one.speed > best.speed ? one : best));
  assert.ok(Math.abs(peak.speed / (4000 / durationMs) - 1.875) < 0.05, `peak ${peak.speed}`);
  assert.ok(Math.abs(peak.atMs / durationMs - 0.5) < 0.06, `at ${peak.atMs} of ${durationMs}`);
});

test('strokes end near their target and the people differ', () => {
  const took = (profile: TypistProfile): number =>
    mean(
      Array.from({ length: 50 }, (_, seed) => {
        const { end, durationMs } = moveMouse(profile, { x: 100, y: 100 }, { x: 700, y: 400 }, createRandom(seed));
        assert.ok(Math.hypot(end.x - 700, end.y - 400) < 12, `ended at ${end.x} ${end.y}`);
        return durationMs;
      }),
    );
  assert.ok(took(grace) > 1.4 * took(ada));
});

function someEvents(profile: TypistProfile, seed: number, count: number): readonly InputEvent[] {
  const events: InputEvent[] = [];
  for (const event of inventEvents(profile, createRandom(seed), 1_000_000)) {
    if (events.push(event) === count) break;
  }
  return events;
}

test('the stream is valid, in order, complete and reproducible', () => {
  const events = someEvents(grace, 11, 20_000);
  assert.equal(events[0]?.ts, 1_000_000);
  for (const [i, event] of events.entries()) {
    assert.deepEqual(parseEvent(event), { ok: true, event });
    assert.ok(event.ts >= (events[i - 1]?.ts ?? 0), `event ${i}`);
  }
  assert.deepEqual(new Set(events.map(({ type }) => type)), new Set(['keystroke', 'mouse', 'app']));
  const kinds = new Set(events.map(({ type, event }) => `${type} ${event}`));
  for (const kind of ['mouse move', 'mouse press', 'mouse release', 'mouse scroll']) assert.ok(kinds.has(kind), kind);
  assert.deepEqual(someEvents(grace, 11, 500), events.slice(0, 500));
  assert.notDeepEqual(someEvents(grace, 12, 500), events.slice(0, 500));
});

test('the collector publishes live, and refuses an unknown name', async () => {
  const collector = syntheticCollector('ada', 1);
  assert.equal((await collector.available()).ok, true);
  const events: InputEvent[] = [];
  await collector.start({ publish: (event) => events.push(event), report: () => undefined, refuse: () => undefined });
  while (events.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
  await collector.stop();
  const stopped = events.length;
  const nowUs = Date.now() * 1000;
  for (const { ts } of events) assert.ok(ts <= nowUs && ts > nowUs - 30e6);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(events.length, stopped);

  const nobody = await syntheticCollector('eve').available();
  assert.ok(!nobody.ok);
  assert.equal(nobody.reason, 'there is no typist of that name; choose ada or grace');
  await assert.rejects(
    syntheticCollector('eve').start({ publish: () => undefined, report: () => undefined, refuse: () => undefined }),
  );
});
