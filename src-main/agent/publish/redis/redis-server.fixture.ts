// For tests. A real redis-server of the test's own out, and certificates that OpenSSL makes; what is not installed is said, not imitated.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why a test of Redis is skipped; false where it runs. */
export const NO_REDIS: string | false =
  spawnSync('redis-server', ['--version']).status === 0 ? false : 'redis-server is not installed';

export interface RedisServer {
  readonly port: number;
  /** What `redis-cli` says to a command of these words. */
  readonly cli: (...words: readonly string[]) => string;
  /** Stops answering without closing anything, as a hung one does; and goes on. */
  readonly hang: () => void;
  readonly goOn: () => void;
  /** Of the same port and arguments. */
  readonly start: () => Promise<void>;
  /** At once, as a crash. */
  readonly stop: () => Promise<void>;
}

export interface RedisServerOptions {
  /** Of its configuration, besides port and folder. */
  readonly args?: readonly string[];
  /** A file with more of it. */
  readonly conf?: string;
  readonly folder: string;
  /** What `redis-cli` needs to be let in. */
  readonly cliArgs?: readonly string[];
  readonly isEncrypted?: boolean;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Running. The one who started it stops it. */
export async function startRedis(options: RedisServerOptions): Promise<RedisServer> {
  const { args = [], conf, folder, cliArgs = [], isEncrypted = false } = options;
  const port = await freePort();
  const ports = isEncrypted ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
  const asked = [
    ...(conf === undefined ? [] : [conf]),
    ...ports,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    ...args,
  ];
  let child = spawn('redis-server', asked, { stdio: 'ignore' });
  const cli = (...words: readonly string[]): string =>
    execFileSync('redis-cli', ['-p', String(port), ...cliArgs, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim();
  async function ready(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
      const answer = spawnSync('redis-cli', ['-p', String(port), ...cliArgs, 'PING']);
      if (/PONG|NOAUTH/.test(String(answer.stdout) + String(answer.stderr))) return;
      await sleep(25);
    }
    throw new Error('redis-server does not answer');
  }
  await ready();
  return {
    port,
    cli,
    hang: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    start: async () => {
      child = spawn('redis-server', asked, { stdio: 'ignore' });
      await ready();
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own and a certificate for `name` that it signed, made now. */
export function makeCertificates(folder: string, name: string, subject = 'IP:127.0.0.1'): Certificates {
  const at = (file: string): string => join(folder, `${name}-${file}`);
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const [caKey, ca, key, request, cert] = [at('ca.key'), at('ca.pem'), at('key.pem'), at('req.pem'), at('cert.pem')];
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...ec, '-keyout', caKey, '-out', ca, '-days', '2', '-subj', `/CN=${name} authority`);
  openssl(
    ...['req', ...ec, '-keyout', key, '-out', request, '-subj', `/CN=${name}`],
    ...['-addext', `subjectAltName=${subject}`],
  );
  openssl(
    ...['x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-out', cert],
    ...['-days', '2', '-copy_extensions', 'copy'],
  );
  return { ca, cert, key };
}

/** Within three seconds. */
export async function until(what: () => boolean, why: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (what()) return;
    await sleep(10);
  }
  throw new Error(why);
}
