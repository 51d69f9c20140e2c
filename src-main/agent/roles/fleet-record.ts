// What all of a fleet must agree on, in Redis: how many partitions there are. Whoever comes first writes it, sealed with the key of the fleet, so
// that a machine with another key is told at once and not by entries that nobody can open.
import * as v from 'valibot';
import { SealBroken, type Cipher } from '../store/cipher.ts';
import { FLEET_KEY, PARTITIONS } from './partitions.ts';
import { bytesOf, type RedisCalls } from './redis-calls.ts';

/** A cluster has as many slots; more would be one a partition and no use. */
const MOST_PARTITIONS = 16_384;
const recordSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    format: v.literal(1),
    partitions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_PARTITIONS)),
  }),
);

/** The key of this machine is not that of the fleet. */
export class OtherFleet extends Error {}

/**
 * @param wanted by whoever begins a fleet; afterwards what was written then holds.
 * @throws OtherFleet, or what Redis says.
 */
export async function joinFleet(calls: RedisCalls, cipher: Cipher, wanted = PARTITIONS): Promise<number> {
  const record = cipher.seal(Buffer.from(JSON.stringify({ format: 1, partitions: wanted })), ['fleet']);
  await calls.send(['SET', FLEET_KEY, record, 'NX']);
  const partitions = await partitionsOf(calls, cipher);
  if (partitions === null) throw new Error('Redis does not keep what a fleet agrees on');
  return partitions;
}

/** Of the fleet that was begun there; null where none was. @throws OtherFleet, or what Redis says. */
export async function partitionsOf({ send }: RedisCalls, cipher: Cipher): Promise<number | null> {
  const found = await send(['GET', FLEET_KEY]);
  if (found === null) return null;
  try {
    return v.parse(recordSchema, cipher.open(bytesOf(found), ['fleet']).toString('utf8')).partitions;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new OtherFleet(
      'What lies in this Redis was sealed with another key of a fleet. Copy the key of that fleet here, or use another Redis or database.',
      { cause: error },
    );
  }
}
