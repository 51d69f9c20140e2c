// The partitions that this scorer holds: said to be there and renewed by a clock of its own, whatever a batch takes; given back and taken between
// batches, so that all scorers have about as many.
import { shareOf } from './fair-share.ts';
import { giveLeaseBack, renewLease, takeLease, type Lease } from './lease.ts';
import { sayGone, sayPresent } from './presence-list.ts';
import type { RedisCalls } from './redis-calls.ts';

export interface Holdings<H extends { readonly lease: Lease }> {
  readonly held: () => readonly H[];
  readonly holds: (partition: number) => boolean;
  /** Other scorers, and this one. */
  readonly scorers: () => readonly string[];
  /** Gives back what is too much and takes what is missing. Only between two batches. Rejects where Redis does not answer. */
  readonly settle: () => Promise<void>;
  /** It is another's now. */
  readonly lost: (partition: number) => void;
  /** Gives back all. Never rejects: a lease ends by itself. */
  readonly stop: () => Promise<void>;
}

export interface HoldingsParts<H> {
  readonly calls: RedisCalls;
  readonly name: string;
  readonly partitions: number;
  /** Of a lease, and of being there. */
  readonly leaseMs: number;
  readonly begin: (lease: Lease) => H;
}

/** Renewed so often within its time: two may fail. */
const RENEWALS = 3;
/** What is missing is asked for so often within that time: until somebody has died or given back, it is another's. */
const TRIES = 25;

export function holdPartitions<H extends { readonly lease: Lease }>({
  calls,
  name,
  partitions,
  leaseMs,
  begin,
}: HoldingsParts<H>): Holdings<H> {
  const held = new Map<number, H>();
  let scorers: readonly string[] = [name];
  let knows = false;
  let nextTryMs = -Infinity;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    scorers = await sayPresent(calls, name, leaseMs);
    knows = true;
    await Promise.all(
      [...held].map(async ([partition, { lease }]) => {
        if (!(await renewLease(calls, lease, leaseMs)) && held.get(partition)?.lease === lease) held.delete(partition);
      }),
    );
  }
  function schedule(): void {
    timer = setTimeout(() => {
      // Without a connection leases end by themselves, and are taken again.
      beating = beat().then(undefined, () => undefined);
      void beating.then(() => {
        if (!ended) schedule();
      });
    }, leaseMs / RENEWALS);
  }
  schedule();

  return {
    held: () => [...held.values()],
    holds: (partition) => held.has(partition),
    scorers: () => scorers,
    settle: async () => {
      if (!knows) await beat();
      const { surplus, wanted } = shareOf(name, scorers, [...held.keys()], partitions);
      for (const partition of surplus) {
        const one = held.get(partition);
        held.delete(partition);
        if (one !== undefined) await giveLeaseBack(calls, one.lease);
      }
      if (wanted === 0 || performance.now() < nextTryMs) return;
      nextTryMs = performance.now() + leaseMs / TRIES;
      let missing = wanted;
      for (const partition of freeFirst(name, partitions)) {
        if (missing === 0) return;
        if (held.has(partition)) continue;
        const lease = await takeLease(calls, partition, name, leaseMs);
        if (lease === null) continue;
        held.set(partition, begin(lease));
        missing -= 1;
      }
    },
    lost: (partition) => void held.delete(partition),
    stop: async () => {
      ended = true;
      clearTimeout(timer);
      await beating;
      const all = [...held.values()];
      held.clear();
      await Promise.allSettled([...all.map(({ lease }) => giveLeaseBack(calls, lease)), sayGone(calls, name)]);
    },
  };
}

/** Each begins at another place, or all would ask for the same ones. */
function freeFirst(name: string, partitions: number): readonly number[] {
  const start = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % partitions, 0);
  return Array.from({ length: partitions }, (_, i) => (start + i) % partitions);
}
