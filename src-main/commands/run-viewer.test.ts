import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../agent/publish/redis/redis-server.fixture.ts';
import { cliWithHome, ended, firstLine, NOT_BUILT } from './cli.fixture.ts';

const { dir, start, cli } = cliWithHome();

test('a viewer without the address of a Redis says where it belongs', async () => {
  const { code, err } = await cli('run', '--role', 'viewer', '--data', join(dir, 'none'));
  assert.equal(code, 1);
  assert.match(err, /none\/settings\.json names none\. Put its address there: \{ "redis": \{ "url": "rediss:/);
});

test('settings that are out of order are said and left where they are', async () => {
  const data = join(dir, 'bad');
  mkdirSync(data);
  writeFileSync(join(data, 'settings.json'), '{ "redis": { "url": 7 } }');
  const { code, err } = await cli('run', '--role', 'viewer', '--data', data);
  assert.equal(code, 1);
  assert.match(err, /settings in .*bad\/settings\.json can't be used: redis/);
  assert.deepEqual(readdirSync(data), ['settings.json']);
});

test('a viewer watches nothing, and no role but those that are named is taken', async () => {
  assert.equal((await cli('run', '--role', 'viewer', '--synthetic', 'ada')).code, 2);
  assert.equal((await cli('run', '--role', 'overseer')).code, 2);
});

test(
  'without a Redis that answers it serves its page, writes its token and nothing else',
  { skip: NOT_BUILT },
  async () => {
    const data = join(dir, 'viewer');
    mkdirSync(data);
    writeFileSync(
      join(data, 'settings.json'),
      JSON.stringify({ redis: { url: `redis://127.0.0.1:${await freePort()}` } }),
    );
    const child = start('run', '--role', 'viewer', '--data', data, '--port', '0', '--json');
    const { url, port } = JSON.parse(await firstLine(child, 'stdout')) as {
      readonly url: string;
      readonly port: number;
    };
    const page = await fetch(url, { redirect: 'manual' });
    assert.equal(page.status, 303);
    const health = (await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as { readonly redis: string };
    assert.match(health.redis, /^(connecting|waiting)$/);
    const stopped = ended(child);
    child.kill('SIGTERM');
    assert.equal((await stopped).code, 0);
    assert.deepEqual(readdirSync(data).toSorted(), ['settings.json', 'viewer-token']);
  },
);
