import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastOf } from './soak-least.ts';

test('of each kind the least of all looks counts, and what was gone once counts nothing', () => {
  const looks = [
    ['Timeout', 'PipeWrap', 'PipeWrap', 'Timeout', 'TCPServerWrap'],
    ['PipeWrap', 'PipeWrap', 'Timeout', 'TCPServerWrap', 'FSReqPromise'],
    ['PipeWrap', 'TCPServerWrap', 'Timeout', 'Timeout', 'PipeWrap', 'TCPServerWrap'],
  ];
  let least: Readonly<Record<string, number>> | null = null;
  for (const kinds of looks) least = leastOf(least, kinds);
  assert.deepEqual(least, { Timeout: 1, PipeWrap: 2, TCPServerWrap: 1 });
  // The one timer of an agent at rest is not there while it runs.
  assert.deepEqual(leastOf(least, ['PipeWrap', 'PipeWrap', 'TCPServerWrap']), { PipeWrap: 2, TCPServerWrap: 1 });
});
