import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openStore } from './open-store.ts';
import { testFolder, testKey } from './test-folder.ts';

const ROUNDS = 30;
const ROWS_A_FLUSH = 50;

/** Writes scores without end, going on from the number given, and says after each flush how many there are. */
const WRITER = `
  import { writeSync } from 'node:fs';
  import { openStore } from ${JSON.stringify(new URL('./open-store.ts', import.meta.url).href)};
  const { store } = await openStore(process.argv[1], { key: Buffer.alloc(32, 7) });
  for (let ts = Number(process.argv[2]); ; ) {
    for (let n = 0; n < ${ROWS_A_FLUSH}; n++) store.addScore({ ts: ts++, modality: 'app', raw: ts, llr: ts, points: ts });
    store.flush();
    writeSync(1, ts + '\\n');
  }
`;

/** @returns the last count that the writer acknowledged before it was killed. */
async function writeUntilKilled(folder: string, from: number, acknowledgements: number): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = 0;
  let last = from;
  for await (const line of createInterface({ input: child.stdout })) {
    // A line that was cut off by the kill would be no number of whole flushes.
    if (Number(line) % ROWS_A_FLUSH === 0) last = Math.max(last, Number(line));
    if (++seen === acknowledgements) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return last;
}

test(`a writer killed ${ROUNDS} times loses nothing that it had flushed, and leaves no half batch`, async (t) => {
  const folder = testFolder(t);
  let stored = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await writeUntilKilled(folder, stored, 1 + ((round * 37) % 101));
    const { store, opening } = await openStore(folder, { key: testKey() });
    const scores = store.scores(0, Number.MAX_SAFE_INTEGER);
    store.close();
    assert.deepEqual(opening, { kind: 'opened' });
    assert.ok(scores.length >= acknowledged, `${acknowledged} acknowledged, ${scores.length} found`);
    assert.equal(scores.length % ROWS_A_FLUSH, 0);
    assert.ok(scores.every((score, n) => score.ts === n && score.raw === n + 1));
    stored = scores.length;
  }
});
