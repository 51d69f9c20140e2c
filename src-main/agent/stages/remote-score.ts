// Scores of this subject from a scorer elsewhere in, the one to go by at this moment out: the newest, for as long as it is fresh. Pure but for
// what it remembers of them.

/** What it said, and whether it was asked for before. */
export interface RemoteSaid {
  readonly levels: { readonly trust: number; readonly low: number; readonly high: number };
  readonly isNew: boolean;
}

export interface RemoteScore {
  /** null: nothing that is fresh; then the score of this machine decides. */
  readonly at: (nowUs: number) => RemoteSaid | null;
  /** The password was typed here, and the scorer does not know: until it trusts again it is not asked. */
  readonly reauthenticated: () => void;
}

export interface RemoteScoreKeeper extends RemoteScore {
  /** @param ts end of the window on the clock of this machine, microseconds. @returns why it is not taken, or null */
  readonly take: (
    score: {
      readonly ts: number;
      readonly trust: number | null;
      readonly low: number | null;
      readonly high: number | null;
    },
    nowUs: number,
  ) => string | null;
  readonly lastUs: () => number | null;
  /** Why nothing is to be had at a moment, the middle of a sentence; null where it is. */
  readonly silence: (nowUs: number) => string | null;
}

/** The clock is this machine's own; what lies further ahead was not made from its events. */
const FUTURE_US = 2_000_000;

/** @param freshUs how old what it says may be. @param normal the threshold from which on the scorer trusts, 0-100 */
export function remoteScore(freshUs: () => number, normal: () => number): RemoteScoreKeeper {
  /** null: still learning there. */
  let levels: RemoteSaid['levels'] | null = null;
  let lastUs: number | null = null;
  let isNew = false;
  let isDoubted = false;
  function silence(nowUs: number): string | null {
    if (lastUs === null) return 'nothing has come from a scorer';
    if (nowUs - lastUs > freshUs())
      return `the last score from a scorer is ${Math.round((nowUs - lastUs) / 1e6)} s old`;
    if (levels === null) return 'the scorer is still learning';
    return isDoubted ? 'the screen was unlocked with the password here, and the scorer does not trust yet' : null;
  }
  return {
    take: ({ ts, trust, low, high }, nowUs) => {
      if (ts > nowUs + FUTURE_US) return 'it is of the future';
      // An old message that is sent once more says nothing of now.
      if (lastUs !== null && ts <= lastUs) return 'it is no newer than the one before';
      lastUs = ts;
      levels = trust === null ? null : { trust, low: low ?? trust, high: high ?? trust };
      isNew = true;
      if (trust !== null && trust >= normal()) isDoubted = false;
      return null;
    },
    at: (nowUs) => {
      if (levels === null || silence(nowUs) !== null) return null;
      const said = { levels, isNew };
      isNew = false;
      return said;
    },
    lastUs: () => lastUs,
    silence,
    reauthenticated: () => {
      isDoubted = true;
    },
  };
}
