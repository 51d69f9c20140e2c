// The drivers that could see the same hands in, the best first; one collector out that uses the first that works, and says which.
import type { Modality } from '../../../src-preload/contract.ts';
import type { Availability, Collector } from './collector.ts';
import { UnavailableError, type Unavailable } from './unavailable.ts';

/** D names the drivers. */
export interface Candidate<D> {
  readonly driver: D;
  readonly collector: Collector;
}

export interface ChoiceParts<D> {
  readonly name: string;
  readonly modalities: readonly Modality[];
  /** One at least. */
  readonly candidates: readonly Candidate<D>[];
  /** Why this driver must not be used though it works; null where it may. */
  readonly objection?: (driver: D) => Unavailable | null;
  /** This driver is being used. */
  readonly using?: (driver: D) => void;
}

/** Nothing in it is another driver's: what an earlier one would have seen, and why it does not, is in the note. */
export function chooseDriver<D>({ name, modalities, candidates, objection, using }: ChoiceParts<D>): Collector {
  let chosen: Candidate<D> | null = null;

  const choose = async (): Promise<{ readonly found: Availability; readonly candidate: Candidate<D> | null }> => {
    const troubles: Unavailable[] = [];
    for (const candidate of candidates) {
      const found = await candidate.collector.available();
      if (!found.ok) {
        troubles.push(found);
        continue;
      }
      const against = objection?.(candidate.driver) ?? null;
      if (against !== null) return { found: against, candidate: null };
      return { found: troubles.length === 0 ? found : { ...found, note: insteadOf(found, troubles) }, candidate };
    }
    const [first] = troubles;
    return {
      found: first ?? { ok: false, reason: 'there is no driver for it', fix: 'See seclyzer doctor.' },
      candidate: null,
    };
  };

  return {
    name,
    modalities,
    available: async () => (await choose()).found,
    start: async (sink) => {
      const { found, candidate } = await choose();
      if (!found.ok) throw new UnavailableError(found);
      chosen = candidate;
      await candidate?.collector.start(sink);
      if (candidate !== null) using?.(candidate.driver);
    },
    stop: async () => {
      await chosen?.collector.stop();
      chosen = null;
    },
  };
}

const insteadOf = (found: Extract<Availability, { readonly ok: true }>, troubles: readonly Unavailable[]): string =>
  [found.note, ...troubles.map(({ reason, fix }) => `Better: ${reason}. ${fix}`)]
    .filter((one) => one !== undefined)
    .join(' ');
