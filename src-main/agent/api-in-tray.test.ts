import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { ApiView, MainMessage, SettingsChange } from '../../src-preload/contract.ts';
import { syntheticOptions } from './options.fixture.ts';

test(
  'under the tray application there is no API until it is turned on, and none when it is off again',
  { timeout: 30_000 },
  async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-api-'));
    const child = fork(path.join(import.meta.dirname, 'host-electron.ts'), ['1.2.3'], {
      ...{ serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
    });
    t.after(async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    });
    const send = (message: MainMessage) => child.send(message);
    const answers = new Map<unknown, (result: unknown) => void>();
    child.on('message', ({ data }: { data?: { id?: number; result?: unknown } }) =>
      answers.get(data?.id)?.(data?.result),
    );
    let id = 0;
    const ask = async (call: string, arg: SettingsChange | null): Promise<ApiView> => {
      id += 1;
      const answer = new Promise<unknown>((resolve) => answers.set(id, resolve));
      send({ kind: 'line', channel: 1, data: { id, call, arg } });
      return ((await answer) as { api: ApiView }).api;
    };
    send({ kind: 'start', options: { ...syntheticOptions(folder), host: 'tray' } });
    await new Promise<void>((resolve) =>
      child.on('message', ({ kind }: { kind: string }) => kind === 'ready' && resolve()),
    );
    send({ kind: 'connect', channel: 1 });

    const none = { wanted: false, url: null, reason: null, fix: null };
    const settings = { port: null, address: '127.0.0.1' };
    assert.deepEqual(await ask('settings', null), none);
    assert.ok(!existsSync(path.join(folder, 'api-token')));
    const { url } = await ask('changeSettings', { api: { ...settings, enabled: true } });
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.equal((await fetch(`${url}/docs/swagger-ui-bundle.js`)).status, 200);
    assert.deepEqual(await ask('changeSettings', { api: { ...settings, enabled: false } }), none);
    await assert.rejects(fetch(`${url}/healthz`));
  },
);
