import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { readRecording, type Recorded } from './recording.ts';

const dir = mkdtempSync(join(tmpdir(), 'seclyzer-recording-'));
after(() => rmSync(dir, { recursive: true }));

const key = (ts: number, event = 'press'): string => JSON.stringify({ type: 'keystroke', ts, key: 'a', event });

function file(name: string, content: string | Buffer): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

async function everything(path: string): Promise<readonly Recorded[]> {
  const all: Recorded[] = [];
  for await (const one of readRecording(path)) all.push(one);
  return all;
}

async function read(path: string): Promise<{ events: number; refusals: readonly Recorded[] }> {
  const all = await everything(path);
  return { events: all.filter((one) => 'event' in one).length, refusals: all.filter((one) => 'refused' in one) };
}

test('a small recording, plain and gzipped', async () => {
  const text = `${key(1)}\n\n${key(2, 'release')}\n${key(2)}\n`;
  const expected = [
    { event: { type: 'keystroke', ts: 1, key: 'a', event: 'press' } },
    { event: { type: 'keystroke', ts: 2, key: 'a', event: 'release' } },
    { event: { type: 'keystroke', ts: 2, key: 'a', event: 'press' } },
  ];
  assert.deepEqual(await everything(file('small.jsonl', text)), expected);
  assert.deepEqual(await everything(file('small.jsonl.gz', gzipSync(text))), expected);
});

test('the last line may lack its newline; an empty file has no events', async () => {
  assert.deepEqual(await read(file('open.jsonl', `${key(1)}\n${key(2)}`)), { events: 2, refusals: [] });
  assert.deepEqual(await read(file('empty.jsonl', '')), { events: 0, refusals: [] });
  assert.deepEqual(await read(file('empty.jsonl.gz', gzipSync(''))), { events: 0, refusals: [] });
});

test('what is no event is refused with its line, and the rest is read', async () => {
  const text = [
    key(10),
    'nonsense',
    key(30),
    key(20),
    '{"type":"keystroke"}',
    `"${'x'.repeat(9000)}"`,
    key(30),
    '',
  ].join('\n');
  const { events, refusals } = await read(file('bad.jsonl', text));
  assert.equal(events, 3); // 10, 30, 30
  assert.deepEqual(
    refusals.map((one) => ('line' in one ? one.line : 0)),
    [2, 4, 5, 6],
  );
  assert.deepEqual(refusals[0], { refused: 'not a JSON object', line: 2 });
  assert.deepEqual(refusals[1], { refused: 'out of order: earlier than the event before it', line: 4 });
  assert.deepEqual(refusals[3], { refused: 'a line of over 4096 characters', line: 6 });
});

test('a refusal never repeats what was typed', async () => {
  const secret = '{"type":"keystroke","ts":1,"key":"hunter2-hunter2","event":"tap"}\nhunter2\n';
  const { refusals } = await read(file('secret.jsonl', secret));
  assert.equal(refusals.length, 2);
  assert.ok(!JSON.stringify(refusals).includes('hunter2'));
});

test('a plain file cut in a line: all before it, and one refusal', async () => {
  const text = `${key(1)}\n${key(2)}\n${key(3).slice(0, 20)}`;
  const expected = { events: 2, refusals: [{ refused: 'recording cut off after 2 events', line: 3 }] };
  assert.deepEqual(await read(file('cut.jsonl', text)), expected);
});

test('a gzip file cut anywhere: all that zlib can recover, and one refusal', async () => {
  // Pseudo-random times, so that the text does not shrink to a few bytes.
  let ts = 0;
  const lines = Array.from({ length: 20_000 }, (_, i) => key((ts += 1 + ((i * 2654435761) % 99_991))));
  const whole = gzipSync(`${lines.join('\n')}\n`);
  assert.ok(whole.length > 100_000, 'the file spans several chunks of 64 KiB');
  for (const share of [0.001, 0.2, 0.5, 0.77, 0.999]) {
    const cut = whole.subarray(0, Math.floor(whole.length * share));
    const text = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    const complete = text.split('\n').length - 1;
    const { events, refusals } = await read(file('cut.jsonl.gz', cut));
    assert.equal(events, complete, `share ${share}`);
    assert.equal(refusals.length, 1);
    const [refusal] = refusals;
    assert.ok(refusal !== undefined && 'refused' in refusal);
    assert.equal(refusal.refused, `recording cut off after ${complete} events`);
  }
  assert.deepEqual(await read(file('whole.jsonl.gz', whole)), { events: 20_000, refusals: [] });
});

test('a damaged gzip file: its events up to the damage, and one refusal', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => key(i * 1_000_003));
  const whole = gzipSync(`${lines.join('\n')}\n`, { level: 0 }); // stored, so the damage does not spread
  const at = Math.floor(whole.length / 2);
  whole.writeUInt32LE(0, whole.length - 8); // the checksum: all but the last piece of 4 KiB is given
  const { events, refusals } = await read(file('checksum.jsonl.gz', whole));
  assert.ok(events > 20_000 * (1 - 5000 / whole.length) && events < 20_000, `${events} events`);
  assert.deepEqual(refusals, [{ refused: `recording damaged after ${events} events`, line: events + 1 }]);
  // Deflate has no block type 3: bits 1 and 2 of a block's first byte. Blocks of level 0 end where length and its
  // complement stand; the next one is found by its header.
  const header = whole.findIndex(
    (byte, i) => i > at && byte === 0 && whole.readUInt16LE(i + 1) === (~whole.readUInt16LE(i + 3) & 0xffff),
  );
  whole[header] = 0b110;
  const half = await read(file('block.jsonl.gz', whole));
  assert.ok(half.events > 5_000 && half.events < events, `${half.events} events`);
  assert.equal(half.refusals.length, 1);
});

test('what is no recording at all is an error', async () => {
  await assert.rejects(read(join(dir, 'absent.jsonl')), /absent\.jsonl: there is no such file/);
  await assert.rejects(read(dir), /it is a folder/);
  await assert.rejects(read(file('plain.jsonl.gz', 'not compressed at all')), /it is not a gzip file/);
});

test('a reader may stop early', async () => {
  const path = file('long.jsonl.gz', gzipSync(`${Array.from({ length: 50_000 }, (_, i) => key(i)).join('\n')}\n`));
  let count = 0;
  for await (const _ of readRecording(path)) {
    count += 1;
    if (count === 3) break;
  }
  assert.equal(count, 3);
});

const shared = new URL('../../../../shared/recordings/bbmas/', import.meta.url);
test(
  'real recordings are read without a refusal',
  { skip: existsSync(shared) ? false : 'no ../shared/recordings' },
  async () => {
    const { readdirSync } = await import('node:fs');
    const subject = readdirSync(shared).find((name) => /^\w+$/.test(name)) ?? '';
    const session = readdirSync(new URL(`${subject}/`, shared)).find((name) => name.endsWith('.gz')) ?? '';
    const url = new URL(`${subject}/${session}`, shared);
    const { readFileSync } = await import('node:fs');
    const lines = gunzipSync(readFileSync(url)).toString().trim().split('\n').length;
    assert.deepEqual(await read(url.pathname), { events: lines, refusals: [] });
  },
);
