// A real journald, where the machine has one: it runs without systemd, writes into a folder of its own, and journalctl reads it.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createParser, newTally } from '../guard/parse/parser.ts';
import { testFolder } from '../store/test-folder.ts';
import { archiveWatch } from './logs-journal-archive.ts';
import { openJournalSource } from './logs-journal.ts';
import type { LogBatch, LogSource } from './logs-source.ts';

const JOURNALD = '/lib/systemd/systemd-journald';
const privileged = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;
const skip = !privileged || !existsSync(JOURNALD) ? 'needs root, unshare and systemd-journald' : false;

/** A journald in a mount namespace of its own, whose folder lies outside of it. Logs what it is told over its own socket. */
async function journal(
  t: TestContext,
): Promise<{ readonly folder: string; readonly log: (tag: string, text: string) => void }> {
  const folder = testFolder(t);
  const script = join(folder, 'run.sh');
  const lines = join(folder, 'lines');
  execFileSync('mkfifo', [lines]);
  mkdirSync(join(folder, 'journal'));
  writeFileSync(
    script,
    `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal /run/log/journal
     mount --bind ${join(folder, 'journal')} /run/log/journal
     ${JOURNALD} & sleep 0.7
     while read -r tag text; do logger --socket /run/systemd/journal/dev-log -p auth.info -t "$tag" -- "$text"; done <${lines} 9>${lines}
     kill %1; wait`,
  );
  const child = spawn('unshare', ['-m', 'bash', script], { stdio: ['ignore', 'ignore', 'ignore'] });
  const feed = spawn('bash', ['-c', `cat > ${lines}`], { stdio: ['pipe', 'ignore', 'ignore'] });
  t.after(() => {
    feed.kill();
    child.kill();
  });
  return { folder: join(folder, 'journal'), log: (tag, text) => void feed.stdin.write(`${tag} ${text}\n`) };
}

/** Without what the kernel has to say. */
const told = (batches: readonly LogBatch[]): readonly string[] =>
  batches.flatMap(({ lines }) => lines.filter((line) => line.includes('Failed password')));

async function readUpTo(source: LogSource, port: number): Promise<LogBatch[]> {
  const batches: LogBatch[] = [];
  for (let tries = 0; tries < 1000 && !told(batches).some((line) => line.includes(`port ${port} `)); tries += 1) {
    const batch = await source.read(3);
    if (batch.lines.length > 0) batches.push(batch);
    else await sleep(10);
  }
  return batches;
}

const failed = (n: number): string => `Failed password for root from 203.0.113.7 port ${n} ssh2`;

test('the journal is followed, and gone on with after a restart', { skip }, async (t) => {
  const { folder, log } = await journal(t);
  const source = openJournalSource({ position: null, sinceMs: 60_000, folder });
  t.after(() => source.close());
  await sleep(900);
  for (let n = 1; n <= 8; n += 1) log('sshd', failed(n));
  const first = await readUpTo(source, 8);
  await source.close();
  const tally = newTally();
  const parser = createParser({ format: 'journal', role: 'all', notAfterMs: Date.now }, tally);
  const events = told(first)
    .map((line) => parser.read(line))
    .filter((event) => event !== null);
  assert.equal(events.length, 8);
  assert.ok(events.every(({ kind, address }) => kind === 'login-failed' && address === '203.0.113.7'));
  for (let n = 9; n <= 12; n += 1) log('sshd', failed(n));
  await sleep(300);
  const middle = first.find(({ lines }) => lines.some((line) => line.includes('port 3 ')))?.position ?? null;
  const again = openJournalSource({
    position: first.at(-1)?.position ?? null,
    warmFrom: middle,
    sinceMs: 60_000,
    folder,
  });
  t.after(() => again.close());
  const rest = await readUpTo(again, 12);
  const portsOf = (batches: readonly LogBatch[]): number[] =>
    told(batches).map((line) => Number(/port (\d+)/.exec(line)?.[1] ?? 0));
  assert.deepEqual(portsOf(rest.filter(({ warm }) => !warm)), [9, 10, 11, 12]);
  const warm = portsOf(rest.filter((batch) => batch.warm));
  assert.deepEqual(warm, [4, 5, 6, 7, 8].slice(-warm.length));
  assert.ok(warm.length >= 3);
});

test('archived files that vanish together are told, one that makes room is not', async (t) => {
  const folder = testFolder(t);
  let nowMs = 0;
  const watch = archiveWatch([folder], () => nowMs);
  const machine = join(folder, 'f'.repeat(32));
  mkdirSync(machine);
  for (const n of [1, 2, 3, 4, 5, 6]) writeFileSync(join(machine, `system@0005f0-${n}.journal`), '');
  writeFileSync(join(machine, 'system.journal'), '');
  const look = async (): Promise<readonly string[]> => {
    nowMs += 60_000;
    return (await watch.look()).map(({ words }) => words);
  };
  assert.deepEqual(await look(), []);
  rmSync(join(machine, 'system@0005f0-1.journal'));
  assert.deepEqual(await look(), []);
  for (const name of readdirSync(machine)
    .filter((file) => file.includes('@'))
    .slice(0, 4))
    rmSync(join(machine, name));
  assert.deepEqual(await look(), ['4 of 5 archived files of the journal were removed at once']);
  rmSync(join(machine, 'system@0005f0-6.journal'));
  assert.deepEqual(await look(), ['1 of 1 archived files of the journal were removed at once']);
});

test('a journalctl that is not there is said, and tried again later', async (t) => {
  const { PATH } = process.env;
  process.env['PATH'] = '/nowhere';
  t.after(() => (process.env['PATH'] = PATH));
  let nowMs = 0;
  const source = openJournalSource({ position: null, sinceMs: 1000, folder: testFolder(t), nowMs: () => nowMs });
  await source.read(1);
  await sleep(100);
  await source.read(1);
  const state = source.state();
  assert.equal(state.status, 'unavailable');
  assert.match(state.reason ?? '', /^journalctl ended: spawn journalctl ENOENT/);
  nowMs += 500;
  assert.deepEqual((await source.read(1)).lines, []);
  await source.close();
});
