// A life of some seconds at sixty thousand times the speed, with an agent that only keeps what it is sent.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { testFolder } from '../agent/store/test-folder.ts';
import { feed } from './soak-feed.ts';
import { pause } from './soak-visits.ts';

const START_MS = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;

/** One key a second. */
function* keys(): Generator<InputEvent, never> {
  for (let n = 0; ; n += 1) yield { type: 'keystroke', ts: (START_MS + n * 1000) * 1000, key: 'a', event: 'press' };
}

test('input comes when its time has come, and what is late is left out and counted', async (t) => {
  const logFile = join(testFolder(t), 'auth.log');
  writeFileSync(logFile, '');
  const sent: InputEvent[] = [];
  let nowMs = START_MS;
  const over = new AbortController();
  const client = {
    ingest: async (events: readonly unknown[]) => {
      sent.push(...(events as readonly InputEvent[]));
      // Of each batch one is refused, but of that which comes after the stop all.
      return nowMs > START_MS + 60_000 ? -1 : 1;
    },
  };
  const feeding = feed({ client, input: keys(), logFile, lifeMs: () => nowMs, over: over.signal });
  nowMs = START_MS + 10_000;
  await pause(250, over.signal);
  assert.deepEqual(
    sent.map(({ ts }) => (ts / 1000 - START_MS) / 1000),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  // The agent was stopped for 90 seconds: half a minute of it is still told, of the seconds from 70 to 100.
  nowMs = START_MS + 100_000;
  await pause(250, over.signal);
  over.abort();
  await feeding.done;
  const { events, refused, late } = feeding.fed();
  assert.deepEqual([events, late], [11 + 31, 59]);
  // At most a batch of the first eleven for each step, one refused of each; and all 31 later ones.
  assert.ok(refused >= 32 && refused <= 34, `${refused}`);
});

test('lines stand at the end of the log once their time has come, and the log is rotated every three hours', async (t) => {
  const logFile = join(testFolder(t), 'auth.log');
  writeFileSync(logFile, '');
  let nowMs = START_MS;
  const over = new AbortController();
  const client = { ingest: async () => 0 };
  const feeding = feed({ client, input: keys(), logFile, lifeMs: () => nowMs, over: over.signal });
  const timesOf = (file: string): readonly number[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => Date.parse(line.slice(0, 24)));
  nowMs = START_MS + HOUR_MS / 2;
  await pause(600, over.signal);
  const first = timesOf(logFile);
  assert.ok(first.length > 50 && Math.max(...first) <= nowMs && Math.max(...first) > nowMs - HOUR_MS / 10);
  assert.equal(existsSync(`${logFile}.1`), false);
  nowMs = START_MS + 3.5 * HOUR_MS;
  await pause(600, over.signal);
  over.abort();
  await feeding.done;
  assert.deepEqual(timesOf(`${logFile}.1`), first);
  assert.equal(feeding.fed().logLines, first.length + timesOf(logFile).length);
});
