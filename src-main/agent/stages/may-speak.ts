// A connection and a channel in, whether its user may publish there out. Nothing is published: Redis looks at the rights when a command is put into a
// transaction, and this one is thrown away.
import type { RedisClient } from '../publish/redis/redis-link.ts';

/** @returns null where it can't be asked. */
export async function maySpeakOn(client: Pick<RedisClient, 'sendCommand'>, channel: string): Promise<boolean | null> {
  const done = (args: readonly string[]): Promise<boolean> =>
    client.sendCommand([...args]).then(
      () => true,
      () => false,
    );
  if (!(await done(['MULTI']))) return null;
  const may = await done(['PUBLISH', channel, '']);
  return (await done(['DISCARD'])) ? may : null;
}
