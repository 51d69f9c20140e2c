// What goes wrong for users, and what the command line then says. The commands at their work: cli.test.ts.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Snapshot } from '../../src-preload/contract.ts';
import { createAgentFixture, SNAPSHOT } from '../agent/publish/agent.fixture.ts';
import { writeRuntime } from '../agent/publish/runtime-file.ts';
import { startServer } from '../agent/publish/server.ts';
import { cliWithHome, ended, firstLine, NOT_BUILT, startCli } from './cli.fixture.ts';

const NO_PROC = existsSync('/proc/self') ? false : 'there is no /proc here';

const { dir, cli } = cliWithHome();

/** Serves this snapshot as an agent would. */
async function serving(t: TestContext, name: string, snapshot: Snapshot): Promise<string> {
  const data = join(dir, name);
  await mkdir(data);
  await writeFile(join(data, 'index.html'), '');
  const token = 'a-token-of-twenty-four-c';
  const agent = createAgentFixture(() => snapshot);
  const health = () => ({ status: 'ok', version: '0.1.0', state: 'LEARNING', uptimeS: 1 }) as const;
  const server = await startServer({ agent, health, rendererDir: data, token, port: 0 });
  t.after(() => server.close());
  await writeRuntime(data, { pid: process.pid, port: server.port, token, version: '0.1.0', startedMs: 5 });
  return data;
}

test('enrol does not wait where neither typing nor the mouse can be seen', async (t) => {
  const gone = { status: 'unavailable', reason: 'no X display', fix: 'Start it in your desktop session.' } as const;
  const data = await serving(t, 'blind', {
    ...SNAPSHOT,
    enrolment: { share: 0, sentence: 'Nothing can be learned.' },
    modalities: SNAPSHOT.modalities.map((view) => ({ ...view, ...gone })),
  });
  const { code, out, err } = await cli('enrol', '--data', data);
  assert.equal(code, 1);
  assert.equal(out, '');
  const said = [
    'Nothing can be learned.',
    'Typing  no X display. Start it in your desktop session.',
    'Mouse   no X display. Start it in your desktop session.',
    '',
  ];
  assert.equal(err, said.join('\n'));
});

test('enrol says so when the agent is killed under it', { skip: NOT_BUILT }, async (t) => {
  const data = join(dir, 'killed');
  const agent = startCli(dir, ['run', '--data', data, '--port', '0', '--synthetic', 'ada']);
  t.after(() => agent.kill('SIGKILL'));
  await firstLine(agent, 'stdout');
  const enrol = startCli(dir, ['enrol', '--data', data]);
  const done = ended(enrol);
  await firstLine(enrol, 'stderr');
  agent.kill('SIGKILL');
  const { code, out, err } = await done;
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(err, /^The agent ended\.$/m);
});

test('train fails when nothing was learned from', { skip: NOT_BUILT }, async (t) => {
  const data = join(dir, 'untrained');
  const agent = startCli(dir, ['run', '--data', data, '--port', '0']);
  t.after(() => agent.kill('SIGKILL'));
  await firstLine(agent, 'stdout');
  const { code, out } = await cli('train', '--data', data);
  assert.equal(code, 1);
  assert.match(out, /^(Not trained: .+\n)+$/);
});

test('replay fails when it had nothing to replay', async () => {
  const [refused, empty] = [join(dir, 'refused.jsonl'), join(dir, 'empty.jsonl')];
  await writeFile(refused, 'not json\n{"type":"keystroke"}\n');
  await writeFile(empty, '');
  const one = await cli('replay', refused);
  assert.deepEqual([one.code, one.err], [1, 'Every line was refused.\n']);
  assert.match(one.out, /^Events +0 taken, 2 refused$/m);
  const two = await cli('replay', empty, '--json');
  assert.deepEqual([two.code, two.err], [1, 'There is no event in these recordings.\n']);
});

test('a data folder that is a file is said to be none', async () => {
  const file = join(dir, 'file');
  await writeFile(file, '');
  const status = await cli('status', '--data', file);
  assert.deepEqual([status.code, status.err], [1, `${file} is not a folder. Name the data folder with --data.\n`]);
  const run = await cli('run', '--data', file, '--synthetic', 'ada');
  assert.equal(run.code, 1);
  assert.ok(run.err.startsWith(`${file} is not a folder`), run.err);
});

test('a data folder that can not be made ends the start, and doctor says so before', { skip: NO_PROC }, async () => {
  const run = await cli('run', '--data', '/proc/seclyzer', '--synthetic', 'ada');
  assert.deepEqual([run.code, run.out], [1, '']);
  assert.match(run.err, /^\/proc\/seclyzer could not be made: .+--data\.\n$/);
  const { code, out } = await cli('doctor', '--data', '/proc/seclyzer/data');
  assert.equal(code, 1);
  assert.match(out, /^✗ {2}Data folder +\/proc can not be written$/m);
  assert.match(out, /^Nothing works without: Data folder\.$/m);
});

test('doctor leaves nothing behind in a data folder, and does not make one', async () => {
  const data = join(dir, 'looked-at');
  assert.match((await cli('doctor', '--data', data)).out, /looked-at \(made at the first start\)$/m);
  assert.ok(!existsSync(data));
  await mkdir(data, { mode: 0o700 });
  assert.match((await cli('doctor', '--data', data)).out, /^✓ {2}Data folder +\S+looked-at$/m);
  assert.deepEqual(await readdir(data), []);
});

test('run --check looks at the arguments alone', async () => {
  const data = join(dir, 'checked');
  const fine = await cli('run', '--check', '--data', data, '--enrol-keystrokes', '400');
  assert.deepEqual(fine, { code: 0, out: '', err: '' });
  assert.ok(!existsSync(data));
  const slip = await cli('run', '--check', '--enrol-keystroke', '400');
  assert.equal(slip.code, 2);
  assert.match(slip.err, /^error: unknown option '--enrol-keystroke'/);
});
