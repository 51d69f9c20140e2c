// A model that was made in, the model and what is known of its subject, both in Redis, out: at once, so that no score is ever made with a model
// that the state does not name.
import type { Lease } from './lease.ts';
import { partitionKeys } from './partitions.ts';
import { positionText, type Position } from './position.ts';
import { redisScript, runScript, type RedisCalls } from './redis-calls.ts';
import type { CentralModality } from './subject-state.ts';
import { committedOf, type Committed } from './commit.ts';

/** KEYS fence, subjects, models. ARGV token, subject, place, state, modality, model (empty: none). */
const KEEP = redisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local now = redis.call('HGET', KEYS[2], ARGV[2])
if not now or string.match(now, '^(%d+:%d+) ') ~= ARGV[3] then return 'order' end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3] .. ' ' .. ARGV[4])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[3], ARGV[5], ARGV[6]) end
return 'written'
`);

export interface KeptModel {
  readonly subject: string;
  readonly at: Position;
  /** What is known of the subject, with the model in force. */
  readonly state: Uint8Array;
  readonly modality: CentralModality;
  /** null where the training has failed: then only the state says so. */
  readonly model: Uint8Array | null;
}

export async function keepModel(
  calls: RedisCalls,
  { partition, token }: Lease,
  { subject, at, state, modality, model }: KeptModel,
): Promise<Committed> {
  const keys = partitionKeys(partition);
  return committedOf(
    await runScript(
      calls,
      KEEP,
      [keys.fence, keys.subjects, keys.models(subject)],
      [token, subject, positionText(at), state, modality, model ?? ''],
    ),
  );
}
