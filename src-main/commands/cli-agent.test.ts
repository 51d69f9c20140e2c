// The commands that need a running agent, and the one that is it, as processes of their own.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createAgentFixture, LEARNING, SNAPSHOT } from '../agent/publish/agent.fixture.ts';
import { RESOURCES_FIXTURE } from '../agent/publish/resources.fixture.ts';
import { readRuntime, writeRuntime } from '../agent/publish/runtime-file.ts';
import { startServer, type DashboardServer } from '../agent/publish/server.ts';
import { SETTINGS } from '../agent/publish/settings.fixture.ts';
import { cliWithHome, ended, firstLine, NOT_BUILT } from './cli.fixture.ts';

const { dir, start, cli } = cliWithHome();

describe('with an agent', () => {
  let server: DashboardServer;
  const agent = createAgentFixture();
  const data = () => join(dir, 'fixture');
  before(async () => {
    const page = await mkdtemp(join(dir, 'page-'));
    await writeFile(join(page, 'index.html'), '');
    const token = 'a-token-of-twenty-four-c';
    const health = () => ({ status: 'ok', version: '0.1.0', state: 'NORMAL', uptimeS: 1 }) as const;
    server = await startServer({ agent, health, rendererDir: page, token, port: 0 });
    await mkdir(data());
    await writeRuntime(data(), { pid: process.pid, port: server.port, token, version: '0.1.0', startedMs: 5 });
  });
  after(() => server.close());

  test('status prints the score, the reasons and the link', async () => {
    const { code, out } = await cli('status', '--data', data());
    assert.equal(code, 0);
    const expected = [
      'This is you.',
      'Synthetic typist: not a real person.',
      '',
      'Trust      91 (84 to 96)  normal',
      'Typing     88, from 84 keystrokes; hold times fit',
      'Mouse      unavailable: no X display. Start SecLyzer inside your desktop session.',
      'Memory     84 of 400 MiB',
      'Processor  0.4 of 6 % of one core',
      'Storage    1.6 of 1024 MiB',
      'Given up   load step 3, Idle models leave memory, and 1 more. Memory: 431 MiB, the budget is 400 MiB. (On battery: judges every 2 s and reads the host every 5 s.)',
      `Dashboard  ${server.url}`,
      `Process    ${process.pid}, version 0.1.0`,
      '',
    ];
    assert.equal(out, expected.join('\n'));
    const json = JSON.parse((await cli('status', '--data', data(), '--json')).out) as Record<string, unknown>;
    assert.deepEqual(json, {
      running: true,
      pid: process.pid,
      url: server.url,
      startedMs: 5,
      snapshot: SNAPSHOT,
      resources: RESOURCES_FIXTURE,
      redis: SETTINGS.redis,
      stages: SETTINGS.stages,
    });
  });

  test('train prints what the agent says', async () => {
    const { code, out } = await cli('train', '--data', data());
    assert.equal(code, 0);
    assert.equal(out, 'keystroke: trained on 600 keystrokes\nmouse: not trained, 12 of 400 movements\n');
  });

  test('enrol waits until enough is learned; --restart forgets first', async () => {
    const { code, out, err } = await cli('enrol', '--restart', '--json', '--data', data());
    assert.equal(code, 0, err);
    assert.equal(agent.calls.at(-1), 'restartEnrolment');
    assert.deepEqual((JSON.parse(out) as { share: number }).share, 1);
    assert.match(err, /^Forgotten\./);
    assert.match(err, /^100 % {2}600 of 600 keystrokes$/m);
  });

  const asked = async (...args: string[]): Promise<{ readonly out: string; readonly call: string | undefined }> => {
    const { code, out, err } = await cli(...args, '--data', data());
    assert.equal(code, 0, err);
    return { out, call: agent.calls.at(-1) };
  };

  test('profiles are listed, added, renamed and removed, by number or by name', async () => {
    const { out } = await asked('profiles');
    assert.match(out, /^1 {2}Usual {8}in use {12}Typing/);
    assert.deepEqual(JSON.parse((await asked('profiles', '--json')).out), LEARNING);
    assert.equal((await asked('profiles', 'add', 'Sofa')).call, 'addProfile {"name":"Sofa"}');
    assert.equal((await asked('profiles', 'rename', 'dock', 'Desk')).call, 'renameProfile {"id":"2","name":"Desk"}');
    assert.equal((await asked('profiles', 'remove', '2')).call, 'removeProfile {"id":"2"}');
    const unknown = await cli('profiles', 'remove', 'Bed', '--data', data());
    assert.deepEqual([unknown.code, unknown.err], [1, "There is no profile 'Bed'; choose from 1 (Usual), 2 (Dock).\n"]);
  });

  test('versions are listed, and gone back to', async () => {
    assert.match((await asked('models')).out, /Usual {4}Typing {10}3 .* 4,210 {2}2\.1 % {2}in use\n/);
    const { profiles, shared } = LEARNING;
    assert.deepEqual(JSON.parse((await asked('models', 'list', '--json')).out), { profiles, shared });
    const used = await asked('models', 'use', '1', '--modality', 'keystroke', '--profile', 'usual');
    assert.equal(used.call, 'useVersion {"profile":"1","modality":"keystroke","version":1}');
    const common = await asked('models', 'use', '4', '--modality', 'app');
    assert.equal(common.call, 'useVersion {"profile":null,"modality":"app","version":4}');
  });

  test('confirm takes the last alarm that nobody has confirmed, or the one at a time', async () => {
    const last = await asked('confirm');
    assert.equal(last.call, 'thatWasMe {"atMs":1699999000000}');
    assert.match(last.out, /^Alarm of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: Learned from 40 keystrokes\.\n$/);
    const shown = (await asked('confirm', '--list')).out.split('\n')[1]?.slice(0, 19) ?? '';
    assert.equal((await asked('confirm', shown)).call, 'thatWasMe {"atMs":1699998000000}');
    const none = await cli('confirm', '2020-01-01 10:00', '--data', data());
    assert.deepEqual([none.code, none.out], [1, '']);
    assert.match(none.err, /There was no alarm at that time/);
    const json = JSON.parse((await asked('confirm', '--json')).out) as { sentence: string };
    assert.equal(json.sentence, 'Learned from 40 keystrokes.');
  });
});

