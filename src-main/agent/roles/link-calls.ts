// A connection that comes back by itself in, what the roles ask of Redis out.
import { RESP_TYPES } from '@redis/client';
import type { RedisLink } from '../publish/redis/redis-link.ts';
import type { RedisCalls, RedisReply } from './redis-calls.ts';

/** What is sealed is no text. */
const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } as const;

export const linkCalls = ({ run }: Pick<RedisLink, 'run'>): RedisCalls => ({
  send: (args) =>
    run(async (client) => {
      const words = args.map((arg) =>
        typeof arg === 'string' ? arg : Buffer.from(arg.buffer, arg.byteOffset, arg.length),
      );
      return (await client.sendCommand(words, AS_BYTES)) as unknown as RedisReply;
    }),
});
