// A disk that is really full: a small file system of its own under the data of an agent at work. What it says, that it goes on, that nothing of
// what it has measured is lost once there is room again, and what a start on a full disk says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { linkToAgent } from '../src-main/commands/agent-link.ts';
import { ended, firstLine, NOT_BUILT, startCli } from '../src-main/commands/cli.fixture.ts';

const SIZE = '16m';
const disk = mkdtempSync(path.join(tmpdir(), 'seclyzer-disk-'));
const filler = path.join(disk, 'something else');
const data = path.join(disk, 'data');

/** Why there can be no small file system here; false when it is there. */
function mounted(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root may make a file system of 16 MB';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=700`, 'tmpfs', disk], { stdio: 'pipe' });
    return false;
  } catch (error) {
    return `no file system of 16 MB can be made: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const skip = NOT_BUILT === false ? mounted() : NOT_BUILT;
after(() => {
  if (skip === false) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Until not a byte more can be written, nor a page. */
function fill(): void {
  const file = openSync(filler, 'w');
  try {
    for (const part of [Buffer.alloc(65_536), Buffer.alloc(1024)]) while (writes(file, part));
  } finally {
    closeSync(file);
  }
}

function writes(file: number, part: Buffer): boolean {
  try {
    return writeSync(file, part) > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

async function told(what: RegExp): Promise<void> {
  const link = await linkToAgent(data);
  for (const until = Date.now() + 60_000; ; await sleep(200)) {
    const { notices } = await link.call('snapshot');
    if (notices.some(({ text }) => what.test(text))) return;
    assert.ok(Date.now() < until, `${String(what)} is not among: ${notices.map(({ text }) => text).join(' ')}`);
  }
}

/** The longest time between two rows of the stream that has most, in seconds, from then on. */
function longestGap(fromMs: number): number {
  const database = new Database(path.join(data, 'seclyzer.db'), { readonly: true });
  try {
    assert.equal(database.pragma('quick_check', { simple: true }), 'ok');
    const rows = database
      .prepare<[number], { s: number }>(
        `SELECT us / 1e6 AS s FROM tick WHERE us > ? AND stream =
          (SELECT stream FROM tick GROUP BY stream ORDER BY count(*) DESC LIMIT 1) ORDER BY us`,
      )
      .all(fromMs * 1000);
    assert.ok(rows.length > 10, `${rows.length} rows`);
    return Math.max(...rows.slice(1).map(({ s }, i) => s - (rows[i]?.s ?? 0)));
  } finally {
    database.close();
  }
}

test('a full disk is said and survived, and what was measured meanwhile is there afterwards', { skip }, async () => {
  const words = ['run', '--data', data, '--port', '0', '--synthetic', 'ada', '--logs', '/dev/null'];
  const agent = startCli(disk, words);
  try {
    assert.match(await firstLine(agent, 'stdout'), /^SecLyzer dashboard: /);
    await sleep(3000);
    const fullMs = Date.now();
    fill();
    await told(/^No space is left to write .*seclyzer\.db\. Free some disk space/);
    const link = await linkToAgent(data);
    const before = (await link.call('snapshot')).events.published;
    await sleep(8000);
    assert.ok((await link.call('snapshot')).events.published > before, 'it goes on watching');
    rmSync(filler);
    await told(/^The database can be written again, and what had waited is in it\.$/);
    await sleep(2000);
    agent.kill('SIGINT');
    const [code] = (await once(agent, 'exit')) as [number | null];
    assert.equal(code, 0);
    // A row a second; none of those of the eight seconds and more is missing.
    assert.ok(longestGap(fullMs - 2000) < 4, `${longestGap(fullMs - 2000)} s are missing`);
    const verified = await ended(startCli(disk, ['data', 'verify', '--data', data]));
    assert.match(verified.out, /^The audit log is whole/);

    fill();
    const refused = await ended(startCli(disk, words));
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^No space is left to write .*\. Free some disk space, or choose another data folder/);
  } finally {
    agent.kill('SIGKILL');
  }
});
