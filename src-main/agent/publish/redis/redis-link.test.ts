import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_USER_SETTINGS } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM, type Alarm } from '../../collect/keep-running.ts';
import { testFolder } from '../../store/test-folder.ts';
import { openRedisLink, waitMs, type LinkView, type RedisLink } from './redis-link.ts';
import { freePort, makeCertificates, NO_REDIS, startRedis, type RedisServerOptions } from './redis-server.fixture.ts';
import { readTarget, redisTravelsInPlain, type RedisSettings } from './redis-target.ts';
import { troubleOf } from './redis-trouble.ts';

const skip = NO_REDIS;
const hurried = (by: number): Alarm => ({ ...SYSTEM_ALARM, after: (ms, ring) => SYSTEM_ALARM.after(ms / by, ring) });
/** A second is a hundredth of one. */
const HURRY = hurried(100);
/** Some handshakes at once on a busy machine take more than the tenth of a second that would be the longest wait for an answer. */
const WITH_TLS = { alarm: hurried(10) };

async function serve(t: TestContext, options: Omit<RedisServerOptions, 'folder'> = {}) {
  const server = await startRedis({ folder: testFolder(t), ...options });
  t.after(server.stop);
  return server;
}

function link(t: TestContext, settings: Partial<RedisSettings> & { url: string }, more = {}) {
  const dir = testFolder(t);
  const views: LinkView[] = [];
  const opened = openRedisLink({
    target: () => readTarget({ ...DEFAULT_USER_SETTINGS.redis, ...settings }, dir),
    ...{ alarm: HURRY, random: () => 0.5, changed: (view: LinkView) => views.push(view), ...more },
  });
  t.after(opened.close);
  return { opened, views, dir, writePassword: (text: string) => writeSecret(join(dir, 'redis-password'), text) };
}

const writeSecret = (file: string, text: string): void => writeFileSync(file, text, { mode: 0o600 });

async function until(opened: RedisLink, status: LinkView['status'], reason = /(?:)/): Promise<LinkView> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (opened.view().status === status && reason.test(opened.view().reason ?? '')) return opened.view();
    await sleep(10);
  }
  assert.fail(`it is not ${status} but ${JSON.stringify(opened.view())}`);
}

test('between two tries lies twice the time of before, up to a minute, and never less than a second', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) => waitMs(failures, () => 1)),
    [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000],
  );
  assert.deepEqual(
    [1, 2, 7].map((failures) => waitMs(failures, () => 0)),
    [1000, 1000, 30_000],
  );
});

test('what can be read on its way: no TLS, to another machine', () => {
  const plain = ['redis://redis.example', 'redis://192.0.2.1:6379', 'redis://[2001:db8::1]'];
  const not = ['rediss://redis.example', 'redis://localhost', 'redis://127.0.0.1:7777/2', 'redis://[::1]'];
  assert.deepEqual([...plain, ...not].map(redisTravelsInPlain), [true, true, true, false, false, false, false]);
});

