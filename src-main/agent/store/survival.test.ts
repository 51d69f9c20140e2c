// A disk that takes no more, while the store is in use: what was written stays, what waits is written as soon as it can be.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { testFolder } from './test-folder.ts';

interface Story {
  /** Of what the first failed flush said. */
  readonly kind: string;
  readonly message: string;
  readonly writtenBefore: number;
  readonly readableThen: number;
  readonly readableAfter: number;
  readonly added: number;
  readonly opening: string;
}

/** Fills the disk with decisions and readings, makes room by the command given, and says how it went. */
const SCRIPT = `
  import { execSync } from 'node:child_process';
  import { openStore } from ${JSON.stringify(new URL('./open-store.ts', import.meta.url).href)};
  const [, folder, makeRoom] = process.argv;
  const key = Buffer.alloc(32, 7);
  const { store } = await openStore(folder, { key });
  const said = { kind: '', message: '', writtenBefore: 0 };
  const row = new Float64Array(48).map((_, i) => Math.random() * i);
  const decision = { from: 'NORMAL', to: 'MONITORING', trust: 61, points: {}, reason: 'x'.repeat(200) };
  const count = () => store.decisions(1e6).length + store.scores(0, 9e15).length;
  let added = 0;
  const add = () => {
    store.addDecision({ ...decision, atMs: added });
    store.addScore({ ts: added, modality: 'mouse', raw: 1, llr: 1, points: 1 });
    store.addRow('host', added * 1000, row);
    added += 1;
  };
  for (let n = 0; n < 3000 && said.kind === ''; n++) {
    for (let i = 0; i < 20; i++) add();
    try { store.flush(); said.writtenBefore = 2 * added; } catch (error) { said.kind = error.kind; said.message = error.message; }
  }
  const readableThen = count();
  for (let i = 0; i < 20; i++) add();
  execSync(makeRoom.replaceAll('PID', process.pid));
  store.flush();
  const readableAfter = count();
  store.close();
  const { store: again, opening } = await openStore(folder, { key });
  again.close();
  console.log(JSON.stringify({ ...said, readableThen, readableAfter, added, opening: opening.kind }));
`;

function play(command: string, args: readonly string[], folder: string, makeRoom: string): Story | string {
  const node = [process.execPath, '--input-type=module', '--eval', SCRIPT, folder, makeRoom];
  const { status, stdout, stderr } = spawnSync(command, [...args, ...node], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Story) : stderr;
}

function mustHaveSurvived(story: Story, kind: string, message: RegExp): void {
  assert.equal(story.kind, kind);
  assert.match(story.message, message);
  assert.ok(story.writtenBefore > 0);
  // Scores of the hour are in memory too; decisions are read from the disk.
  assert.ok(story.readableThen >= story.writtenBefore, JSON.stringify(story));
  assert.equal(story.readableAfter, 2 * story.added);
  assert.equal(story.opening, 'opened');
}

test('a full disk: nothing written is lost, and it goes on when there is room', (t) => {
  const folder = testFolder(t);
  const script = 'mount -t tmpfs -o size=1m none "$0" && exec "$@"';
  const story = play('unshare', ['-rm', 'sh', '-c', script, folder], folder, `mount -o remount,size=64m ${folder}`);
  if (typeof story === 'string' && /unshare|mount/.test(story))
    return t.skip(`no mount namespaces here: ${story.trim()}`);
  if (typeof story === 'string') return assert.fail(story);
  return mustHaveSurvived(story, 'full', /^No space is left to write .*seclyzer\.db\. Free some disk space/);
});

test('a quota, which SQLite takes for an error of the disk: the same', (t) => {
  const folder = testFolder(t);
  // A limit on the size of a file comes to SQLite by the same way as a quota: a write that fails with anything but ENOSPC.
  const story = play('prlimit', ['--fsize=400000:unlimited'], folder, 'prlimit --pid PID --fsize=unlimited:unlimited');
  if (typeof story === 'string' && /prlimit|ENOENT/.test(story)) return t.skip('prlimit of util-linux is not here');
  if (typeof story === 'string') return assert.fail(story);
  return mustHaveSurvived(story, 'refused', /^The disk refuses what is written to .*: a quota or a limit is reached/);
});
