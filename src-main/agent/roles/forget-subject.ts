// A subject in, nothing of it in Redis out: what is known, models, windows, entries that wait and scores that are kept. Whoever scores the partition
// loses it by this, and begins again from what is there: nothing that it still has in memory is written back.
import { partitionKeys, partitionOf } from './partitions.ts';
import { numberOf, redisScript, runScript, type RedisCalls } from './redis-calls.ts';
import { CENTRAL } from './subject-state.ts';

/** KEYS fence, lease, subjects, taken, in, scores, then what goes as a whole. ARGV subject. Answers what went. */
const FORGET = redisScript(`
redis.call('INCR', KEYS[1])
redis.call('DEL', KEYS[2])
local gone = redis.call('HDEL', KEYS[3], ARGV[1]) + redis.call('HDEL', KEYS[4], ARGV[1])
for _, stream in ipairs({KEYS[5], KEYS[6]}) do
  for _, entry in ipairs(redis.call('XRANGE', stream, '-', '+')) do
    local fields = entry[2]
    for i = 1, #fields, 2 do
      if fields[i] == 's' and fields[i + 1] == ARGV[1] then
        redis.call('XDEL', stream, entry[1])
        gone = gone + 1
      end
    end
  end
end
for i = 7, #KEYS do gone = gone + redis.call('DEL', KEYS[i]) end
return gone
`);

/** @returns whether there was anything. */
export async function forgetSubject(calls: RedisCalls, subject: string, partitions: number): Promise<boolean> {
  const keys = partitionKeys(partitionOf(subject, partitions));
  const whole = [keys.models(subject), ...CENTRAL.map((modality) => keys.windows(subject, modality))];
  const known = [keys.fence, keys.lease, keys.subjects, keys.taken, keys.entries, keys.scores];
  return numberOf(await runScript(calls, FORGET, [...known, ...whole], [subject])) > 0;
}
