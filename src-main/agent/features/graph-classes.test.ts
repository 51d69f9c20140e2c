import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyClassOf, PAIR_CLASS, pairClassOf } from './graph-classes.ts';

test('keys have the class of their finger, special keys one of their own', () => {
  const classes = { a: 0, s: 1, d: 2, f: 3, t: 3, j: 4, k: 5, l: 6, p: 7, A: 0, '?': 7, space: 8 };
  for (const [key, expected] of Object.entries(classes)) assert.equal(keyClassOf(key), expected, key);
  const special = { Shift_L: 9, Tab: 9, Control_L: 9, Shift_R: 10, Return: 11, BackSpace: 12, F5: 13, Left: 13, é: 13 };
  for (const [key, expected] of Object.entries(special)) assert.equal(keyClassOf(key), expected, key);
});

test('pairs have the class of what the hands do', () => {
  const pairs: readonly (readonly [string, string, keyof typeof PAIR_CLASS])[] = [
    ['a', 'j', 'hands'],
    ['p', 'q', 'hands'],
    ['a', 's', 'sameHand'],
    ['r', 't', 'sameFinger'],
    ['l', 'l', 'sameKey'],
    ['e', 'space', 'toSpace'],
    ['space', 't', 'fromSpace'],
    ['space', 'space', 'spaces'],
    ['e', 'BackSpace', 'toCorrection'],
    ['space', 'BackSpace', 'toCorrection'],
    ['BackSpace', 'space', 'fromCorrection'],
    ['BackSpace', 'BackSpace', 'corrections'],
    ['space', 'Shift_L', 'toModifier'],
    ['BackSpace', 'Shift_R', 'toModifier'],
    ['Shift_L', 'i', 'fromModifier'],
    ['Shift_L', 'Shift_R', 'other'],
    ['.', 'Return', 'enter'],
    ['Return', 'Shift_L', 'enter'],
    ['F5', 'a', 'other'],
    ['F5', 'space', 'other'],
  ];
  for (const [first, second, expected] of pairs)
    assert.equal(pairClassOf(first, second), PAIR_CLASS[expected], `${first} ${second}`);
});
