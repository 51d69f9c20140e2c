// A connection and a channel in, whether its user may publish there out. Nothing is published.
import { probeRights } from '../publish/redis/probe-rights.ts';
import type { RedisClient } from '../publish/redis/redis-link.ts';

/** @returns null where it can't be asked. */
export async function maySpeakOn(client: RedisClient, channel: string): Promise<boolean | null> {
  const refused = await probeRights({ run: (work) => work(client) }, 'queued', [['PUBLISH', channel, '']]);
  // Without a transaction of which it can be sure, nothing is known.
  if (refused === null || refused.some(({ what }) => what === 'multi' || what === 'discard')) return null;
  return refused.length === 0;
}
