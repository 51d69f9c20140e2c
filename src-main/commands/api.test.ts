import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeApi } from './api.ts';
import { cliWithHome } from './cli.fixture.ts';

const { dir, cli } = cliWithHome();

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