test('words for what Redis and TLS answer', () => {
  const said = (message: string, code?: string) =>
    troubleOf(Object.assign(new Error(message), code === undefined ? {} : { code }), 'db:6379');
  assert.deepEqual(
    said('OOM command not allowed when used memory > maxmemory').reason,
    'the memory that db:6379 may use is full',
  );
  assert.match(said('NOPERM User a has no permissions').fix ?? '', /seclyzer-redis\.conf/);
  assert.equal(said('LOADING Redis is loading the dataset in memory').fix, null);
  assert.match(said('unsuitable certificate', 'ERR_SSL_X').reason, /can't be spoken to with these certificates/);
  assert.match(said('read ECONNRESET', 'ECONNRESET').reason, /^db:6379 can't be reached: it closed the connection/);
});

test('a connection that goes and comes: told, tried again, there again without a restart', { skip }, async (t) => {
  const server = await serve(t);
  const { opened, views } = link(t, { url: `redis://127.0.0.1:${server.port}` });
  await until(opened, 'connected');
  assert.equal(await opened.run((client) => client.ping()), 'PONG');
  await server.stop();
  const { reason, fix } = await until(opened, 'waiting');
  assert.match(reason ?? '', new RegExp(`^127\\.0\\.0\\.1:${server.port} can't be reached: it closed the connection`));
  assert.equal(fix, null);
  await sleep(150);
  assert.equal(opened.view().reason, `nothing listens at 127.0.0.1:${server.port}`);
  assert.ok(opened.view().failures >= 3, `${opened.view().failures} tries in 15 s`);
  await assert.rejects(
    opened.run((client) => client.ping()),
    /^Error: nothing listens at/,
  );
  await server.start();
  await until(opened, 'connected');
  assert.equal(await opened.run((client) => client.ping()), 'PONG');
  assert.equal(opened.view().failures, 0);
  opened.close();
  assert.equal(views.at(-1)?.status, 'off');
  await assert.rejects(opened.run((client) => client.ping()));
});

test('one that hangs is given up after ten seconds, and taken when it goes on', { skip }, async (t) => {
  const server = await serve(t);
  const { opened } = link(t, { url: `redis://127.0.0.1:${server.port}` });
  await until(opened, 'connected');
  server.hang();
  t.after(server.goOn);
  const beganMs = performance.now();
  await assert.rejects(
    opened.run((client) => client.ping()),
    /^Error: it has not answered in 10 s$/,
  );
  // A hundredth of the time; and not for ever, as the client alone would wait for the greeting of a server that hangs.
  assert.ok(performance.now() - beganMs < 1000);
  assert.equal(opened.view().reason, `127.0.0.1:${server.port} can't be reached: it has not answered in 10 s`);
  await sleep(400);
  assert.ok(opened.view().failures >= 2);
  server.goOn();
  await until(opened, 'connected');
});

test('an idle connection is asked whether it still is one', { skip }, async (t) => {
  const server = await serve(t);
  const { opened } = link(t, { url: `redis://127.0.0.1:${server.port}` });
  await until(opened, 'connected');
  server.hang();
  t.after(server.goOn);
  assert.match((await until(opened, 'waiting')).reason ?? '', /it has not answered in 10 s$/);
});

test('a password from its file, exchanged while it runs; none that others can read', { skip }, async (t) => {
  const server = await serve(t, {
    args: ['--requirepass', 'open sesame'],
    cliArgs: ['-a', 'open sesame', '--no-auth-warning'],
  });
  const { opened, dir, writePassword } = link(t, { url: `redis://127.0.0.1:${server.port}` });
  assert.deepEqual(await until(opened, 'refused').then(({ reason, fix }) => [reason, fix]), [
    `127.0.0.1:${server.port} wants a password`,
    'Put it into redis-password in the data folder, for its owner alone (chmod 600).',
  ]);
  writePassword('wrong');
  await until(opened, 'refused', /does not take this password$/);
  writePassword('open sesame\n');
  await until(opened, 'connected');

  if (process.platform === 'win32') return;
  chmodSync(join(dir, 'redis-password'), 0o640);
  await server.stop();
  await server.start();
  const { reason, fix } = await until(opened, 'refused');
  assert.match(reason ?? '', /^others can read the password in /);
  assert.match(fix ?? '', /^Run chmod 600 .*, and give Redis another one\.$/);
});

test('TLS: its own authority, a certificate of the program, and nobody in between', { skip }, async (t) => {
  const folder = testFolder(t);
  const [own, other, elsewhere] = [
    makeCertificates(folder, 'own'),
    makeCertificates(folder, 'other'),
    makeCertificates(folder, 'elsewhere', 'DNS:redis.example'),
  ];
  const tls = (of: typeof own) => ['--tls-cert-file', of.cert, '--tls-key-file', of.key, '--tls-ca-cert-file', own.ca];
  const cliArgs = ['--tls', '--cacert', own.ca, '--cert', own.cert, '--key', own.key];
  const server = await serve(t, { isEncrypted: true, args: tls(own), cliArgs });
  const url = `rediss://127.0.0.1:${server.port}`;
  const shown = { caFile: own.ca, certFile: own.cert, keyFile: own.key };

  const right = link(t, { url, ...shown }, WITH_TLS);
  const nothingShown = link(t, { url, caFile: own.ca }, WITH_TLS);
  const nobodyNamed = link(t, { url, certFile: own.cert, keyFile: own.key }, WITH_TLS);
  const wrongAuthority = link(t, { url, ...shown, caFile: other.ca }, WITH_TLS);
  const inPlain = link(t, { url: `redis://127.0.0.1:${server.port}` }, WITH_TLS);
  await until(right.opened, 'connected');
  assert.equal(await right.opened.run((client) => client.ping()), 'PONG');
  assert.match((await until(nothingShown.opened, 'refused')).reason ?? '', /wants to see a certificate$/);
  for (const { opened } of [nobodyNamed, wrongAuthority])
    assert.match((await until(opened, 'refused')).reason ?? '', /^the certificate of .* is not to be trusted: /);
  assert.match((await until(inPlain.opened, 'waiting')).reason ?? '', /it closed the connection/);

  const named = await startRedis({
    ...{ folder: testFolder(t), isEncrypted: true },
    args: [...tls(elsewhere), '--tls-auth-clients', 'no', '--tls-ca-cert-file', elsewhere.ca],
    cliArgs: ['--tls', '--insecure'],
  });
  t.after(named.stop);
  const at = { url: `rediss://127.0.0.1:${named.port}`, caFile: elsewhere.ca };
  assert.match(
    (await until(link(t, at, WITH_TLS).opened, 'refused')).reason ?? '',
    /^the certificate of .* is for another name$/,
  );
  await until(link(t, { ...at, serverName: 'redis.example' }, WITH_TLS).opened, 'connected');

  chmodSync(own.key, 0o644);
  assert.match(
    (await until(link(t, { url, ...shown }, WITH_TLS).opened, 'refused')).reason ?? '',
    /^others can read the key in /,
  );
});

test(
  'a server without TLS does not hold up one that asks for it, nor does a port where nothing is',
  { skip },
  async (t) => {
    const server = await serve(t);
    const encrypted = link(t, { url: `rediss://127.0.0.1:${server.port}` });
    const nowhere = link(t, { url: `redis://127.0.0.1:${await freePort()}` });
    assert.match((await until(nowhere.opened, 'waiting')).reason ?? '', /^nothing listens at/);
    assert.match((await until(encrypted.opened, 'waiting')).reason ?? '', /can't be reached: /);
  },
);

test('what is to be done with each connection is part of it', { skip }, async (t) => {
  const server = await serve(t);
  const heard: string[] = [];
  let refuses = true;
  const { opened, views } = link(
    t,
    { url: `redis://127.0.0.1:${server.port}` },
    {
      connected: async (client: Parameters<Parameters<RedisLink['run']>[0]>[0]) => {
        if (refuses) throw new Error('NOPERM this user has no permissions to access one of the channels');
        await client.subscribe('seclyzer:test', (text) => heard.push(text));
      },
    },
  );
  assert.match((await until(opened, 'refused')).reason ?? '', /does not allow it: NOPERM/);
  refuses = false;
  await until(opened, 'connected');
  await server.stop();
  await until(opened, 'waiting');
  await server.start();
  await until(opened, 'connected');
  assert.equal(server.cli('PUBLISH', 'seclyzer:test', 'a'), '1');
  await sleep(50);
  assert.deepEqual(heard, ['a']);
  assert.equal(views.filter(({ status }) => status === 'connected').length, 2);
});
