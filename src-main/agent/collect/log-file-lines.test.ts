// Whole files, plain and compressed, line by line; what is no file is said in words.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { testFolder } from '../store/test-folder.ts';
import { openLogFile } from './log-file-lines.ts';
import { LONGEST_LINE_BYTES } from './logs-lines.ts';

async function linesOf(path: string, most = 1000): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const block of (await openLogFile(path)).blocks(most)) {
    assert.ok(block.lines.length <= most);
    lines.push(...block.lines);
  }
  return lines;
}

test('every line once, across the blocks in which the file is read, plain and compressed', async (t) => {
  const folder = testFolder(t);
  // Of odd lengths, so that blocks end within lines and within characters; the last one lacks its end.
  const lines = Array.from({ length: 40_000 }, (_, n) => `${n} ${'ü'.repeat(n % 37)}`);
  writeFileSync(join(folder, 'a.log'), lines.join('\n'));
  writeFileSync(join(folder, 'a.log.gz'), gzipSync(lines.join('\n')));
  for (const name of ['a.log', 'a.log.gz']) assert.deepEqual(await linesOf(join(folder, name), 777), lines, name);
});

test('a line that is too long is cut, what follows it is not', async (t) => {
  const path = join(testFolder(t), 'long.log');
  writeFileSync(path, `first\n${'x'.repeat(1 << 20)}\nlast\n${'y'.repeat(1 << 20)}`);
  const [first, long, last, end, ...more] = await linesOf(path);
  assert.deepEqual([first, last, more], ['first', 'last', []]);
  assert.ok((long ?? '').startsWith('xxx') && (long ?? '').length <= 4 * LONGEST_LINE_BYTES + (256 << 10));
  assert.equal(end, 'y'.repeat(LONGEST_LINE_BYTES));
});

test('what can not be read is said in words', async (t) => {
  const folder = testFolder(t);
  await assert.rejects(openLogFile(join(folder, 'none.log')), {
    message: `There is no file ${join(folder, 'none.log')}.`,
  });
  await assert.rejects(openLogFile(folder), { message: `${folder} is a folder; name the log files in it.` });
});
