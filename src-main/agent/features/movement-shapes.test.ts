// Windows that move on over one stream of invented events: with what is remembered they have the vectors that they have without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, inventEvents } from '../collect/synthetic.ts';
import type { MouseEvent } from '../events.ts';
import { createRandom } from '../learn/random.ts';
import { mouse79 } from './mouse-79.ts';
import { mouseUse } from './mouse-movements.ts';
import { rememberedShapes, shapesOf } from './movement-shapes.ts';

function moved(count: number): readonly MouseEvent[] {
  const events: MouseEvent[] = [];
  for (const event of inventEvents(ada, createRandom(6), 1_700_000_000_000_000)) {
    if (event.type === 'mouse') events.push(event);
    if (events.length === count) break;
  }
  return events;
}

test('a window has the same vector whether its movements are known from an earlier one or not', () => {
  const events = moved(2500);
  const shapes = rememberedShapes();
  let compared = 0;
  for (let to = 700; to < events.length; to += 37) {
    const window = events.slice(to - 700, to);
    const remembered = mouse79(window, mouseUse(window, shapes));
    assert.deepEqual(remembered, mouse79(window));
    if (remembered.vector !== null) compared += 1;
  }
  assert.ok(compared > 30, `${compared} windows with a vector`);
});

test('the same moves are the same shapes; one more move, or one less, makes another', () => {
  const events = moved(200).filter(({ event }) => event === 'move');
  const shapes = rememberedShapes();
  const first = shapes(events, 0, 60);
  assert.equal(shapes(events, 0, 60), first);
  assert.deepEqual(first, shapesOf(events, 0, 60));
  for (const [from, to] of [
    [0, 61],
    [1, 60],
  ] as const) {
    assert.notEqual(shapes(events, from, to), first);
    assert.deepEqual(shapes(events, from, to), shapesOf(events, from, to));
  }
  assert.deepEqual(shapes(events, 5, 5), []);
});
