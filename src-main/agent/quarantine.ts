// What is to be learned from in, in the order in which it came; out what has waited long enough. A takeover is noticed before that, and
// then all that waits is taken away.
import { QUARANTINE_MS } from './track.ts';

/** Something that may be learned from. */
export interface Lesson {
  /** When it came, microseconds. */
  readonly atUs: number;
  /** The one that was in use then; null where that was not clear. */
  readonly profile: number | null;
}

export interface Quarantine<T extends Lesson> {
  readonly add: (item: T) => void;
  /** Takes out what is to be learned from now, each for its profile. */
  readonly take: (nowUs: number) => readonly (T & { readonly profile: number })[];
  /** Takes out everything. */
  readonly empty: () => readonly T[];
}

export interface QuarantineParts {
  /** Whether a model of this profile can notice somebody else. As long as none can, there is nothing to wait for. */
  readonly isKnown: (profile: number) => boolean;
  /** The one that what comes in now teaches. */
  readonly taught: () => number | null;
}

export function quarantine<T extends Lesson>({ isKnown, taught }: QuarantineParts): Quarantine<T> {
  let waiting: T[] = [];
  return {
    add: (item) => void waiting.push(item),
    take: (nowUs) => {
      const isDue = ({ profile, atUs }: T): boolean =>
        profile === null || !isKnown(profile) || atUs <= nowUs - QUARANTINE_MS * 1000;
      const due = waiting.filter(isDue);
      if (due.length === 0) return [];
      waiting = waiting.filter((item) => !isDue(item));
      // Who was taken for one profile and turned out to be in another has begun to work in that one.
      return due.filter(
        (item): item is T & { readonly profile: number } => item.profile !== null && item.profile === taught(),
      );
    },
    empty: () => {
      const all = waiting;
      waiting = [];
      return all;
    },
  };
}
