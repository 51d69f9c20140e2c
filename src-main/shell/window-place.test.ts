import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOn, readPlace, writePlace } from './window-place.ts';

/** A panel of 27 px at the top of the left display; a smaller display right of it. */
const LEFT = { x: 0, y: 27, width: 1280, height: 773 };
const RIGHT = { x: 1280, y: 0, width: 1024, height: 768 };

const cases = {
  'where it was': [
    { x: 100, y: 100, width: 960, height: 600 },
    { x: 100, y: 100, width: 960, height: 600 },
  ],
  'a window under the panel comes out from under it': [
    { x: 100, y: 0, width: 960, height: 600 },
    { x: 100, y: 27, width: 960, height: 600 },
  ],
  'a window over the edge is moved in': [
    { x: 1900, y: 300, width: 800, height: 600 },
    { x: 1504, y: 168, width: 800, height: 600 },
  ],
  'a window between two displays goes where more of it was': [
    { x: 1100, y: 100, width: 800, height: 600 },
    { x: 1280, y: 100, width: 800, height: 600 },
  ],
  'a window larger than the display shrinks to it': [
    { x: -500, y: -500, width: 3000, height: 2000 },
    { x: 0, y: 27, width: 1280, height: 773 },
  ],
  'one too small to be used grows': [
    { x: 200, y: 200, width: 100, height: 100 },
    { x: 200, y: 200, width: 360, height: 480 },
  ],
  'a display that is gone leaves the size, and the window manager the place': [
    { x: 5000, y: 5000, width: 800, height: 600 },
    { width: 800, height: 600 },
  ],
  'so does one of which a sliver is left': [
    { x: -790, y: 100, width: 800, height: 600 },
    { width: 800, height: 600 },
  ],
} as const;

for (const [name, [bounds, expected]] of Object.entries(cases)) {
  test(name, () => assert.deepEqual(placeOn([LEFT, RIGHT], bounds), expected));
}

test('without any display nothing is changed but the place', () => {
  assert.deepEqual(placeOn([], { x: 1, y: 2, width: 500, height: 600 }), { width: 500, height: 600 });
});

test('what was written is read', () => {
  const place = { bounds: { x: -10, y: 20, width: 800, height: 600 }, maximised: true };
  assert.deepEqual(readPlace(writePlace(place)), place);
});

for (const text of [
  '',
  'not JSON',
  'null',
  '[]',
  '{"bounds":{"x":0,"y":0,"width":800},"maximised":false}',
  '{"bounds":{"x":0,"y":0,"width":0,"height":600},"maximised":false}',
  '{"bounds":{"x":1e99,"y":0,"width":800,"height":600},"maximised":false}',
  '{"bounds":{"x":0.5,"y":0,"width":800,"height":600},"maximised":false}',
]) {
  test(`a bad file is no place: ${text}`, () => assert.equal(readPlace(text), null));
}
