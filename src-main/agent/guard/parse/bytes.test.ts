// Bytes as they may lie in a file: real lines with bytes changed, taken out, put in or spliced, invalid UTF-8, NUL, lines of a megabyte. Read as
// the guard reads them, they never are an error, and a login is one only where the whole wording of one is there.
// More of it: SECLYZER_FUZZ_LINES=5000000 SECLYZER_FUZZ_SEED=2 node --test this file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_LINE_BYTES, splitLines } from '../../collect/logs-lines.ts';
import { createRandom, type Random } from '../../learn/random.ts';
import { playScenario, SCENARIOS } from '../demo/scenarios.ts';
import { createParser, newTally } from './parser.ts';

const LINES = Number(process.env['SECLYZER_FUZZ_LINES'] ?? 20_000);
const SEED = Number(process.env['SECLYZER_FUZZ_SEED'] ?? 1);
const START_MS = Date.UTC(2026, 1, 2);
const END_MS = START_MS + 60 * 86_400_000;
/** What a line must hold, in this order, to be one of a login; between these words bytes may have been lost. */
const LOGIN = /Accepted .* for.* from |session opened for user |LOGIN ON |ROOT LOGIN|New session /s;

const pool = (seed: number): readonly Buffer[] =>
  SCENARIOS.flatMap((scenario) => playScenario(scenario, START_MS, seed)).map((line) => Buffer.from(line));

/** One to four changes, each of one byte, of a stretch, or of the end for that of another line. */
function spoiled(line: Buffer, other: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(line);
  for (let n = random.int(4); n >= 0; n -= 1) {
    const at = random.int(bytes.length + 1);
    const to = Math.min(bytes.length, at + random.int(12));
    const kind = random.int(5);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = random.int(256);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), noise(random), bytes.subarray(at)]);
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(at)]);
    else bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(random.int(other.length))]);
    if (bytes.length === 0) bytes = Buffer.from('x');
  }
  return bytes;
}

const noise = (random: Random): Buffer => Buffer.from(Array.from({ length: 1 + random.int(6) }, () => random.int(256)));

const BLOCK = 64 * 1024;

/** All lines of these bytes, as a source makes them: block by block. */
function linesOf(bytes: Buffer): readonly string[] {
  const lines: string[] = [];
  let [waiting, skipping] = [Buffer.alloc(0), false];
  for (let at = 0; at < bytes.length; at += BLOCK) {
    waiting = Buffer.concat([waiting, bytes.subarray(at, at + BLOCK)]);
    for (let more = true; more;) {
      const split = splitLines(waiting, skipping, 1000);
      lines.push(...split.lines);
      waiting = waiting.subarray(split.consumed);
      ({ skipping } = split);
      more = split.consumed > 0 && waiting.length > 0;
    }
    assert.ok(waiting.length < LONGEST_LINE_BYTES);
  }
  return lines;
}

test(`spoiled lines (${LINES}, seed ${SEED})`, () => {
  const random = createRandom(SEED);
  const lines = pool(SEED);
  const tally = newTally();
  const { read } = createParser({ format: 'lines', role: 'all', notAfterMs: () => END_MS }, tally);
  const any = (): Buffer => lines[random.int(lines.length)] as Buffer;
  let events = 0;
  for (let done = 0; done < LINES; done += 500) {
    const block = Array.from({ length: 500 }, () => Buffer.concat([spoiled(any(), any(), random), Buffer.from('\n')]));
    for (const line of linesOf(Buffer.concat(block))) {
      const event = read(line);
      if (event === null) continue;
      events += 1;
      assert.ok(Number.isFinite(event.atMs) && event.atMs <= END_MS + 86_400_000, line);
      assert.ok(event.count >= 1 && event.count <= 1_000_000, line);
      if (event.kind === 'login') assert.match(line, LOGIN);
      // Whatever stands in it goes to a terminal and into a notification.
      for (const text of [event.user, event.address, event.target, event.detail, event.method])
        assert.ok(text === null || !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text), JSON.stringify(text));
    }
  }
  assert.ok(events > LINES / 10 && tally.unparsed > LINES / 100, `${events} events, ${tally.unparsed} not understood`);
  assert.ok(tally.unknown.size <= 201 && tally.examples.size <= 200);
});

test('lines of a megabyte, of NUL, of half characters and without an end take their time and nothing else', () => {
  const random = createRandom(SEED);
  const { read } = createParser({ format: 'lines', role: 'all', notAfterMs: () => END_MS }, newTally());
  const good = (pool(1)[0] as Buffer).toString();
  const bytes = Buffer.from(Array.from({ length: 1 << 20 }, () => random.int(256)));
  const mega = (byte: number): Buffer => Buffer.alloc(1 << 20, byte);
  const startMs = performance.now();
  for (const hostile of [mega(0), mega(0x61), mega(0xff), mega(0xc3), mega(0x20), bytes]) {
    const all = linesOf(Buffer.concat([hostile, Buffer.from(`\n${good}\n`), hostile]));
    const found = all.filter((line) => read(line) !== null);
    // What comes after them is read as if they had not been there.
    assert.deepEqual(
      found,
      [good].filter((line) => read(line) !== null),
    );
  }
  assert.ok(performance.now() - startMs < 2000, `${performance.now() - startMs} ms`);
});
