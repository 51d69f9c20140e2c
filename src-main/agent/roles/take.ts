// Entries of a partition out of its stream, for the holder of its lease alone: first those that the holder before had taken and not finished.
import { GROUP, partitionKeys } from './partitions.ts';
import type { Lease } from './lease.ts';
import { bytesOf, listOf, redisScript, runScript, textOf, type RedisCalls, type RedisReply } from './redis-calls.ts';

export interface TakenEntry {
  /** Of the stream. */
  readonly id: string;
  readonly subject: string;
  /** As it was written: not checked yet. */
  readonly place: string;
  readonly sealed: Buffer;
}

export type Taken = readonly TakenEntry[] | 'fenced';

/** KEYS in, fence. ARGV token, group, holder, most. A zombie takes nothing that the new holder would have to claim back. */
const TAKE_NEW = redisScript(`
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'fenced' end
local found = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', ARGV[4], 'STREAMS', KEYS[1], '>')
if not found then return {} end
return found[1][2]
`);

/** KEYS in, fence. ARGV token, group, holder, most, where to go on. */
const TAKE_OVER = redisScript(`
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'fenced' end
local found = redis.call('XAUTOCLAIM', KEYS[1], ARGV[2], ARGV[3], 0, ARGV[5], 'COUNT', ARGV[4])
return {found[1], found[2]}
`);

/** KEYS in, fence. ARGV token, group, holder. Makes the group, and forgets consumers that have nothing left. */
const TIDY = redisScript(`
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'fenced' end
local exists = false
if redis.call('EXISTS', KEYS[1]) == 1 then
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    if group[2] == ARGV[2] then exists = true end
  end
end
if not exists then redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[2], '0', 'MKSTREAM') end
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[2])) do
  if consumer[2] ~= ARGV[3] and consumer[4] == 0 then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[2], consumer[2])
  end
end
return 'tidy'
`);

const keysOf = (partition: number): readonly [string, string] => {
  const { entries, fence } = partitionKeys(partition);
  return [entries, fence];
};

/** What nobody has taken yet, oldest first. */
export async function takeNew(calls: RedisCalls, { partition, holder, token }: Lease, most: number): Promise<Taken> {
  return read(await runScript(calls, TAKE_NEW, keysOf(partition), [token, GROUP, holder, most]));
}

export interface TakenOver {
  readonly entries: Taken;
  /** Where the next call goes on; null at the end. */
  readonly next: string | null;
}

/** What an earlier holder had taken and not finished, oldest first. */
export async function takeOver(
  calls: RedisCalls,
  { partition, holder, token }: Lease,
  most: number,
  from: string,
): Promise<TakenOver> {
  const reply = await runScript(calls, TAKE_OVER, keysOf(partition), [token, GROUP, holder, most, from]);
  if (isFenced(reply)) return { entries: 'fenced', next: null };
  const [next, entries] = listOf(reply);
  return { entries: read(entries), next: textOf(next) === BEGIN ? null : textOf(next) };
}

export const BEGIN = '0-0';

/** @returns whether the lease is still ours. */
export async function tidyGroup(calls: RedisCalls, { partition, holder, token }: Lease): Promise<boolean> {
  return !isFenced(await runScript(calls, TIDY, keysOf(partition), [token, GROUP, holder]));
}

const isFenced = (reply: RedisReply | undefined): boolean =>
  (Buffer.isBuffer(reply) || typeof reply === 'string') && textOf(reply) === 'fenced';

function read(reply: RedisReply | undefined): Taken {
  if (isFenced(reply)) return 'fenced';
  return listOf(reply).flatMap((one) => {
    const [id, fields] = listOf(one);
    // An entry that was trimmed while it was pending has no fields any more.
    return fields === null || fields === undefined ? [] : [takenOf(textOf(id), listOf(fields))];
  });
}

function takenOf(id: string, fields: readonly RedisReply[]): TakenEntry {
  const all = new Map<string, RedisReply>();
  for (let i = 0; i + 1 < fields.length; i += 2) all.set(textOf(fields[i]), fields[i + 1] ?? null);
  const field = (name: string): Buffer => bytesOf(all.get(name) ?? '');
  return { id, subject: field('s').toString('utf8'), place: field('n').toString('utf8'), sealed: field('e') };
}
