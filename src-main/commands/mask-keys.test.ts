import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskEvent, maskKey } from './mask-keys.ts';

test('every printable key becomes the home key of its finger, as a typing chart has it', () => {
  const chart = {
    a: '`1qaz',
    s: '2wsx',
    d: '3edc',
    f: '45rtfgvb',
    j: '67yuhjnm',
    k: '8ik,',
    l: '9ol.',
    ';': "0p;/-=[]'\\",
  };
  for (const [home, keys] of Object.entries(chart)) {
    for (const key of keys) assert.equal(maskKey(key), home, key);
  }
  assert.equal(Object.values(chart).join('').length, 47);
});

test('every character that a keyboard can write leaves as one of eight keys', () => {
  const home = new Set(['a', 's', 'd', 'f', 'j', 'k', 'l', ';']);
  for (let code = 0x21; code < 0x7f; code++)
    assert.ok(home.has(maskKey(String.fromCharCode(code))), String.fromCharCode(code));
});

test('digits of the keypad, foreign letters and unknown keys give nothing away', () => {
  const keypad = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'Add', 'Decimal', 'Home'].map((name) =>
    maskKey(`KP_${name}`),
  );
  assert.deepEqual([...new Set(keypad)], ['KP_5']);
  for (const key of ['ä', 'ß', 'é', 'less', 'eacute', 'dead_acute', 'keycode_86', '日', '']) {
    assert.equal(maskKey(key), 'keycode_0', key);
  }
});

test('keys that write nothing keep their names', () => {
  for (const key of ['Shift_L', 'BackSpace', 'Return', 'space', 'Left', 'F12', 'Caps_Lock', 'KP_Enter']) {
    assert.equal(maskKey(key), key);
  }
});

test('only the key of an event changes', () => {
  const press = { type: 'keystroke', ts: 5, key: 'q', event: 'press' } as const;
  assert.deepEqual(maskEvent(press), { type: 'keystroke', ts: 5, key: 'a', event: 'press' });
  const move = { type: 'mouse', ts: 6, x: 1, y: 2, event: 'move' } as const;
  assert.deepEqual(maskEvent(move), move);
  const focus = { type: 'app', ts: 7, app_name: 'firefox', event: 'focus' } as const;
  assert.deepEqual(maskEvent(focus), focus);
});