describe('run', { skip: NOT_BUILT }, () => {
  const SYNTHETIC = ['--port', '0', '--synthetic', 'ada'];

  /** Starts one and waits for its link. */
  async function running(data: string, ...args: string[]) {
    const child = start('run', '--data', data, ...args);
    const done = ended(child);
    const url = await new Promise<string>((resolve, reject) => {
      let out = '';
      child.stdout?.on('data', (part: string) => {
        const link = /^SecLyzer dashboard: (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)$/m.exec((out += part))?.[1];
        if (link !== undefined) resolve(link);
      });
      void done.then(({ err }) => reject(new Error(err)));
    });
    return { child, done, url, origin: new URL(url).origin };
  }

  test('prints the link, answers, refuses a second start, and stops cleanly at Ctrl-C', async () => {
    const data = join(dir, 'run');
    const { child, done, url, origin } = await running(data, ...SYNTHETIC);
    const health = (await (await fetch(`${origin}/healthz`)).json()) as Record<string, unknown>;
    assert.equal(health['status'], 'ok');
    assert.equal(health['state'], 'LEARNING');
    assert.equal((await stat(data)).mode & 0o777, 0o700);
    assert.equal((await stat(join(data, 'agent.json'))).mode & 0o777, 0o600);

    const status = JSON.parse((await cli('status', '--json', '--data', data)).out) as { url: string; pid: number };
    assert.deepEqual([status.url, status.pid], [url, child.pid]);
    const second = await cli('run', '--data', data, ...SYNTHETIC);
    assert.equal(second.code, 1);
    assert.equal(second.err, `SecLyzer is already running on this data (pid ${child.pid}): ${url}\n`);

    child.kill('SIGINT');
    const { code, out, err } = await done;
    assert.equal(code, 0, err);
    assert.equal(out, `SecLyzer dashboard: ${url}\nSecLyzer stops.\n`);
    assert.ok(!existsSync(join(data, 'agent.json')));
    await assert.rejects(fetch(`${origin}/healthz`));
  });

  test('--json prints the address as one line, and nothing else on stdout', async () => {
    const data = join(dir, 'run-json');
    const child = start('run', '--data', data, '--json', ...SYNTHETIC);
    const done = ended(child);
    const address = JSON.parse(await firstLine(child, 'stdout')) as Record<string, unknown>;
    const runtime = await readRuntime(data);
    assert.ok(runtime !== null);
    assert.deepEqual(address, {
      url: `http://127.0.0.1:${runtime.port}/?token=${runtime.token}`,
      port: runtime.port,
      pid: child.pid,
      version: runtime.version,
    });
    child.kill('SIGTERM');
    const { code, out, err } = await done;
    assert.deepEqual([code, out, err], [0, `${JSON.stringify(address)}\n`, 'SecLyzer stops.\n']);
  });

  test('after a crash the next start works, and status is not misled by what is left', async () => {
    const data = join(dir, 'crash');
    const { child, done } = await running(data, ...SYNTHETIC);
    child.kill('SIGKILL');
    await done;
    assert.ok(existsSync(join(data, 'agent.json')));
    const status = await cli('status', '--data', data);
    assert.equal(status.code, 1);
    assert.match(status.err, /^SecLyzer is not running on /);
    const again = await running(data, ...SYNTHETIC);
    again.child.kill('SIGTERM');
    assert.equal((await again.done).code, 0);
  });

  test('a taken port is said, with exit code 1, and the data is free again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    const data = join(dir, 'taken');
    const { code, out, err } = await cli('run', '--data', data, '--synthetic', 'ada', '--port', String(address.port));
    other.close();
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.equal(err, `Port ${address.port} is in use. Choose another one, or leave --port out to get a free one.\n`);
    const { child, done } = await running(data, ...SYNTHETIC);
    child.kill('SIGTERM');
    assert.equal((await done).code, 0);
  });

  test('without a display it runs all the same and says what it can not see', async () => {
    const data = join(dir, 'blind');
    const { child, done } = await running(data, '--port', '0');
    const { snapshot } = JSON.parse((await cli('status', '--json', '--data', data)).out) as {
      snapshot: typeof SNAPSHOT;
    };
    for (const { status, reason } of snapshot.modalities)
      assert.deepEqual([status, reason], ['unavailable', 'no X display']);
    assert.equal(snapshot.trust, null);
    child.kill('SIGINT');
    assert.equal((await done).code, 0);
  });
});
