// For tests. A real redis-server out, and a connection to it as the roles have one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import { openRedisLink, type LinkParts, type RedisLink } from '../publish/redis/redis-link.ts';
import { startRedis, type RedisServer } from '../publish/redis/redis-server.fixture.ts';
import { createCipher, type Cipher } from '../store/cipher.ts';
import { testFolder } from '../store/test-folder.ts';
import { linkCalls } from './link-calls.ts';
import type { RedisCalls } from './redis-calls.ts';

export const FLEET_CIPHER: Cipher = createCipher(Buffer.alloc(32, 3));

/** Of a server on the loopback. */
export async function connect(
  port: number,
  connected?: LinkParts['connected'],
  credentials: { readonly username?: string; readonly password?: string } = {},
): Promise<RedisLink> {
  const place = `127.0.0.1:${port}`;
  const socket = { host: '127.0.0.1', port, tls: false as const };
  const link = openRedisLink({
    target: () => ({ place, options: { database: 0, socket, ...credentials } }),
    ...{ alarm: SYSTEM_ALARM, random: () => 0 },
    ...(connected === undefined ? {} : { connected }),
  });
  for (let tries = 0; link.view().status !== 'connected'; tries += 1) {
    if (tries === 500) {
      const { reason } = link.view();
      link.close();
      throw new Error(`no connection to Redis: ${reason}`);
    }
    await sleep(5);
  }
  return link;
}

export async function serveRedis(
  t: TestContext,
  args: readonly string[] = [],
): Promise<{ readonly server: RedisServer; readonly calls: RedisCalls }> {
  const server = await startRedis({ folder: testFolder(t), args });
  t.after(server.stop);
  const link = await connect(server.port);
  t.after(link.close);
  return { server, calls: linkCalls(link) };
}
