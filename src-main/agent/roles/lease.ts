// Who scores a partition. A lease ends by itself, so that the partition of a scorer that died is free soon; and it bears a number that is never
// given again, so that one that was only slow can write nothing after another has taken over ("fencing": M. Kleppmann, "How to do distributed
// locking", 2016).
import { partitionKeys } from './partitions.ts';
import { numberOf, redisScript, runScript, type RedisCalls } from './redis-calls.ts';

export interface Lease {
  readonly partition: number;
  readonly holder: string;
  readonly token: number;
}

/** KEYS lease, fence. ARGV holder, milliseconds. 0: somebody has it. */
const TAKE = redisScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local token = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. token, 'NX', 'PX', ARGV[2])
return token
`);

/** KEYS lease, fence. ARGV holder, token, milliseconds. One that ran out is still ours while no other was given. */
const RENEW = redisScript(`
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
return 1
`);

/** KEYS lease, fence. ARGV token. */
const GIVE_BACK = redisScript(`
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

const keysOf = (partition: number): readonly [string, string] => {
  const { lease, fence } = partitionKeys(partition);
  return [lease, fence];
};

/** @returns null where somebody has it. */
export async function takeLease(
  calls: RedisCalls,
  partition: number,
  holder: string,
  forMs: number,
): Promise<Lease | null> {
  const token = numberOf(await runScript(calls, TAKE, keysOf(partition), [holder, forMs]));
  return token === 0 ? null : { partition, holder, token };
}

/** @returns whether it is still ours. */
export async function renewLease(
  calls: RedisCalls,
  { partition, holder, token }: Lease,
  forMs: number,
): Promise<boolean> {
  return numberOf(await runScript(calls, RENEW, keysOf(partition), [holder, token, forMs])) === 1;
}

export async function giveLeaseBack(calls: RedisCalls, { partition, token }: Lease): Promise<void> {
  await runScript(calls, GIVE_BACK, keysOf(partition), [token]);
}
