// What a batch of entries came to in, all of it written at once or nothing of it out: scores, what is known of their subjects now, windows to
// learn from, and that the entries are done. Whoever is killed before has done nothing, and whoever is killed after has done all.
import { SCORED, SCORES_CHANNEL } from '../publish/redis/redis-record.ts';
import { GROUP, partitionKeys } from './partitions.ts';
import type { Lease } from './lease.ts';
import { LUA_IS_AFTER, positionText, type Position } from './position.ts';
import { redisScript, runScript, textOf, type RedisCalls, type RedisReply } from './redis-calls.ts';

export interface ScoredEntry {
  readonly id: string;
  readonly subject: string;
  readonly at: Position;
  /** As it is published. */
  readonly json: string;
}

export interface SealedSubject {
  readonly subject: string;
  /** The last of its entries in this batch. */
  readonly at: Position;
  readonly sealed: Uint8Array;
}

export interface SealedLesson {
  readonly subject: string;
  readonly modality: string;
  readonly sealed: Uint8Array;
}

export interface Batch {
  readonly scored: readonly ScoredEntry[];
  /** Entries that were scored before, or that no collector of this fleet has written: done without a score. */
  readonly passedOver: readonly string[];
  /** Of those, the ones that could not be opened. */
  readonly refused: number;
  readonly subjects: readonly SealedSubject[];
  readonly lessons: readonly SealedLesson[];
}

/** `fenced`: the partition is another's. `order`: a score of it, or a later one, is there already. Nothing was written in either case. */
export type Committed = 'written' | 'fenced' | 'order';

/** Of each partition: for whoever was not listening. */
const SCORES_KEPT = 2000;
/** Half an hour of use. */
export const LESSONS_KEPT = 400;

/**
 * KEYS in, fence, subjects, scores, counts, then lists of windows. ARGV token, group, channel of all, beginning of the channel of each subject,
 * scores kept, windows kept, refused; then counted lists: ids that are done without a score; scored (id, subject, place, score); subjects (id, place, bytes); windows (number of the key, bytes).
 * The state of a subject begins with its place and a blank, so that one look tells what was scored last. Everything is checked before anything
 * is written. XACK comes first: a server whose memory is full lets go on what begins with less.
 */
const COMMIT = redisScript(`${LUA_IS_AFTER}
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'fenced' end
local function placeOf(state)
  return state and string.match(state, '^[^ ]+')
end
local at = 8
local function list(width)
  local from, count = at + 1, tonumber(ARGV[at])
  at = from + count * width
  return from, from + count * width - 1
end
local passedFrom, passedTo = list(1)
local scoredFrom, scoredTo = list(4)
local subjectsFrom, subjectsTo = list(3)
local windowsFrom, windowsTo = list(2)
local last = {}
for i = scoredFrom, scoredTo, 4 do
  local subject, place = ARGV[i + 1], ARGV[i + 2]
  local before = last[subject] or placeOf(redis.call('HGET', KEYS[3], subject))
  if not after(place, before) then return 'order' end
  last[subject] = place
end
local found = 0
for i = scoredFrom, scoredTo, 4 do
  redis.call('XACK', KEYS[1], ARGV[2], ARGV[i])
  found = found + redis.call('XDEL', KEYS[1], ARGV[i])
end
for i = passedFrom, passedTo do
  redis.call('XACK', KEYS[1], ARGV[2], ARGV[i])
  redis.call('XDEL', KEYS[1], ARGV[i])
end
for i = subjectsFrom, subjectsTo, 3 do
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i + 2])
end
for i = windowsFrom, windowsTo, 2 do
  local key = KEYS[5 + tonumber(ARGV[i])]
  redis.call('RPUSH', key, ARGV[i + 1])
  redis.call('LTRIM', key, -tonumber(ARGV[6]), -1)
end
for i = scoredFrom, scoredTo, 4 do
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[5], '*', 's', ARGV[i + 1], 'n', ARGV[i + 2], 'score', ARGV[i + 3])
  redis.call('PUBLISH', ARGV[3], ARGV[i + 3])
  redis.call('PUBLISH', ARGV[4] .. ARGV[i + 1], ARGV[i + 3])
end
local kept = (scoredTo - scoredFrom + 1) / 4 - found
if kept > 0 then redis.call('HINCRBY', KEYS[5], 'lost', -kept) end
if tonumber(ARGV[7]) > 0 then redis.call('HINCRBY', KEYS[5], 'refused', ARGV[7]) end
redis.call('HINCRBY', KEYS[5], 'scored', (scoredTo - scoredFrom + 1) / 4)
return 'written'
`);

/** Rejects where the connection is gone: then it is not known whether it was written, and the state in Redis says. */
export async function commitBatch(
  calls: RedisCalls,
  { partition, token }: Lease,
  { scored, passedOver, refused, subjects, lessons }: Batch,
): Promise<Committed> {
  const keys = partitionKeys(partition);
  const lists = [...new Set(lessons.map(({ subject, modality }) => keys.windows(subject, modality)))];
  const numbers = new Map(lists.map((key, i) => [key, i + 1]));
  return committedOf(
    await runScript(
      calls,
      COMMIT,
      [keys.entries, keys.fence, keys.subjects, keys.scores, keys.counts, ...lists],
      [
        ...[token, GROUP, SCORES_CHANNEL, SCORED, SCORES_KEPT, LESSONS_KEPT, refused],
        ...[passedOver.length, ...passedOver],
        ...[scored.length, ...scored.flatMap(({ id, subject, at, json }) => [id, subject, positionText(at), json])],
        ...[subjects.length, ...subjects.flatMap(({ subject, at, sealed }) => [subject, positionText(at), sealed])],
        ...[
          lessons.length,
          ...lessons.flatMap((one) => [numbers.get(keys.windows(one.subject, one.modality)) ?? 0, one.sealed]),
        ],
      ],
    ),
  );
}

/** @throws TypeError for anything that none of the scripts answers. */
export function committedOf(reply: RedisReply): Committed {
  const said = textOf(reply);
  if (said === 'written' || said === 'fenced' || said === 'order') return said;
  throw new TypeError(`Redis answered what was not asked for: ${said}`);
}
