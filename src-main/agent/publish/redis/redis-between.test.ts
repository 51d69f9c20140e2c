// Whoever stands between the program and Redis on this machine, or beside it, without password or certificate: what he can and can't do.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '../../../../src-preload/contract.ts';
import type { Availability } from '../../collect/collector.ts';
import { outsideCollector } from '../../collect/outside.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { InputEvent } from '../../events.ts';
import { testFolder } from '../../store/test-folder.ts';
import { makeCertificates, NO_REDIS, startRedis, until, type Certificates } from './redis-server.fixture.ts';
import { startRedis as startPart } from './running-redis.ts';

const skip = NO_REDIS;
const PASSWORD = 'open sesame';
const EVENT = '{"type":"keystroke","ts":1701423846000000,"key":"a","event":"press"}';
const SENDER = { host: 'desk', user: 'ada', id: '0b8b0a5e-6d3c', run: '6f1c2d3e-4b5a' };

/** The part of an agent that is fed from Redis. */
async function fed(t: TestContext, settings: Partial<UserSettings['redis']> & { url: string }) {
  const dataDir = testFolder(t);
  writeFileSync(join(dataDir, 'redis-password'), PASSWORD, { mode: 0o600 });
  const taken: InputEvent[] = [];
  const reports: Availability[] = [];
  const notices = new Map<string, string | null>();
  const takes = outsideCollector('Redis');
  await takes.start({
    publish: (event) => taken.push(event),
    refuse: () => undefined,
    report: (now) => reports.push(now),
  });
  const part = startPart({
    ...{ settings: { ...DEFAULT_USER_SETTINGS.redis, ...settings }, dataDir, takes, sender: SENDER, nextSeq: () => 1 },
    ...{ notice: (about, text) => notices.set(about, text), alarm: SYSTEM_ALARM, random: () => 0 },
  });
  t.after(part.stop);
  return { part, taken, reports, notices };
}

/** Ends the program's TLS with a certificate of his own, and begins another to Redis: reads and changes what he likes. */
async function interceptor(t: TestContext, port: number, own: Certificates) {
  const seen: string[] = [];
  const server = createTlsServer({ key: readFileSync(own.key), cert: readFileSync(own.cert) }, (near) => {
    const far = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    near.on('data', (bytes) => {
      seen.push(bytes.toString());
      far.write(bytes);
    });
    far.on('data', (bytes) => near.write(bytes));
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
  });
  const refusals: string[] = [];
  server.on('tlsClientError', (error) => refusals.push(error.message));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, seen, refusals };
}

async function encrypted(t: TestContext) {
  const folder = testFolder(t);
  const [own, his] = [makeCertificates(folder, 'own'), makeCertificates(folder, 'his')];
  const server = await startRedis({
    ...{ folder, isEncrypted: true },
    args: [
      '--tls-cert-file',
      own.cert,
      '--tls-key-file',
      own.key,
      '--tls-ca-cert-file',
      own.ca,
      '--requirepass',
      PASSWORD,
    ],
    cliArgs: ['--tls', '--cacert', own.ca, '--cert', own.cert, '--key', own.key, '-a', PASSWORD, '--no-auth-warning'],
  });
  t.after(server.stop);
  return { own, his, server, shown: { caFile: own.ca, certFile: own.cert, keyFile: own.key } };
}

test('one in between who ends the encryption is refused before a word is said', { skip }, async (t) => {
  const { his, server, shown } = await encrypted(t);
  const between = await interceptor(t, server.port, his);
  const { part, taken, reports } = await fed(t, { url: `rediss://127.0.0.1:${between.port}`, ...shown });
  await until(() => between.refusals.length >= 2, 'nobody tried');
  assert.match(part.view().reason ?? '', /^the certificate of .* is not to be trusted: /);
  assert.equal(part.view().status, 'refused');
  assert.deepEqual([between.seen, taken, reports.at(-1)?.ok], [[], [], false]);

  // The same without him, so that it is he who was refused.
  const direct = await fed(t, { url: `rediss://127.0.0.1:${server.port}`, ...shown });
  await until(() => direct.reports.at(-1)?.ok === true, 'no connection');
  assert.equal(server.cli('PUBLISH', 'seclyzer:events', EVENT), '1');
  await until(() => direct.taken.length === 1, 'nothing taken');
});

test(
  'one beside it publishes nothing: without the password, without the certificate, with another',
  { skip },
  async (t) => {
    const { own, his, server, shown } = await encrypted(t);
    const { taken, reports } = await fed(t, { url: `rediss://127.0.0.1:${server.port}`, ...shown });
    await until(() => reports.at(-1)?.ok === true, 'no connection');
    const attempt = (...args: readonly string[]): string => {
      const words = ['-p', String(server.port), ...args, 'PUBLISH', 'seclyzer:events', EVENT];
      const { stdout, stderr } = spawnSync('redis-cli', words, { encoding: 'utf8', timeout: 5000 });
      return stdout + stderr;
    };
    const tls = ['--tls', '--cacert', own.ca];
    assert.match(attempt(...tls, '--cert', own.cert, '--key', own.key), /NOAUTH/);
    assert.match(attempt(...tls, '-a', PASSWORD, '--no-auth-warning'), /certificate required|Error|closed/i);
    assert.match(
      attempt(...tls, '--cert', his.cert, '--key', his.key, '-a', PASSWORD, '--no-auth-warning'),
      /unknown ca|Error|closed/i,
    );
    assert.match(attempt(), /closed|Error|reset/i);
    assert.equal(
      attempt(...tls, '--cert', own.cert, '--key', own.key, '-a', PASSWORD, '--no-auth-warning').trim(),
      '1',
    );
    await until(() => taken.length === 1, 'what is allowed came');
  },
);

test('without encryption: no events from another machine, and a word about it on this one', { skip }, async (t) => {
  const server = await startRedis({
    ...{ folder: testFolder(t), args: ['--requirepass', PASSWORD], cliArgs: ['-a', PASSWORD, '--no-auth-warning'] },
  });
  t.after(server.stop);
  const here = await fed(t, { url: `redis://127.0.0.1:${server.port}` });
  await until(() => here.reports.at(-1)?.ok === true, 'no connection');
  assert.match(here.notices.get('redis-events') ?? '', /can type here\. An address that begins with rediss:/);
  const { stdout, stderr } = spawnSync('redis-cli', ['-p', String(server.port), 'PUBLISH', 'seclyzer:events', EVENT]);
  assert.match(String(stdout) + String(stderr), /NOAUTH/);

  const away = await fed(t, { url: 'redis://192.0.2.1:6379' });
  const [told] = away.reports;
  assert.ok(told?.ok === false);
  assert.match(told.reason, /^events from another machine are not taken without encryption/);
  assert.equal(away.notices.get('redis-events') ?? null, null);
  assert.deepEqual([here.taken, away.taken], [[], []]);
});
