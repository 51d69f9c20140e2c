// What came in around an alarm, kept until its owner says that it was he. In: ticks, re-authentications. Out: for an alarm, what could
// not be learned from shortly before it until the password was typed. In memory alone, bounded, and forgotten where nobody vouches for it.
import type { State } from '../../../src-preload/contract.ts';
import type { Tick } from '../pipeline.ts';
import type { Track, Unlearned } from '../track.ts';

/** One fall of trust, from before the first alarm to the end of the doubt. */
export interface Episode {
  readonly alarmsMs: readonly number[];
  /** The profile that was in use at the first alarm. */
  readonly profile: number | null;
  readonly unlearned: readonly Unlearned[];
}

export interface Vouching {
  readonly tick: (tick: Pick<Tick, 'point' | 'decision'>) => void;
  /** The password was typed: what comes from now on is another matter. */
  readonly reauthenticated: () => void;
  /** No hand made what came in last, so nobody can vouch for it. */
  readonly spoil: () => void;
  /** Whether what came in around this alarm is still in memory. */
  readonly canTeach: (alarmMs: number) => boolean;
  /** Takes it out; null when there is nothing. */
  readonly take: (alarmMs: number) => Episode | null;
}

export interface VouchingParts {
  readonly tracks: readonly Pick<Track, 'takeUnlearned'>[];
  readonly inUse: () => number | null;
  /** Whether what comes in may teach at all: of a drill nothing is kept. */
  readonly mayLearn: () => boolean;
  /** Whether this trust, 0-100, is so high that what comes in is learned. */
  readonly isSure: (trust: number) => boolean;
}

export const isAlarm = ({ from, to }: { readonly from: State; readonly to: State }): boolean =>
  (to === 'RESTRICTED' && from !== 'LOCKDOWN') || to === 'LOCKDOWN';

/** So much from before an alarm is kept, twice as much at most: falls take less. */
const BEFORE_MS = 150_000;
const KEPT_FOR_MS = 30 * 60_000;
const MOST_EPISODES = 4;

export function createVouching({ tracks, inUse, mayLearn, isSure }: VouchingParts): Vouching {
  let past: readonly (Episode & { readonly endedMs: number })[] = [];
  let alarmsMs: readonly number[] = [];
  let profile: number | null = null;
  /** Of what came before an alarm: the older half, and since when the younger one is being kept. */
  let older: readonly Unlearned[] = [];
  let youngerMs = 0;
  let nowMs = 0;

  const takeAll = (): readonly Unlearned[] => tracks.flatMap((track) => track.takeUnlearned() ?? []);
  const forget = (): void => {
    takeAll();
    [alarmsMs, older, profile, youngerMs] = [[], [], null, nowMs];
  };
  const end = (): void => {
    if (alarmsMs.length > 0) {
      const episode = { alarmsMs, profile, unlearned: [...older, ...takeAll()], endedMs: nowMs };
      past = [...past, episode].slice(-MOST_EPISODES);
    }
    forget();
  };
  const episodeOf = (alarmMs: number): Episode | undefined =>
    past.find((one) => one.alarmsMs.includes(alarmMs) && one.unlearned.length > 0);

  return {
    tick: ({ point: { atMs, state, trust }, decision }) => {
      nowMs = atMs;
      past = past.filter(({ endedMs }) => Math.abs(nowMs - endedMs) <= KEPT_FOR_MS);
      if (!mayLearn()) return forget();
      if (decision !== null && isAlarm(decision)) {
        alarmsMs = [...alarmsMs, decision.atMs];
        profile ??= inUse();
      }
      if (state === 'NORMAL' && trust !== null && isSure(trust)) return end();
      if (alarmsMs.length > 0 || Math.abs(nowMs - youngerMs) < BEFORE_MS) return;
      [older, youngerMs] = [takeAll(), nowMs];
    },
    reauthenticated: end,
    spoil: forget,
    canTeach: (alarmMs) => alarmsMs.includes(alarmMs) || episodeOf(alarmMs) !== undefined,
    take: (alarmMs) => {
      if (alarmsMs.includes(alarmMs)) end();
      const episode = episodeOf(alarmMs) ?? null;
      past = past.filter((one) => one !== episode);
      return episode;
    },
  };
}
