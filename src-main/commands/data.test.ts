// `seclyzer data export` and `data delete`, with an agent that runs and without one.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { cliWithHome, ended, firstLine, NOT_BUILT } from './cli.fixture.ts';

const { dir, start, cli } = cliWithHome();
const data = join(dir, 'data');

interface Exported {
  readonly format: string;
  readonly audit?: readonly { readonly kind: string; readonly text: string }[];
}

test(
  'with an agent and without one: everything is exported, deleted, and begins anew',
  { skip: NOT_BUILT },
  async () => {
    const agent = start('run', '--synthetic', 'ada', '--data', data, '--port', '0', '--json', '--logs', '/dev/null');
    await firstLine(agent, 'stdout');
    const running = await cli('data', 'export', '--data', data);
    assert.equal(running.code, 0, running.err);
    assert.equal((JSON.parse(running.out) as Exported).format, 'seclyzer-export');
    const deleted = await cli('data', 'delete', '--all', '--yes', '--json', '--data', data);
    assert.match((JSON.parse(deleted.out) as { readonly sentence: string }).sentence, /^Deleted everything/);
    agent.kill('SIGTERM');
    await ended(agent);

    const file = join(dir, 'mine.json.gz');
    const stopped = await cli('data', 'export', '--data', data, '--out', file);
    assert.equal(stopped.code, 0, stopped.err);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const { audit } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Exported;
    assert.deepEqual(
      audit?.map(({ kind }) => kind),
      ['stop', 'deletion'],
    );
    const again = await cli('data', 'export', '--data', data, '--out', file);
    assert.equal(again.code, 1, 'a file that is there is not written over');
    assert.match(again.err, /^There is a file .* already, and nothing is written over it\. Name another one\.$/m);
    const log = await cli('data', 'delete', '--what', 'log', '--yes', '--data', data);
    assert.match(log.out, /^Deleted 2 entries of the log/);
    assert.equal((await cli('data', 'verify', '--data', data)).code, 0);
  },
);

test('what makes no sense is said, and nothing is made or deleted', async () => {
  const none = join(dir, 'none');
  const misuses: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [['delete'], /say what/],
    [['delete', '--all', '--modality', 'mouse'], /--all goes with no other choice/],
    [['delete', '--modality', 'mouse', '--what', 'guard', '--yes'], /only what was learned/],
    [['delete', '--from', '2026-11-16', '--to', '2026-11-14', '--yes'], /--from lies after --to/],
    [['delete', '--from', 'soon', '--yes'], /Write a day as/],
    // Nobody sits at this terminal.
    [['delete', '--all'], /say --yes/],
  ];
  for (const [args, said] of misuses) {
    const { code, err } = await cli('data', ...args, '--data', none);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, said);
  }
  for (const args of [['export'], ['delete', '--all', '--yes']]) {
    const { code, err } = await cli('data', ...args, '--data', none);
    assert.equal(code, 1);
    assert.match(err, /There is nothing of SecLyzer in/);
  }
  assert.equal(existsSync(none), false);
});
