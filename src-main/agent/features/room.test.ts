import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roomFor } from './room.ts';

test('a room has the length that was asked for, is used again, and keeps no large array', () => {
  const room = roomFor();
  for (const length of [0, 3, 64, 65, 4096]) assert.equal(room(length).length, length);
  assert.equal(room(10).buffer, room(4096).buffer);
  const large = room(5000);
  assert.equal(large.length, 5000);
  assert.notEqual(large.buffer, room(5000).buffer);
  assert.notEqual(roomFor()(10).buffer, room(10).buffer);
});
