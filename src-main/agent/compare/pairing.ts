// Records of two sides in, each side in the order of its time, pairs of the same window out: same kind, subject and modality, and ends that lie
// no further apart than the skew. What stays alone is told as such, as soon as nothing can come to it any more. Bounded in memory.
import { otherSide, SIDES, type Comparable, type Side } from './comparable.ts';

export interface PairingParts {
  /** Ends of one window on the two sides may lie so far apart, microseconds. */
  readonly skewUs: number;
  readonly onPair: (a: Comparable, b: Comparable) => void;
  /** @param has the side on which it is */
  readonly onAlone: (record: Comparable, has: Side) => void;
  /** Records that may wait on both sides together. Beyond it the oldest is told as alone. */
  readonly mostWaiting?: number;
}

export interface Pairing {
  readonly add: (side: Side, record: Comparable) => void;
  /** Nothing before this moment comes from a side any more, of any subject. */
  readonly passed: (side: Side, ts: number) => void;
  /** Time of the newest record of a side; -Infinity while there is none. */
  readonly newest: (side: Side) => number;
  /** Whether a moment lies in the time in which a side had anything of a subject, give or take the skew. */
  readonly covers: (side: Side, subject: string, ts: number) => boolean;
  readonly waiting: () => number;
  /** Let go because too many waited. */
  readonly letGo: () => number;
  readonly end: () => void;
}

/** Of 140 figures each: 40 MB. A day of scores is 86,400, but those wait only as long as one side lags behind the other. */
const MOST_WAITING = 20_000;
/** Hosts of one stream, by clocks of their own, may lag so far behind one another. */
const LAG_US = 60_000_000;

interface Queue {
  readonly subject: string;
  readonly A: Comparable[];
  readonly B: Comparable[];
}

export function createPairing({ skewUs, onPair, onAlone, mostWaiting = MOST_WAITING }: PairingParts): Pairing {
  /** By subject, then by kind and modality. */
  const queues = new Map<string, Map<string, Queue>>();
  const newest = { A: -Infinity, B: -Infinity };
  const closed = { A: -Infinity, B: -Infinity };
  const newestOf = { A: new Map<string, number>(), B: new Map<string, number>() };
  const oldestOf = { A: new Map<string, number>(), B: new Map<string, number>() };
  let waiting = 0;
  let letGo = 0;

  function queueOf({ subject, kind, modality }: Comparable): Queue {
    const own = queues.get(subject) ?? new Map<string, Queue>();
    queues.set(subject, own);
    const key = `${kind} ${modality}`;
    const queue = own.get(key) ?? { subject, A: [], B: [] };
    own.set(key, queue);
    return queue;
  }

  /** Nothing before this moment is to be expected of a subject from a side. */
  const mark = (side: Side, subject: string): number =>
    Math.max(closed[side], newestOf[side].get(subject) ?? -Infinity, newest[side] - LAG_US);

  function take(queue: Comparable[], at: number): Comparable | undefined {
    waiting -= 1;
    return queue.splice(at, 1)[0];
  }
  function pair(queue: Queue, atA: number, atB: number): void {
    const [a, b] = [take(queue.A, atA), take(queue.B, atB)];
    if (a !== undefined && b !== undefined) onPair(a, b);
  }
  function alone(queue: Queue, side: Side): void {
    const one = take(queue[side], 0);
    if (one !== undefined) onAlone(one, side);
  }
  /** @returns the place of the record nearest to a moment and no further from it than the skew, or -1 */
  function nearest(records: readonly Comparable[], ts: number): number {
    let found = -1;
    let least = Infinity;
    for (let i = 0; i < records.length; i += 1) {
      const off = Math.abs((records[i] as Comparable).ts - ts);
      if (off <= skewUs && off < least) [found, least] = [i, off];
      if ((records[i] as Comparable).ts > ts + skewUs) break;
    }
    return found;
  }
  /** Decides about the oldest record of a queue; false where it must wait for what may still come. */
  function settleOldest(queue: Queue): boolean {
    const [firstA, firstB] = [queue.A[0], queue.B[0]];
    const side: Side = firstB === undefined || (firstA !== undefined && firstA.ts <= firstB.ts) ? 'A' : 'B';
    const oldest = queue[side][0];
    if (oldest === undefined) return false;
    const other = otherSide(side);
    const until = Math.min(mark(other, queue.subject), skewUs === 0 ? Infinity : mark(side, queue.subject));
    const partnerAt = nearest(queue[other], oldest.ts);
    const partner = queue[other][partnerAt];
    if (partner?.ts === oldest.ts) return pairUp(queue, side, partnerAt);
    // A nearer one may still come, to either of the two.
    if (until <= oldest.ts + 2 * skewUs) return false;
    if (partner === undefined) {
      alone(queue, side);
      return true;
    }
    const back = queue[side][nearest(queue[side], partner.ts)];
    if (back !== oldest) alone(queue, side);
    else pairUp(queue, side, partnerAt);
    return true;
  }
  function pairUp(queue: Queue, side: Side, partnerAt: number): boolean {
    if (side === 'A') pair(queue, 0, partnerAt);
    else pair(queue, partnerAt, 0);
    return true;
  }
  function settle(queue: Queue): void {
    while (settleOldest(queue));
  }
  function settleAll(): void {
    for (const of of queues.values()) for (const queue of of.values()) settle(queue);
  }
  const heads = (): { readonly queue: Queue; readonly side: Side; readonly ts: number }[] =>
    [...queues.values()].flatMap((of) =>
      [...of.values()].flatMap((queue) => SIDES.map((side) => ({ queue, side, ts: queue[side][0]?.ts ?? Infinity }))),
    );
  function makeRoom(): void {
    if (waiting <= mostWaiting) return;
    const { queue, side } = heads().reduce((oldest, one) => (one.ts < oldest.ts ? one : oldest));
    letGo += 1;
    alone(queue, side);
  }

  return {
    add: (side, record) => {
      const { subject, ts } = record;
      const queue = queueOf(record);
      const own = queue[side];
      own.splice(own.findLastIndex((one) => one.ts <= ts) + 1, 0, record);
      waiting += 1;
      newest[side] = Math.max(newest[side], ts);
      newestOf[side].set(subject, Math.max(newestOf[side].get(subject) ?? -Infinity, ts));
      oldestOf[side].set(subject, Math.min(oldestOf[side].get(subject) ?? Infinity, ts));
      // What waits of this subject elsewhere has become older by this.
      for (const one of queues.get(subject)?.values() ?? []) settle(one);
      makeRoom();
    },
    passed: (side, ts) => {
      closed[side] = Math.max(closed[side], ts);
      settleAll();
    },
    newest: (side) => newest[side],
    covers: (side, subject, ts) =>
      ts + skewUs >= (oldestOf[side].get(subject) ?? Infinity) &&
      ts - skewUs <= (newestOf[side].get(subject) ?? -Infinity),
    waiting: () => waiting,
    letGo: () => letGo,
    end: () => {
      closed.A = closed.B = Infinity;
      settleAll();
    },
  };
}
