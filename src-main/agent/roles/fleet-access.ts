// What a collector and a scorer need before they can do anything: a Redis and the key of the fleet. In: the settings. Out: both, or why there is
// no beginning and what to do about it.
import type { UserSettings } from '../../../src-preload/contract.ts';
import type { RedisTarget } from '../publish/redis/redis-target.ts';
import { readTarget } from '../publish/redis/redis-target.ts';
import type { SecretTrouble } from '../publish/secret-text.ts';
import type { Cipher } from '../store/cipher.ts';
import { fleetKeyFile, openFleetKey } from './fleet-key.ts';
import type { RedisCalls } from './redis-calls.ts';

export interface FleetAccess {
  readonly cipher: Cipher;
  /** Of a fleet that is begun here. */
  readonly partitions: number;
  /** Read anew for each connection. */
  readonly target: () => RedisTarget | SecretTrouble;
}

/** Without it a role does not start. */
export function fleetAccess(
  redis: UserSettings['redis'],
  dataDir: string,
  settingsFile: string,
): FleetAccess | SecretTrouble {
  const { url } = redis;
  if (url === null)
    return {
      reason: 'no Redis is named',
      fix: `Put its address into ${settingsFile}: {"redis": {"url": "rediss://redis.example:6379"}}`,
    };
  const cipher = openFleetKey(fleetKeyFile(redis.fleetKeyFile, dataDir));
  if ('reason' in cipher) return cipher;
  return { cipher, partitions: redis.partitions, target: () => readTarget({ ...redis, url }, dataDir) };
}

const KEEPS_ALL = 'noeviction';

/** What should be changed about the server; null where all is well or it does not say. */
export async function evictionWarning({ send }: RedisCalls): Promise<string | null> {
  let policy: string;
  try {
    policy = policyIn(await send(['CONFIG', 'GET', 'maxmemory-policy']));
  } catch (error) {
    // Who may not ask is none to warn: the administrator has taken the right away.
    return error instanceof Error && /NOPERM|unknown command/.test(error.message) ? null : Promise.reject(error);
  }
  if (policy === '' || policy === KEEPS_ALL) return null;
  return (
    `This Redis throws away what it has when its memory is full (maxmemory-policy ${policy}): models and what waits to be scored could go. ` +
    `Give the streams a server with maxmemory-policy ${KEEPS_ALL}.`
  );
}

/** A list in the older protocol, a map in the newer. */
function policyIn(reply: unknown): string {
  if (Array.isArray(reply)) return String(reply[1] ?? '');
  if (reply instanceof Map) return String([...reply.values()][0] ?? '');
  return typeof reply === 'object' && reply !== null ? String(Object.values(reply)[0] ?? '') : '';
}
