// What an explicit rule is: it looks at one event and what is around it, and says what it finds. Rules stand beside the isolation forest
// for what a forest can't see: it knows how far something is from the usual, not what it means, and it never cuts along a feature that
// was the same in all that it learned from.
import type { EventKind } from '../parse/event.ts';
import type { LogFeatureName } from '../features/log-features.ts';
import type { Scene } from '../features/watch.ts';
import type { TechniqueId } from './techniques.ts';

/** Whom or what an alert is about. */
export interface Subject {
  readonly kind: 'address' | 'user' | 'host';
  readonly name: string;
}

export interface Finding {
  readonly rule: string;
  readonly technique: TechniqueId;
  /** What it rests on: findings that rest on the same are one thing seen twice, and only the stronger one counts. */
  readonly evidence: string;
  /**
   * What it adds to the score, from 0 to below 1. Independent findings add up as chances do: 1 − Π (1 − strength). By itself a finding
   * is LOW from .4, MEDIUM from .6, HIGH from .8 and CRITICAL from .9 on.
   */
  readonly strength: number;
  readonly subject: Subject;
  /** A sentence's beginning, without its full stop: `31 failed logins from 203.0.113.7 in 5 minutes`. */
  readonly words: string;
  /** Of what happened. */
  readonly count: number;
  /** Which of the features show it. */
  readonly features: readonly LogFeatureName[];
}

export interface RuleContext {
  readonly windowMs: number;
}

export interface Rule {
  readonly name: string;
  readonly technique: TechniqueId;
  /** Events that it looks at. */
  readonly on: readonly EventKind[];
  /** From what on it speaks, in words. */
  readonly threshold: string;
  /** Where the threshold comes from. */
  readonly why: string;
  /** See `Finding`; by default its name, for a rule that stands alone. */
  readonly evidence?: string;
  readonly look: (
    scene: Scene,
    context: RuleContext,
  ) => (Omit<Finding, 'rule' | 'technique' | 'evidence'> & { readonly technique?: TechniqueId }) | null;
}

/** Points [count, strength] that a count is placed between, evenly in its logarithm: ten times as many are not ten times as bad. */
export function rising(count: number, points: readonly (readonly [count: number, strength: number])[]): number {
  let [below, low] = [0, 0];
  for (const [at, strength] of points) {
    if (count < at) {
      if (below === 0) return 0;
      return low + ((strength - low) * Math.log(count / below)) / Math.log(at / below);
    }
    [below, low] = [at, strength];
  }
  return low;
}

export const minutes = (windowMs: number): string => {
  const count = Math.round(windowMs / 60_000);
  return count <= 1 ? 'within a minute' : `within ${count} minutes`;
};

export const times = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
