import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitTo } from './help-text.ts';

const A_HUNDRED = 'ten chars '.repeat(10).trim();

test('what was broken for a wide editor is filled to the width of the terminal', () => {
  assert.equal(
    fitTo(`\n${A_HUNDRED}\nand the end.\n\nAnother.`, 40),
    [
      '',
      'ten chars ten chars ten chars ten chars',
      'ten chars ten chars ten chars ten chars',
      'ten chars ten chars and the end.',
      '',
      'Another.',
    ].join('\n'),
  );
  assert.equal(fitTo(`${A_HUNDRED}\nand the end.`, 200), `${A_HUNDRED} and the end.`);
});

test('what belongs to a word stays under its meaning, and the next word begins a line', () => {
  assert.equal(
    fitTo(`  full     ${A_HUNDRED}\n           and the end.\n  fingers  short`, 50),
    [
      '  full     ten chars ten chars ten chars ten chars',
      '           ten chars ten chars ten chars ten chars',
      '           ten chars ten chars and the end.',
      '  fingers  short',
    ].join('\n'),
  );
});

test('short lines are meant as they stand, and exit codes have a line of their own', () => {
  const table = '  {a: 1,\n   b: 2}\nvalue is the one.';
  assert.equal(fitTo(table, 80), table);
  assert.match(fitTo(`${A_HUNDRED}\nExit codes: 0 fine.`, 120), /\nExit codes: 0 fine\.$/);
});

test('a word that is longer than the line stays whole', () => {
  assert.equal(fitTo('x'.repeat(30), 20), 'x'.repeat(30));
  assert.equal(fitTo(`  ${'x'.repeat(30)} end`, 20), `  ${'x'.repeat(30)}\n  end`);
});
