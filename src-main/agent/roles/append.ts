// Entries of one subject in, at the end of its partition's stream out: each once, however often it is sent. The stream is bounded; the oldest go
// first, and are counted.
import { partitionKeys } from './partitions.ts';
import { LUA_IS_AFTER, positionText, type Position } from './position.ts';
import { listOf, numberOf, redisScript, runScript, type RedisCalls } from './redis-calls.ts';

/** Of one partition: with sixteen of them some 300 MiB at the most, and an hour and a half of a hundred hosts a partition. */
const STREAM_ENTRIES = 25_000;

export interface SealedEntry {
  readonly at: Position;
  readonly sealed: Uint8Array;
}

export interface Appended {
  readonly added: number;
  /** Were there already: an earlier try had come through. */
  readonly known: number;
}

/**
 * KEYS in, taken, counts. ARGV the most entries, subject, then place and bytes of each entry, in order.
 * XADD comes first: a server whose memory is full refuses it before anything was written.
 */
const APPEND = redisScript(`${LUA_IS_AFTER}local last = redis.call('HGET', KEYS[2], ARGV[2])
local added, known = 0, 0
for i = 3, #ARGV, 2 do
  if after(ARGV[i], last) then
    redis.call('XADD', KEYS[1], '*', 's', ARGV[2], 'n', ARGV[i], 'e', ARGV[i + 1])
    last = ARGV[i]
    added = added + 1
  else
    known = known + 1
  end
end
if added > 0 then
  redis.call('HSET', KEYS[2], ARGV[2], last)
  local lost = redis.call('XTRIM', KEYS[1], 'MAXLEN', ARGV[1])
  if lost > 0 then redis.call('HINCRBY', KEYS[3], 'lost', lost) end
end
return {added, known}
`);

/** All of them or none. Rejects where the connection is gone or Redis takes nothing; then the same ones are to be sent again. */
export async function appendEntries(
  calls: RedisCalls,
  partition: number,
  subject: string,
  entries: readonly SealedEntry[],
  most = STREAM_ENTRIES,
): Promise<Appended> {
  const keys = partitionKeys(partition);
  const reply = await runScript(
    calls,
    APPEND,
    [keys.entries, keys.taken, keys.counts],
    [most, subject, ...entries.flatMap(({ at, sealed }) => [positionText(at), sealed])],
  );
  const [added, known] = listOf(reply);
  return { added: numberOf(added), known: numberOf(known) };
}
