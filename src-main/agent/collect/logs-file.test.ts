// Every line once: a file is written to, rotated in every way, cut and taken away while it is read, and reading is begun anew from the
// position of any earlier batch.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { testFolder } from '../store/test-folder.ts';
import { openFileSource } from './logs-file.ts';
import { whoMayRead } from './logs-permission.ts';
import type { LogNote, LogSource } from './logs-source.ts';

interface Bench {
  readonly path: string;
  readonly write: (from: number, to: number) => void;
  /** Reads all there is, as a run of the program does. */
  readonly drain: () => Promise<void>;
  /** Reads one batch. @returns whether there may be more. */
  readonly step: () => Promise<boolean>;
  /** Forgets the source, as a crash does, and goes on from the last position. */
  readonly restart: () => Promise<void>;
  readonly lines: () => readonly string[];
  readonly notes: readonly LogNote[];
  readonly later: (ms: number) => void;
  readonly source: () => LogSource;
}

/** Far longer than 256 bytes together, so that beginnings differ. */
const lineOf = (n: number): string => `2026-02-21T06:55:46Z host sshd[${n}]: line ${n} ${'.'.repeat(n % 50)}`;
const linesOf = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => lineOf(from + i));

function benchIn(t: TestContext): Bench {
  const path = join(testFolder(t), 'auth.log');
  const read: string[] = [];
  const notes: LogNote[] = [];
  let nowMs = 1_000_000;
  let position: string | null = null;
  const open = (): LogSource => openFileSource({ path, role: 'all', position, nowMs: () => nowMs });
  let source = open();
  t.after(() => source.close());
  const step = async (): Promise<boolean> => {
    const batch = await source.read(7);
    read.push(...batch.lines);
    notes.push(...batch.notes);
    ({ position } = batch);
    return batch.more;
  };
  return {
    path,
    write: (from, to) =>
      appendFileSync(
        path,
        linesOf(from, to)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    drain: async () => {
      for (let more = true; more;) more = await step();
    },
    step,
    restart: async () => {
      await source.close();
      source = open();
    },
    lines: () => read,
    notes,
    later: (ms) => void (nowMs += ms),
    source: () => source,
  };
}

const isAll = ({ lines }: Bench, to: number): void => assert.deepEqual(lines(), linesOf(0, to));

test('what is appended is read, half a line when its other half has come', async (t) => {
  const b = benchIn(t);
  writeFileSync(b.path, `${lineOf(0)}\n${lineOf(1).slice(0, 20)}`);
  await b.drain();
  isAll(b, 1);
  await b.drain();
  appendFileSync(b.path, `${lineOf(1).slice(20)}\n`);
  b.write(2, 40);
  await b.drain();
  isAll(b, 40);
});

test('a log that nobody writes to is asked for its size alone: no look takes memory to read into', async (t) => {
  const b = benchIn(t);
  b.write(0, 3);
  await b.drain();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let look = 0; look < 50; look += 1) {
    await b.drain();
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  // One reading takes 64 KiB.
  assert.ok(most < 65_536, `${most} bytes`);
  b.write(3, 5);
  await b.drain();
  isAll(b, 5);
});

test('a missing file is waited for', async (t) => {
  const b = benchIn(t);
  await b.drain();
  assert.deepEqual(b.source().state(), { status: 'waiting', reason: `there is no ${b.path} yet`, fix: null });
  b.write(0, 3);
  await b.drain();
  isAll(b, 3);
  assert.equal(b.source().state().status, 'reading');
});

test('rotation by renaming: the rest of the old file first, also what is written to it late', async (t) => {
  const b = benchIn(t);
  b.write(0, 20);
  await b.drain();
  b.write(20, 25);
  renameSync(b.path, `${b.path}.1`);
  appendFileSync(`${b.path}.1`, `${lineOf(25)}\n`);
  await b.drain();
  b.write(26, 30);
  appendFileSync(b.path, '');
  await b.drain();
  // The writer has not been told yet: this comes before what is in the new file.
  assert.deepEqual(b.lines(), linesOf(0, 26));
  b.later(3000);
  await b.drain();
  isAll(b, 30);
  assert.deepEqual(b.notes, []);
});

for (const compressed of [false, true]) {
  test(`rotation while nobody reads, ${compressed ? 'compressed' : 'plain'}`, async (t) => {
    const b = benchIn(t);
    b.write(0, 20);
    await b.drain();
    b.write(20, 60);
    const name = `${b.path}.1`;
    renameSync(b.path, name);
    if (compressed) {
      writeFileSync(`${name}.gz`, gzipSync(readFileSync(name)));
      rmSync(name);
    }
    b.write(60, 80);
    await b.restart();
    await b.drain();
    isAll(b, 80);
    assert.deepEqual(b.notes, []);
  });
}

test('several rotations while nobody reads, and a restart in the middle of catching up', async (t) => {
  const b = benchIn(t);
  b.write(0, 20);
  await b.drain();
  b.write(20, 30);
  renameSync(b.path, `${b.path}.2`);
  writeFileSync(`${b.path}.2.gz`, gzipSync(readFileSync(`${b.path}.2`)));
  rmSync(`${b.path}.2`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  b.write(30, 50);
  renameSync(b.path, `${b.path}.1`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  b.write(50, 60);
  for (let n = 0; n < 30; n += 1) {
    await b.restart();
    await b.step();
  }
  isAll(b, 60);
  assert.deepEqual(b.notes, []);
});

test('rotation by copy and truncation', async (t) => {
  const b = benchIn(t);
  b.write(0, 20);
  await b.drain();
  b.write(20, 25);
  copyFileSync(b.path, `${b.path}.1`);
  truncateSync(b.path);
  b.write(25, 27);
  await b.drain();
  isAll(b, 27);
  assert.deepEqual(b.notes, []);
  // Emptied, and grown past the old place before anybody looked.
  copyFileSync(b.path, `${b.path}.1`);
  truncateSync(b.path);
  b.write(27, 90);
  await b.drain();
  isAll(b, 90);
  assert.deepEqual(b.notes, []);
});

test('emptied without a copy is told, and what comes after is read', async (t) => {
  const b = benchIn(t);
  b.write(0, 20);
  await b.drain();
  truncateSync(b.path);
  await b.drain();
  b.write(20, 22);
  await b.drain();
  isAll(b, 22);
  assert.deepEqual(
    b.notes.map(({ kind, words }) => [kind, words]),
    [['cleared', `${b.path} was emptied or replaced, and there is no rotated copy of it`]],
  );
});

test('cut at its end, edited in place by a new file, and removed: each is told', async (t) => {
  const b = benchIn(t);
  b.write(0, 20);
  await b.drain();
  truncateSync(b.path, readFileSync(b.path).length - 50);
  await b.drain();
  assert.match(b.notes.at(-1)?.words ?? '', /is 50 bytes shorter than what was read of it$/);
  // sed -i: another file with the same beginning, one line of it another.
  const whole = readFileSync(b.path, 'utf8');
  await b.restart();
  writeFileSync(`${b.path}.new`, `${whole.replace('line 12 ', 'line XX ')}\n`);
  renameSync(`${b.path}.new`, b.path);
  await b.drain();
  assert.match(b.notes.at(-1)?.words ?? '', /was written anew, and its lines may have been changed$/);
  const before = b.notes.length;
  rmSync(b.path);
  await b.drain();
  await b.drain();
  assert.deepEqual(
    b.notes.slice(before).map(({ words }) => words),
    [`${b.path} was removed, and there is no rotated copy of it`],
  );
  b.write(20, 21);
  b.later(3000);
  await b.drain();
  assert.equal(b.notes.length, before + 1);
  assert.equal(b.lines().at(-1), lineOf(20));
});

test('a line without an end is cut, the next one is whole, also after a restart in between', async (t) => {
  const b = benchIn(t);
  writeFileSync(b.path, 'x'.repeat(200_000));
  await b.drain();
  assert.deepEqual(
    b.lines().map((line) => line.length),
    [65_536],
  );
  await b.restart();
  appendFileSync(b.path, `${'x'.repeat(100)}\n${lineOf(5)}\n`);
  await b.drain();
  assert.equal(b.lines().length, 2);
  assert.equal(b.lines()[1], lineOf(5));
});

test('bytes that are no UTF-8, line breaks of Windows and zeros of a truncated file do no harm', async (t) => {
  const b = benchIn(t);
  writeFileSync(
    b.path,
    Buffer.concat([Buffer.alloc(5000), Buffer.from('a\r\n'), Buffer.from([0xc3, 0x28, 10, 10]), Buffer.from('ü\n')]),
  );
  await b.drain();
  assert.deepEqual(b.lines(), ['a\r', '\uFFFD(', '', 'ü']);
});

test('a restart from the position of any batch gives what that batch left', async (t) => {
  const b = benchIn(t);
  b.write(0, 50);
  const source = openFileSource({ path: b.path, role: 'all', position: null });
  const batches: { readonly lines: readonly string[]; readonly position: string | null }[] = [];
  for (let batch = await source.read(6); batch.lines.length > 0; batch = await source.read(6)) batches.push(batch);
  await source.close();
  let count = 0;
  for (const { lines, position } of batches) {
    count += lines.length;
    const again = openFileSource({ path: b.path, role: 'all', position });
    const rest: string[] = [];
    for (let batch = await again.read(100); batch.lines.length > 0; batch = await again.read(100))
      rest.push(...batch.lines);
    await again.close();
    assert.deepEqual(rest, linesOf(count, 50));
  }
  assert.equal(count, 50);
});

test('after a restart the last window comes again, marked as such, and then what is new', async (t) => {
  const b = benchIn(t);
  b.write(0, 30);
  const source = openFileSource({ path: b.path, role: 'all', position: null });
  const first = await source.read(10);
  const second = await source.read(10);
  await source.close();
  const again = openFileSource({ path: b.path, role: 'all', position: second.position, warmFrom: first.position });
  const warm: string[] = [];
  const fresh: string[] = [];
  for (let batch = await again.read(4); batch.lines.length > 0; batch = await again.read(4)) {
    (batch.warm ? warm : fresh).push(...batch.lines);
    if (batch.warm) assert.equal(batch.position, second.position);
  }
  await again.close();
  assert.deepEqual(warm, linesOf(10, 20));
  assert.deepEqual(fresh, linesOf(20, 30));
});

test('the last window comes again also where it lies in files that were rotated and compressed meanwhile', async (t) => {
  const b = benchIn(t);
  b.write(0, 30);
  const source = openFileSource({ path: b.path, role: 'all', position: null });
  const [first, second] = [await source.read(10), await source.read(10)];
  await source.close();
  writeFileSync(`${b.path}.1.gz`, gzipSync(readFileSync(b.path)));
  rmSync(b.path);
  b.write(30, 40);
  const again = openFileSource({ path: b.path, role: 'all', position: second.position, warmFrom: first.from });
  const warm: string[] = [];
  const fresh: string[] = [];
  for (let batch = await again.read(4); batch.more; batch = await again.read(4))
    (batch.warm ? warm : fresh).push(...batch.lines);
  await again.close();
  assert.deepEqual(warm, linesOf(0, 20));
  assert.deepEqual(fresh, linesOf(20, 40));
});

test('at the end, when only what comes now is wanted', async (t) => {
  const b = benchIn(t);
  writeFileSync(b.path, `${lineOf(0)}\nhalf`);
  const source = openFileSource({ path: b.path, role: 'all', position: null, begin: 'end' });
  assert.deepEqual((await source.read(10)).lines, []);
  appendFileSync(b.path, ` a line\n${lineOf(1)}\n`);
  assert.deepEqual((await source.read(10)).lines, [lineOf(1)]);
  await source.close();
});

test('without permission: whose it is, and the command that helps', async (t) => {
  const b = benchIn(t);
  b.write(0, 1);
  const adm = gidOf('adm');
  if (adm !== null && process.getuid?.() === 0) {
    chownSync(b.path, 0, adm);
    chmodSync(b.path, 0o640);
    const { reason, fix, command } = await whoMayRead(b.path);
    assert.equal(reason, `${b.path} is for members of the group adm alone`);
    assert.match(fix, /^sudo usermod -aG adm \S+, then log out and in again\.$/);
    assert.equal(fix, `${command}, then log out and in again.`);
  }
  chmodSync(b.path, 0o600);
  const { fix, command } = await whoMayRead(b.path);
  assert.match(command ?? '', /^sudo chgrp adm \S+ && sudo chmod g\+r \S+ && sudo usermod -aG adm \S+$/);
  assert.match(fix, /^Let the group adm read it: sudo chgrp adm .* sudo usermod -aG adm /);
});

/** null where there is no such group. */
function gidOf(group: string): number | null {
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${group}:`));
  return line === undefined ? null : Number(line.split(':')[2]);
}
