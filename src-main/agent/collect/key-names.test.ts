import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { keyName } from './key-names.ts';

/** The key table of uiohook-napi, read as text: importing it would load the native part. */
function uiohookKeys(): ReadonlyMap<string, number> {
  const entry = createRequire(import.meta.url).resolve('uiohook-napi');
  const source = readFileSync(join(dirname(entry), 'index.js'), 'utf8');
  const table = /exports\.UiohookKey = \{([\s\S]*?)\n\};/.exec(source)?.[1] ?? '';
  const found = table.matchAll(/^\s*(\w+): (0x[0-9A-F]+)(?: \| (0x[0-9A-F]+))?,/gm);
  return new Map([...found].map(([, name = '', a = '', b = '0x0']) => [name, Number(a) | Number(b)]));
}

const keys = uiohookKeys();
const nameOf = (key: string): string => keyName(keys.get(key) ?? -1);

test('every key that uiohook knows has a name, and no two share one', () => {
  assert.ok(keys.size >= 117, `found ${keys.size} keys`);
  const names = [...keys.keys()].map((key) => [key, nameOf(key)] as const);
  assert.deepEqual(
    names.filter(([, name]) => name.startsWith('keycode_')),
    [],
  );
  assert.equal(new Set(names.map(([, name]) => name)).size, names.length);
});

test('letters and digits are themselves, in lower case', () => {
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') assert.equal(nameOf(letter), letter.toLowerCase());
  for (const digit of '0123456789') assert.equal(nameOf(digit), digit);
});

test('punctuation is the unshifted character of the US layout', () => {
  const expected = {
    Semicolon: ';',
    Equal: '=',
    Comma: ',',
    Minus: '-',
    Period: '.',
    Slash: '/',
    Backquote: '`',
    BracketLeft: '[',
    Backslash: '\\',
    BracketRight: ']',
    Quote: "'",
  };
  for (const [key, name] of Object.entries(expected)) assert.equal(nameOf(key), name, key);
});

test('other keys have the names of the recording format', () => {
  const expected = {
    Space: 'space',
    Enter: 'Return',
    Tab: 'Tab',
    Backspace: 'BackSpace',
    Delete: 'Delete',
    Shift: 'Shift_L',
    ShiftRight: 'Shift_R',
    Ctrl: 'Control_L',
    CtrlRight: 'Control_R',
    Alt: 'Alt_L',
    AltRight: 'Alt_R',
    Meta: 'Super_L',
    MetaRight: 'Super_R',
    CapsLock: 'Caps_Lock',
    ArrowLeft: 'Left',
    ArrowUp: 'Up',
    Home: 'Home',
    PageUp: 'Prior',
    Insert: 'Insert',
    F12: 'F12',
    F24: 'F24',
    Numpad1: 'KP_1',
    NumpadEnter: 'KP_Enter',
    NumpadEnd: 'KP_End',
    NumpadDelete: 'KP_Delete',
    PrintScreen: 'Print',
  };
  for (const [key, name] of Object.entries(expected)) assert.equal(nameOf(key), name, key);
});

test('a key without a name is told by its code', () => {
  assert.equal(keyName(0), 'keycode_0');
  assert.equal(keyName(0xe030), 'keycode_57392');
});
