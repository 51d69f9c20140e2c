import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visiblePieces, visibleText } from './visible-text.ts';

test('what is seen anyway stays one piece', () => {
  const line = 'Nov 21 05:00:01 host sshd[12]: Failed password for müller from 203.0.113.7 — 日本 \u{1f512}';
  assert.deepEqual(visiblePieces(line), [{ text: line, mark: null }]);
  assert.deepEqual(visiblePieces(''), []);
});

test('an escape sequence and a forged line break are named', () => {
  assert.deepEqual(visiblePieces('for \u001b[2Kroot\r\nx'), [
    { text: 'for ', mark: null },
    { text: '\u001b', mark: '\\x1b' },
    { text: '[2Kroot', mark: null },
    { text: '\r\n', mark: '\\r\\n' },
    { text: 'x', mark: null },
  ]);
});

test('marks that turn the direction, that join and that separate lines are named, and halves of characters', () => {
  // U+202E right-to-left override, U+2066 isolate, U+200B zero width space, U+2028 line separator, U+FEFF, U+0085, a lone surrogate.
  assert.equal(
    visibleText('a\u202eb\u2066c\u200bd\u2028e\ufefff\u0085g\ud800h'),
    'a\\u{202e}b\\u{2066}c\\u{200b}d\\u{2028}e\\u{feff}f\\x85g\\u{d800}h',
  );
  assert.equal(visibleText('tab\there, null\0, delete\u007f'), 'tab\\there, null\\x00, delete\\x7f');
});
