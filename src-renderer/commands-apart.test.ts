import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsApart } from './commands-apart.ts';

const commandsOf = (sentence: string): readonly string[] =>
  commandsApart(sentence).flatMap(({ text, isCommand }) => (isCommand ? [text] : []));

test('the commands of a sentence, without the words and the full stop around them', () => {
  const both =
    'How to install it: sudo seclyzer syscalls --install. For as long as a terminal is open: sudo seclyzer syscalls --run';
  assert.deepEqual(commandsOf(both), ['sudo seclyzer syscalls --install', 'sudo seclyzer syscalls --run']);
  assert.deepEqual(commandsOf('What became of it: systemctl status seclyzer-syscalls'), [
    'systemctl status seclyzer-syscalls',
  ]);
  assert.deepEqual(commandsOf('sudo usermod -aG seclyzer ada, then log out and in again.'), [
    'sudo usermod -aG seclyzer ada',
  ]);
  assert.deepEqual(commandsOf('Start SecLyzer inside your desktop session.'), []);
});

test('nothing of the sentence is lost', () => {
  for (const sentence of ['', 'No command.', 'Run seclyzer doctor, then look.', 'seclyzer status'])
    assert.equal(
      commandsApart(sentence)
        .map(({ text }) => text)
        .join(''),
      sentence,
    );
});
