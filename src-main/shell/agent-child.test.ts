import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { agentEnvironment, startUnderNode, type AgentChild, type AgentExit } from './agent-child.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-child-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers the first message with what it was given, then does what `then` says. */
function start(then: string, execPath = process.execPath): AgentChild {
  const file = path.join(folder, 'child.mjs');
  writeFileSync(
    file,
    `process.once('message', (got) => process.send({ got, argv: process.argv.slice(2), env: process.env }, () => { ${then} }));`,
  );
  return startUnderNode({ file, version: '1.2.3', env: { PATH: '/usr/bin', NODE_OPTIONS: '--nonsense' } }, execPath);
}

const message = (child: AgentChild): Promise<unknown> => new Promise((resolve) => child.onMessage(resolve));
const exit = (child: AgentChild): Promise<AgentExit> => new Promise((resolve) => child.onExit(resolve));

test('typed arrays arrive as such, the version as an argument, the environment cleaned', async () => {
  const child = start('process.exit(0)');
  const data = new Uint8Array([1, 2, 250]);
  const answered = message(child);
  const exited = exit(child);
  child.send({ kind: 'line', channel: 4, data });
  const { got, argv, env } = (await answered) as { got: unknown; argv: string[]; env: Record<string, string> };
  assert.deepEqual(got, { kind: 'line', channel: 4, data });
  assert.deepEqual(argv, ['1.2.3']);
  assert.deepEqual([env['PATH'], env['NODE_OPTIONS']], ['/usr/bin', undefined]);
  assert.deepEqual(await exited, { kind: 'exited', code: 0 });
  child.send({ kind: 'stop' });
});

for (const [then, expected] of [
  ['process.exit(3)', { kind: 'exited', code: 3 }],
  ["process.kill(process.pid, 'SIGSEGV')", { kind: 'crashed', how: 'SIGSEGV' }],
] as const) {
  test(`how it ended: ${then}`, async () => {
    const child = start(then);
    const exited = exit(child);
    child.send({ kind: 'stop' });
    assert.deepEqual(await exited, expected);
  });
}

test('killing counts as a crash', async () => {
  const child = start('');
  const exited = exit(child);
  child.kill();
  assert.deepEqual(await exited, { kind: 'crashed', how: 'SIGKILL' });
});

test('a Node that is not there is said', async () => {
  const exited = await exit(start('', '/nowhere/node'));
  assert.ok(exited.kind === 'crashed');
  assert.match(exited.how, /\/nowhere\/node ENOENT/);
});

test('what was meant for Electron, Node or npm stays out', () => {
  const env = {
    HOME: '/h',
    DISPLAY: ':1',
    NODE_ENV: 'x',
    ELECTRON_RUN_AS_NODE: '1',
    npm_config_x: 'y',
    SECLYZER_AGENT_NODE: '/n',
  };
  assert.deepEqual(agentEnvironment(env), { HOME: '/h', DISPLAY: ':1' });
});
