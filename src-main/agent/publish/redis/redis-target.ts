// The settings of Redis in, what a connection is made of out: address, password, certificates, read anew for each connection because they may
// have been exchanged. A name that is not in the certificate is never let pass, nor an authority that nobody named.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisClientOptions } from '@redis/client';
import type { UserSettings } from '../../../../src-preload/contract.ts';
import { messageOf } from '../../thrown.ts';
import { isOwnMachine } from '../own-machine.ts';
import { readSecret, type SecretTrouble } from '../secret-text.ts';

export type RedisSettings = UserSettings['redis'] & { readonly url: string };

export interface RedisTarget {
  /** `redis.example:6379`, for sentences. */
  readonly place: string;
  readonly options: Pick<RedisClientOptions, 'username' | 'password' | 'database'> & {
    readonly socket: NonNullable<RedisClientOptions['socket']>;
  };
}

const PASSWORD_FILE = 'redis-password';
const USUAL_PORT = 6379;

/** @returns what is missing, and what to do about it, where a file can't be used */
export function readTarget(settings: RedisSettings, dataDir: string): RedisTarget | SecretTrouble {
  const { user, passwordFile, keyFile } = settings;
  const { host, port, place, database, isEncrypted } = placeOf(settings.url);
  const password = readSecret(passwordFile ?? join(dataDir, PASSWORD_FILE), {
    ...{ what: 'the password', of: 'Redis', wanted: passwordFile !== null || user !== '' },
  });
  if (typeof password === 'object' && password !== null) return password;
  const credentials = password === null ? {} : { password, ...(user === '' ? {} : { username: user }) };
  if (!isEncrypted) return { place, options: { ...credentials, database, socket: { host, port, tls: false } } };

  const key = keyFile === null ? null : readSecret(keyFile, { what: 'the key', of: 'Redis', wanted: true });
  if (typeof key === 'object' && key !== null) return key;
  const ca = readPem(settings.caFile, 'the certificate of the authority');
  const cert = readPem(settings.certFile, 'the certificate');
  for (const part of [ca, cert]) if (typeof part === 'object' && part !== null) return part;
  const socket = {
    ...{ host, port, tls: true as const, rejectUnauthorized: true, minVersion: 'TLSv1.2' as const },
    ...(typeof ca === 'string' ? { ca } : {}),
    ...(typeof cert === 'string' ? { cert } : {}),
    ...(key === null ? {} : { key }),
    ...(settings.serverName === null ? {} : { servername: settings.serverName }),
  };
  return { place, options: { ...credentials, database, socket } };
}

function readPem(path: string | null, what: string): string | SecretTrouble | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return { reason: `${what} can't be read: ${messageOf(error)}`, fix: `Put it into ${path}, as PEM.` };
  }
}

function placeOf(url: string) {
  const { hostname, port, protocol, pathname } = new URL(url);
  const at = port === '' ? USUAL_PORT : Number(port);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: at,
    place: `${hostname}:${at}`,
    database: Number(pathname.slice(1)),
    isEncrypted: protocol === 'rediss:',
  };
}

/** Whether what is sent, and the password with it, can be read on its way. */
export function redisTravelsInPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'redis:' && !isOwnMachine(hostname);
}
