// Intervals between key presses in, one at a time; out: a finding when the same sequence of intervals was there before.
// A person types the same words twice, but never in the same time: a replay does. Kept, in memory only: the last 8192
// intervals, rounded, without their keys.
import { confidenceBelow, inSeconds, type InjectedFinding } from './injected-finding.ts';

export interface ReplayedTyping {
  /** @param intervalMs since the press before; NaN for the first */
  readonly accept: (intervalMs: number, atUs: number) => InjectedFinding | null;
  readonly reset: () => void;
}

const KEPT = 8192;
/** A pause says nothing: it is not compared. */
const MAX_INTERVAL_MS = 2000;
/** Two intervals this close are called the same. A replay's own timer is a millisecond or two off. */
const TOLERANCE_MS = 7;
/** This many intervals alike in bins of this width make a place in the past worth following; two sets of bins, half a bin apart. */
const SEED_INTERVALS = 4;
const SEED_BIN_MS = 24;
const SEED_ROWS = 16_384;
const FOLLOWED = 6;
/** A short rhythm repeats itself, so nothing nearer is followed. */
const MIN_LAG = 16;

/**
 * Wald's sequential test in bits, dropped below 0 (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954): a replay
 * repeats an interval within the tolerance 4 times in 5; chance does so as often as intervals of this length are, and at least
 * 2 times in 5, as people do who type the same password again. The limit was chosen on the even-numbered people of the BB-MAS
 * and CMU development recordings.
 */
const P_REPLAY = 0.8;
const P_SAME_TEXT = 0.4;
const START_BITS = 3;
const ALARM_BITS = 30;
const HISTOGRAM_BIN_MS = 4;
/** Intervals after which the histogram forgets half of what it has. */
const HALVED_AFTER = 2048;

interface Followed {
  /** Of the past interval that should come next. */
  place: number;
  readonly firstUs: number;
  bits: number;
  same: number;
  compared: number;
}

/** @param looseness above 1 finds more, at the price of alarms; 1 is what is measured and shipped. */
export function createReplayedTyping(looseness = 1): ReplayedTyping {
  const kept = new Float32Array(KEPT);
  const seeds = createSeeds(kept);
  const usual = createHistogram();
  const alarmBits = ALARM_BITS / looseness;
  let followed: Followed[] = [];
  let count = 0;

  const follow = (atUs: number): void => {
    for (const place of seeds.seenBefore(count)) {
      if (followed.length >= FOLLOWED || followed.some((one) => one.place === place)) continue;
      followed.push({ place, firstUs: atUs, bits: START_BITS, same: 0, compared: 0 });
    }
  };
  const found = (atUs: number): InjectedFinding | null => {
    const best = followed.find(({ bits }) => bits >= alarmBits);
    if (best === undefined) return null;
    const finding = findingOf(best, count - best.place, alarmBits, atUs);
    // No more than twice the limit, so that a long replay goes on being found and its end is soon noticed.
    best.bits = Math.min(best.bits, 2 * alarmBits);
    return finding;
  };

  return {
    accept: (intervalMs, atUs) => {
      if (!(intervalMs >= 0)) return null;
      const chance = usual.shareNear(intervalMs);
      for (const one of followed) compare(one, kept[one.place % KEPT] ?? 0, intervalMs, chance);
      followed = followed.filter(({ bits, place }) => bits >= 0 && place > count - KEPT + MIN_LAG);
      usual.add(intervalMs);
      kept[count % KEPT] = intervalMs;
      count += 1;
      follow(atUs);
      return found(atUs);
    },
    reset: () => {
      seeds.clear();
      usual.clear();
      followed = [];
      count = 0;
    },
  };
}

function compare(one: Followed, pastMs: number, intervalMs: number, chance: number): void {
  one.place += 1;
  if (intervalMs > MAX_INTERVAL_MS && pastMs > MAX_INTERVAL_MS) return;
  const same = Math.abs(pastMs - intervalMs) <= TOLERANCE_MS;
  one.bits += same ? Math.log2(P_REPLAY / chance) : Math.log2((1 - P_REPLAY) / (1 - chance));
  one.compared += 1;
  if (same) one.same += 1;
}

function findingOf(one: Followed, lag: number, alarmBits: number, atUs: number): InjectedFinding {
  const evidence =
    `${one.same} of ${one.compared} intervals in ${inSeconds(atUs - one.firstUs)} ` +
    `as they were ${lag} keystrokes before, within ${TOLERANCE_MS} ms`;
  const confidence = confidenceBelow(alarmBits, one.bits);
  return { kind: 'replayed recording', evidence, confidence, firstUs: one.firstUs, lastUs: atUs, events: one.compared };
}

/** Where the last few intervals were seen before: a table of hashes, the newest place of each. */
function createSeeds(kept: Float32Array) {
  const tables = [0, SEED_BIN_MS / 2].map((shiftMs) => ({ shiftMs, places: new Int32Array(SEED_ROWS).fill(-1) }));
  const rowOf = (count: number, shiftMs: number): number => {
    // FNV-1a (Fowler, Noll and Vo; RFC 9923).
    let hash = 0x811c9dc5;
    for (let i = count - SEED_INTERVALS; i < count; i += 1) {
      const bin = Math.floor(((kept[i % KEPT] ?? 0) + shiftMs) / SEED_BIN_MS);
      hash = Math.imul(hash ^ Math.min(bin, MAX_INTERVAL_MS), 0x01000193);
    }
    return (hash ^ (hash >>> 15)) & (SEED_ROWS - 1);
  };
  return {
    /** Remembers the present too. @returns places that followed intervals like the last ones */
    seenBefore: (count: number): readonly number[] => {
      if (count < SEED_INTERVALS) return [];
      const found = tables.map(({ shiftMs, places }) => {
        const row = rowOf(count, shiftMs);
        const place = places[row] ?? -1;
        places[row] = count;
        return place;
      });
      return found.filter((place) => place >= 0 && place <= count - MIN_LAG && place >= count - KEPT + MIN_LAG);
    },
    clear: (): void => {
      for (const { places } of tables) places.fill(-1);
    },
  };
}

/** How usual an interval is: the share of those so far that the tolerance cannot tell from it, and what same text alone gives. */
function createHistogram() {
  const bins = new Float64Array(MAX_INTERVAL_MS / HISTOGRAM_BIN_MS + 1);
  const near = Math.ceil(TOLERANCE_MS / HISTOGRAM_BIN_MS);
  let sum = 0;
  let sinceHalved = 0;
  const binOf = (ms: number): number => Math.min(bins.length - 1, Math.floor(ms / HISTOGRAM_BIN_MS));
  return {
    shareNear: (ms: number): number => {
      let inside = 0;
      for (let bin = binOf(ms) - near; bin <= binOf(ms) + near; bin += 1) inside += bins[bin] ?? 0;
      return Math.min(0.98, Math.max(P_SAME_TEXT, sum > 0 ? inside / sum : 0));
    },
    add: (ms: number): void => {
      const bin = binOf(ms);
      bins[bin] = (bins[bin] ?? 0) + 1;
      sum += 1;
      sinceHalved += 1;
      if (sinceHalved < HALVED_AFTER) return;
      for (let i = 0; i < bins.length; i += 1) bins[i] = (bins[i] ?? 0) / 2;
      sum /= 2;
      sinceHalved = 0;
    },
    clear: (): void => {
      bins.fill(0);
      [sum, sinceHalved] = [0, 0];
    },
  };
}
