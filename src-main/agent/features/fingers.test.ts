import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerOf, FINGERS, homeKeyOf, THUMB } from './fingers.ts';
import { classOf, NONE, ROLE } from './key-classes.ts';

// The columns of any touch-typing chart for the US layout.
const COLUMNS = ['`1qaz', '2wsx', '3edc', '45rtfgvb', '67yuhjnm', '8ik,', '9ol.', "0p;/-=[]'\\"];

test('every key of the main block belongs to the finger of its column', () => {
  for (const [finger, keys] of COLUMNS.entries()) for (const key of keys) assert.equal(fingerOf(key), finger, key);
  assert.equal(COLUMNS.join('').length, 47);
  assert.equal(fingerOf('space'), THUMB);
});

test('shifted characters share the finger of their key', () => {
  const shifted = ['~!QAZ', '@WSX', '#EDC', '$%RTFGVB', '^&YUHJNM', '*IK<', '(OL>', ')P:?_+{}"|'];
  for (const [finger, keys] of shifted.entries()) for (const key of keys) assert.equal(fingerOf(key), finger, key);
});

test('keys without a usual finger have none', () => {
  for (const key of ['Return', 'F5', 'Left', 'keycode_212', 'ß', '', '__proto__'])
    assert.equal(fingerOf(key), null, key);
});

test('home keys hide which key of the finger was pressed', () => {
  assert.deepEqual(['q', 'x', 'e', 'B', '7', 'i', '.', '?', 'space', 'Return'].map(homeKeyOf), [
    'a',
    's',
    'd',
    'f',
    'j',
    'k',
    'l',
    ';',
    'space',
    null,
  ]);
  for (const [finger, { homeKey }] of FINGERS.entries()) assert.equal(fingerOf(homeKey), finger);
});

test('key classes', () => {
  assert.deepEqual(classOf('c'), { role: ROLE.text, finger: 2, letter: 2 });
  assert.deepEqual(classOf('Z'), { role: ROLE.text, finger: 0, letter: 25 });
  assert.deepEqual(classOf(';'), { role: ROLE.text, finger: 7, letter: NONE });
  assert.deepEqual(classOf('Return'), { role: ROLE.text, finger: NONE, letter: NONE });
  assert.equal(classOf('BackSpace').role, ROLE.correction);
  assert.equal(classOf('Shift_R').role, ROLE.shift);
  assert.equal(classOf('ISO_Level3_Shift').role, ROLE.modifier);
});
