// Which scorers there are: each says so about once a second, and one that has not for some seconds is none. By the clock of Redis, for those of the
// machines may differ.
import { SCORERS_KEY } from './partitions.ts';
import { listOf, redisScript, runScript, textOf, type RedisCalls } from './redis-calls.ts';

/** KEYS scorers. ARGV name, milliseconds. */
const PRESENT = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
return redis.call('ZRANGE', KEYS[1], 0, -1)
`);

/** @returns all that are there, this one among them. */
export async function sayPresent(calls: RedisCalls, name: string, forMs: number): Promise<readonly string[]> {
  return listOf(await runScript(calls, PRESENT, [SCORERS_KEY], [name, forMs])).map(textOf);
}

export async function sayGone(calls: RedisCalls, name: string): Promise<void> {
  await calls.send(['ZREM', SCORERS_KEY, name]);
}
