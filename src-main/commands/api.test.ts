import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeApi } from './api.ts';
import { cliWithHome, firstLine, NOT_BUILT } from './cli.fixture.ts';

const { dir, cli, start } = cliWithHome();

test('the token is printed, stays, and is another one where that is asked for; no agent is needed', async () => {
  const data = join(dir, 'data');
  const first = await cli('api', 'token', '--data', data);
  assert.equal(first.code, 0, first.err);
  assert.match(first.out, /^[\w-]{32}\n$/);
  assert.equal(readFileSync(join(data, 'api-token'), 'utf8'), first.out);
  assert.equal(statSync(join(data, 'api-token')).mode & 0o777, 0o600);
  assert.equal((await cli('api', 'token', '--data', data)).out, first.out);
  assert.notEqual((await cli('api', 'token', '--new', '--data', data)).out, first.out);
});

test('without an agent, where it is can not be said', async () => {
  for (const args of [['api'], ['api', 'url'], ['api', 'status', '--json']]) {
    const { code, err } = await cli(...args, '--data', join(dir, 'none'));
    assert.deepEqual([code, err], [1, `SecLyzer is not running on ${join(dir, 'none')}. Start it: seclyzer run\n`]);
  }
});

test('in words: where it is, that it is off, or why there is none', () => {
  const none = { wanted: true, url: null, reason: null, fix: null };
  assert.deepEqual(describeApi({ ...none, url: 'http://127.0.0.1:47700' }, 'f'), [
    'API            http://127.0.0.1:47700',
    'Documentation  http://127.0.0.1:47700/docs/',
    'Prometheus     http://127.0.0.1:47700/metrics',
    'Token          seclyzer api token',
  ]);
  assert.deepEqual(describeApi({ ...none, wanted: false }, '/c/settings.json'), [
    'The API is off. Turn it on under Settings, or with "api": { "enabled": true } in /c/settings.json.',
  ]);
  assert.deepEqual(describeApi({ ...none, reason: 'Port 5 is in use', fix: 'Choose another one.' }, 'f'), [
    'The API is not available: Port 5 is in use. Choose another one.',
  ]);
});

/** The agent in the browser host, with nothing to see on this machine. */
async function withAgent(
  name: string,
  settings: object,
  args: readonly string[],
  run: (data: string) => Promise<void>,
): Promise<void> {
  const data = join(dir, name);
  mkdirSync(data);
  writeFileSync(join(data, 'settings.json'), JSON.stringify(settings));
  const agent = start('run', '--data', data, '--port', '0', '--json', ...args);
  try {
    await firstLine(agent, 'stdout');
    await run(data);
  } finally {
    agent.kill('SIGTERM');
    await once(agent, 'close');
  }
}

/** It begins to listen right after the dashboard. */
async function apiOf(data: string): Promise<{ readonly url: string; readonly headers: Record<string, string> }> {
  for (let i = 0; i < 50; i++) {
    const { code, out } = await cli('api', 'url', '--data', data);
    if (code !== 0) continue;
    const token = (await cli('api', 'token', '--data', data)).out.trim();
    return { url: out.trim(), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } };
  }
  return assert.fail('the API did not start');
}

const pressed = (ts: number) => ({ type: 'keystroke', ts, key: 'a', event: 'press' });

test('a run with --input-from-api takes input from there, says so, and nothing from here', { skip: NOT_BUILT }, () =>
  withAgent('from-api', {}, ['--input-from-api'], async (data) => {
    const { url, headers } = await apiOf(data);
    const nowUs = Date.now() * 1000;
    const body = JSON.stringify([pressed(nowUs), { ...pressed(nowUs + 90_000), event: 'release' }]);
    const answer = await fetch(`${url}/ingest`, { method: 'POST', headers, body });
    assert.deepEqual(await answer.json(), { accepted: 2, refused: 0, reasons: [] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    assert.ok(metrics.includes('seclyzer_input_events_total{outcome="published"} 2\n'), metrics);
    const status = await cli('status', '--data', data);
    assert.match(status.out, /^Input comes over the API: not from the keyboard of this machine\.$/m);
  }),
);

test('a run on live input takes none; what was turned off in the settings is off', { skip: NOT_BUILT }, async () => {
  await withAgent('live', { api: { enabled: true } }, [], async (data) => {
    const { url, headers } = await apiOf(data);
    const body = JSON.stringify(pressed(Date.now() * 1000));
    const answer = await fetch(`${url}/ingest`, { method: 'POST', headers, body });
    assert.equal(answer.status, 403);
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    assert.ok(metrics.includes('seclyzer_input_events_total{outcome="published"} 0\n'));
  });
  await withAgent('off', { api: { enabled: false } }, [], async (data) => {
    const { code, out } = await cli('api', '--data', data);
    assert.deepEqual([code, out.slice(0, 15)], [1, 'The API is off.']);
  });
});
