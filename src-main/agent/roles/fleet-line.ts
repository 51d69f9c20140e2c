// Redis and the key of a fleet in, a line on which the entries of one subject can be appended, and all of it deleted, out: it comes back by itself, and asks anew on each
// connection how many partitions the fleet has.
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import { openRedisLink } from '../publish/redis/redis-link.ts';
import { appendEntries, type Appended, type SealedEntry } from './append.ts';
import type { FleetAccess } from './fleet-access.ts';
import { joinFleet } from './fleet-record.ts';
import { forgetSubject } from './forget-subject.ts';
import { linkCalls } from './link-calls.ts';
import { partitionOf } from './partitions.ts';

export interface FleetLine {
  /** Rejects where it is not known whether they are there. */
  readonly append: (entries: readonly SealedEntry[]) => Promise<Appended>;
  /** Deletes all there is of the subject. @returns whether there was anything. Rejects where Redis does not answer. */
  readonly forget: () => Promise<boolean>;
  readonly close: () => void;
}

export function openFleetLine({ cipher, partitions: wanted, target }: FleetAccess, subject: string): FleetLine {
  let partitions: number | null = null;
  const link = openRedisLink({
    ...{ target, alarm: SYSTEM_ALARM, random: Math.random },
    changed: () => (partitions = null),
  });
  const calls = linkCalls(link);
  const joined = async (): Promise<number> => (partitions ??= await joinFleet(calls, cipher, wanted));
  return {
    append: async (entries) => appendEntries(calls, partitionOf(subject, await joined()), subject, entries),
    forget: async () => forgetSubject(calls, subject, await joined()),
    close: link.close,
  };
}
