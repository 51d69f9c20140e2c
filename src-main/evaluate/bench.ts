// The benchmark: what "fast" means here, measured on this machine. In: where the models and the built program lie, and which
// figures are wanted. Out: each figure beside what it is held against, and which ones were left out and why.
import { messageOf } from '../agent/thrown.ts';
import { isNamed, resultOf, Unavailable, type Figure, type Result } from './bench-figure.ts';
import { allFigures, type FigureParts } from './bench-figures.ts';
import { thisMachine, type Machine } from './bench-machine.ts';
import { keepProfile, type KeptProfile } from './bench-profile.ts';
import { wordsOf, type Words } from './bench-words.ts';

export interface BenchParts extends Omit<FigureParts, 'profile' | 'forests'> {
  /** A figure or a group of them; null for all. */
  readonly only: string | null;
  /** Whether to measure what takes minutes as well. */
  readonly long: boolean;
  readonly progress: (at: Progress) => void;
}

export interface Progress {
  readonly name: string;
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  /** What is left, this figure included, at the pace of what is done. */
  readonly leftSeconds: number;
}

export interface BenchReport {
  readonly machine: Machine;
  /** Measured, in the order of the pipeline. */
  readonly results: readonly Result[];
  readonly leftOut: readonly LeftOut[];
  /** How long all of it took. */
  readonly seconds: number;
}

export interface LeftOut {
  readonly name: string;
  readonly reason: string;
  /** Whether it was not asked for, can't be measured here, or should have been measured. */
  readonly kind: 'long' | 'unavailable' | 'failed';
}

const ENOUGH_SECONDS = 15;

/** There is no figure or group of that name. */
export class UnknownFigure extends Error {}

type Kept = Record<'profile' | 'forests', KeptProfile>;
type Named = Pick<BenchParts, 'only'> & Omit<FigureParts, 'profile' | 'forests'>;

/** @throws UnknownFigure */
function named({ only, ...parts }: Named, { profile, forests }: Kept): readonly Figure[] {
  const figures = allFigures({ ...parts, profile: profile.get, forests: forests.get });
  const some = figures.filter((figure) => isNamed(figure, only));
  if (some.length > 0) return some;
  throw new UnknownFigure(`there is no figure '${only}'; choose from ${figures.map(({ name }) => name).join(', ')}`);
}

const profiles = (modelsDir: string): Kept => ({
  profile: keepProfile(modelsDir),
  forests: keepProfile(modelsDir, 'forests'),
});

export interface Listed extends Words {
  readonly name: string;
  readonly long: boolean;
}

/** Measures nothing. @throws UnknownFigure */
export const figuresNamed = (parts: Named): readonly Listed[] =>
  named(parts, profiles(parts.modelsDir)).map((figure) => ({
    ...{ name: figure.name, long: figure.long === true },
    ...wordsOf(figure),
  }));

/** One figure that fails leaves the others alone. @throws UnknownFigure */
export async function runBench({ long, progress, ...parts }: BenchParts): Promise<BenchReport> {
  const startMs = performance.now();
  const kept = profiles(parts.modelsDir);
  const asked = named(parts, kept);
  const leftOut = asked.flatMap((figure) => whyNot(figure, long || parts.only !== null) ?? []);
  const wanted = asked.filter(({ name }) => !leftOut.some((one) => one.name === name));
  const results: Result[] = [];
  const allSeconds = wanted.reduce((sum, figure) => sum + wordsOf(figure).seconds, 0);
  let doneSeconds = 0;
  try {
    for (const [i, figure] of wanted.entries()) {
      const { name } = figure;
      const { what, seconds } = wordsOf(figure);
      const pace = paceOf((performance.now() - startMs) / 1000, doneSeconds);
      progress({ name, number: i + 1, of: wanted.length, leftSeconds: pace * (allSeconds - doneSeconds) });
      try {
        results.push(resultOf(figure, what, await figure.measure()));
      } catch (error) {
        leftOut.push({ name, reason: messageOf(error), kind: error instanceof Unavailable ? 'unavailable' : 'failed' });
      }
      doneSeconds += seconds;
    }
  } finally {
    await kept.profile.remove();
    await kept.forests.remove();
  }
  return { machine: thisMachine(), results, leftOut, seconds: (performance.now() - startMs) / 1000 };
}

/** How much longer it takes here than it is known to: by nothing, as long as little is done. */
const paceOf = (tookSeconds: number, knownSeconds: number): number =>
  knownSeconds < ENOUGH_SECONDS ? 1 : Math.max(1, tookSeconds / knownSeconds);

function whyNot({ name, long, missing }: Figure, takesMinutes: boolean): LeftOut | null {
  const reason = missing?.() ?? null;
  if (reason !== null) return { name, reason, kind: 'unavailable' };
  return long === true && !takesMinutes ? { name, reason: 'takes a minute; add --long', kind: 'long' } : null;
}
