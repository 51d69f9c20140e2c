// `seclyzer record` on real input: what is typed must not be in the file, unless it was asked for. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { parseEventLine, type InputEvent } from '../src-main/agent/events.ts';
import { missingForX, startXSession, type XSession } from './x-session.ts';

const missing = missingForX();
const CLI = path.resolve(import.meta.dirname, '..', 'src-main', 'cli.ts');
let session: XSession;
let dir = '';

before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'seclyzer-record-'));
  if (missing === null) session = await startXSession();
});
after(async () => {
  await session?.stop();
  await rm(dir, { recursive: true });
});

async function end(child: ReturnType<typeof spawn>): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** Records until something was typed and Ctrl-C came. */
async function recordTyping(
  file: string,
  word: string,
  ...options: string[]
): Promise<{ out: string; events: InputEvent[] }> {
  const env = { PATH: process.env['PATH'], HOME: dir, DISPLAY: session.display };
  const child = spawn(process.execPath, [CLI, 'record', file, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
  const done = end(child);
  while (!err.includes('events written')) {
    assert.equal(child.exitCode, null, err);
    await sleep(50);
  }
  const xdotool = spawn('xdotool', ['type', '--delay', '40', word], { env, stdio: 'ignore' });
  assert.equal(await end(xdotool), 0);
  await sleep(500);
  child.kill('SIGINT');
  assert.equal(await done, 0, err);
  const bytes = await readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const parsed = parseEventLine(line);
      assert.ok(parsed.ok, line);
      return parsed.event;
    });
  return { out, events };
}

const keysPressed = (events: readonly InputEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'keystroke' && event.event === 'press' ? [event.key] : []));

test('fingers only: the word is not in the file, its rhythm is', { skip: missing ?? false }, async () => {
  const file = path.join(dir, 'fingers.jsonl.gz');
  const { out, events } = await recordTyping(file, 'quiet7');
  // q u i e t 7: left little, right index, right middle, left middle, left index, right index.
  assert.deepEqual(keysPressed(events), ['a', 'j', 'k', 'd', 'f', 'j']);
  assert.ok(events.every((event, i) => i === 0 || event.ts >= (events[i - 1]?.ts ?? 0)));
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal(out, `${events.length} events in ${file}\n`);
});

test('with --keys full --yes the keys are there', { skip: missing ?? false }, async () => {
  const { events } = await recordTyping(path.join(dir, 'full.jsonl'), 'quiet7', '--keys', 'full', '--yes');
  assert.deepEqual(keysPressed(events), ['q', 'u', 'i', 'e', 't', '7']);
});

test('a recording is never written over another file', { skip: missing ?? false }, async () => {
  const file = path.join(dir, 'fingers.jsonl.gz');
  const before = await readFile(file);
  const env = { PATH: process.env['PATH'], HOME: dir, DISPLAY: session.display };
  const child = spawn(process.execPath, [CLI, 'record', file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
  assert.equal(await end(child), 1);
  assert.equal(err.trim(), `${file} exists already. Choose another name.`);
  assert.deepEqual(await readFile(file), before);
});
