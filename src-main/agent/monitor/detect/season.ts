// Points with their time of day enter; half an hour by half an hour the same half-hours of the days before are remembered. What leaves:
// whether something that happened then on each of those days is missing today, and whether a high value is usual at this hour.

export interface SeasonMoment {
  /** Local time. */
  readonly minuteOfDay: number;
  /** Counts days; any origin. */
  readonly day: number;
  /** Those who rest at the weekend make other days then: each kind is compared with its own. */
  readonly weekend: boolean;
}

export interface Missing {
  /** 1: three quarters of what always happens then did not. */
  readonly score: number;
  /** Mean of the half-hour, and its median on the days before. */
  readonly value: number;
  readonly usual: number;
}

export interface Season {
  /** @returns what was missing in a half-hour that has just ended; nearly always null. */
  readonly push: (x: number, moment: SeasonMoment) => Missing | null;
  /** Whether at least as much was there at about this time on two of the days before. */
  readonly isUsual: (x: number, moment: SeasonMoment) => boolean;
  /** For `before` of another one. */
  readonly memory: () => Float32Array;
}

const MINUTES = 30;
const SLOTS = (24 * 60) / MINUTES;
/** Remembered of each half-hour and kind of day. */
const DAYS = 5;
/** Of these so many must be known before anything can be missing. */
const ENOUGH_DAYS = 4;
const USUAL_DAYS = 2;
const NEARLY = 0.8;
/** Of the points of a full half-hour: less says nothing of the whole. */
const COVERAGE = 0.8;
/** Noise of the quiet hours that a job must stand out by. */
const STANDS_OUT = 6;
const GONE = 0.75;
/** Mean and maximum. */
const FIGURES = 2;
const KINDS = 2;

/** Level and noise of the half-hours in which nothing happens. */
interface Calm {
  readonly day: number;
  readonly kind: number;
  readonly level: number;
  readonly noise: number;
}

/** @param minimum height of a job in the unit of the metric, below which nobody misses it. */
export function createSeason(minimum: number, before: Float32Array | null = null): Season {
  const size = KINDS * SLOTS * DAYS * FIGURES;
  const known = before?.length === size ? before.slice() : new Float32Array(size).fill(NaN);
  const place = (kind: number, slot: number, age: number): number => ((kind * SLOTS + slot) * DAYS + age) * FIGURES;
  let open: { readonly slot: number; readonly day: number; readonly kind: number } | null = null;
  let sum = 0;
  let count = 0;
  let highest = -Infinity;
  let fullCount = 0;
  /** Of the days before this one: a day off must not make itself the measure as it goes on. */
  let calm: Calm = { day: NaN, kind: 0, level: 0, noise: 0 };

  const means = (kind: number, slot: number): number[] =>
    Array.from({ length: DAYS }, (_, age) => known[place(kind, slot, age)] as number).filter(Number.isFinite);

  function calmOf(day: number, kind: number): Calm {
    if (calm.day === day && calm.kind === kind) return calm;
    const all = Array.from({ length: SLOTS }, (_, slot) => means(kind, slot)).flat();
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return (calm = { day, kind, level: at(0.25), noise: at(0.5) - at(0.1) });
  }
  function judge(mean: number, { level, noise }: Calm, kind: number, slot: number): Missing | null {
    const past = means(kind, slot).toSorted((a, b) => a - b);
    if (past.length < ENOUGH_DAYS) return null;
    const [lowest = 0, usual = 0] = [past[0], past[Math.floor(past.length / 2)]];
    const height = usual - level;
    // What happens on some days only, or hardly stands out, is nothing to be missed.
    if (height < Math.max(minimum, STANDS_OUT * noise) || lowest - level < height / 2) return null;
    const score = (lowest - mean) / (lowest - level) / GONE;
    return score >= 1 ? { score, value: mean, usual } : null;
  }
  function remember(kind: number, slot: number, mean: number): void {
    const first = place(kind, slot, 0);
    known.copyWithin(first + FIGURES, first, place(kind, slot, DAYS - 1));
    known[first] = mean;
    known[first + 1] = highest;
  }
  function end(): Missing | null {
    if (open === null || count === 0) return null;
    const mean = sum / count;
    fullCount = Math.max(fullCount, count);
    if (count < COVERAGE * fullCount) return null;
    const missing = judge(mean, calmOf(open.day, open.kind), open.kind, open.slot);
    remember(open.kind, open.slot, mean);
    return missing;
  }
  return {
    push: (x, { minuteOfDay, day, weekend }) => {
      const slot = Math.floor(minuteOfDay / MINUTES);
      let missing: Missing | null = null;
      if (open === null || open.slot !== slot || open.day !== day) {
        missing = end();
        open = { slot, day, kind: weekend ? 1 : 0 };
        sum = count = 0;
        highest = -Infinity;
      }
      sum += x;
      count += 1;
      highest = Math.max(highest, x);
      return missing;
    },
    isUsual: (x, { minuteOfDay }) => {
      const slot = Math.floor(minuteOfDay / MINUTES);
      return [slot - 1, slot, slot + 1].some((near) => {
        let days = 0;
        for (let kind = 0; kind < KINDS; kind++)
          for (let age = 0; age < DAYS; age++)
            if ((known[place(kind, (near + SLOTS) % SLOTS, age) + 1] as number) >= NEARLY * x) days += 1;
        return days >= USUAL_DAYS;
      });
    },
    memory: () => known.slice(),
  };
}
