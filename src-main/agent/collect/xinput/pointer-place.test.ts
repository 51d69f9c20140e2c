// Places by hand: what the server does with the same motions (dix/getevents.c, mi/mipointer.c) is written beside each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPointerPlace, type Motion } from './pointer-place.ts';
import type { XiSource } from './xi-devices.ts';

const mouse: XiSource = { name: 'mouse', madeBy: null, motion: 'steps' };
const xtest: XiSource = { name: 'XTEST pointer', madeBy: 'xtest', motion: 'either' };
const range = { min: 0, max: 999 };
const tablet: XiSource = { name: 'tablet', madeBy: null, motion: { x: range, y: range } };

const by = (source: XiSource, x?: number, y?: number): Motion => ({ source, x, y });
const pointer = (x: number, y: number) => {
  const place = createPointerPlace(() => ({ width: 1000, height: 500 }));
  place.followTo([], { x, y });
  return place;
};

test('steps add up with their fractions, and pixels are whole', () => {
  const place = pointer(10, 10);
  // 10.6, 11.2, 11.8, 12.4; a coordinate that is left out stays.
  const places = place.follow([by(mouse, 0.6), by(mouse, 0.6), by(mouse, 0.6, -3.5), by(mouse, 0.6)]);
  assert.deepEqual(
    places.map(({ x, y }) => [x, y]),
    [
      [10, 10],
      [11, 10],
      [11, 6],
      [12, 6],
    ],
  );
});

test('an edge stops the pointer at the last whole pixel, and it comes back from there', () => {
  const place = pointer(990, 5);
  // 1010.5 is cut to 999 and -15 to 0; then 999 - 0.5 = 998.5.
  const places = place.follow([by(mouse, 20.5, -20), by(mouse, -0.5, 1)]);
  assert.deepEqual(places, [
    { x: 999, y: 0 },
    { x: 998, y: 1 },
  ]);
});

test('a tablet tells places of its own, which stand for the whole screen', () => {
  // 500 of 0 to 999 is half of 1000 and of 500 pixels; the last one is 999 of 1000 parts: 999 and 499.5.
  assert.deepEqual(pointer(3, 3).follow([by(tablet, 500, 500), by(tablet, 999, 999), by(tablet, undefined, 0)]), [
    { x: 500, y: 250 },
    { x: 999, y: 499 },
    { x: 999, y: 0 },
  ]);
});

test('nothing is told before the pointer is known', () => {
  const place = createPointerPlace(() => ({ width: 100, height: 100 }));
  assert.equal(place.now(), null);
  assert.deepEqual(place.follow([by(mouse, 1, 1)]), []);
  // The answer is where the pointer is after both: it was one step before at the first.
  const { places, jumped } = place.followTo([by(mouse, 2, 0), by(mouse, 5, 1)], { x: 50, y: 60 });
  assert.deepEqual(
    [places, jumped],
    [
      [
        { x: 45, y: 59 },
        { x: 50, y: 60 },
      ],
      false,
    ],
  );
});

test('what set the pointer besides is taken to have done so before', () => {
  const place = pointer(100, 100);
  const { places, jumped } = place.followTo([by(mouse, 4, 0), by(mouse, 4, 0)], { x: 308, y: 20 });
  assert.deepEqual(
    [places, jumped],
    [
      [
        { x: 304, y: 20 },
        { x: 308, y: 20 },
      ],
      true,
    ],
  );
  assert.deepEqual(place.follow([by(mouse, 1, 1)]), [{ x: 309, y: 21 }]);
});

test('a pixel that was cut off by a fraction is no jump', () => {
  const place = pointer(10, 10);
  // By what is known here it lies at 12.9; the server had begun at 10.5.
  assert.deepEqual(place.followTo([by(mouse, 2.9)], { x: 13, y: 10 }), { places: [{ x: 13, y: 10 }], jumped: false });
});

test('programs send steps and places in one form: the pointer tells which they were', () => {
  const place = pointer(100, 100);
  const steps = place.followTo([by(xtest, 7, 3), by(xtest, 7, 3)], { x: 114, y: 106 });
  assert.deepEqual(steps, {
    places: [
      { x: 107, y: 103 },
      { x: 114, y: 106 },
    ],
    jumped: false,
  });
  const places = place.followTo([by(xtest, 300, 300), by(xtest, 305, 310)], { x: 305, y: 310 });
  assert.deepEqual(places, {
    places: [
      { x: 300, y: 300 },
      { x: 305, y: 310 },
    ],
    jumped: false,
  });
});
