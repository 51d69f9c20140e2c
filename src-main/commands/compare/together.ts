// Two sides in, what they differ in out. Neither runs far ahead of the other, so that hardly anything waits for its partner.
import { otherSide, SIDES, type Comparable, type ComparedKind, type Side } from '../../agent/compare/comparable.ts';
import { createComparer, type ComparerOptions, type Comparison } from '../../agent/compare/comparer.ts';
import type { OutputSide, SideEnd } from './side.ts';

export interface TogetherParts {
  readonly sides: Readonly<Record<Side, OutputSide>>;
  /** Only this one, of a side; null: all, or the only one where the other side does not say of whom it tells. */
  readonly subjects: Readonly<Record<Side, string | null>>;
  /** Only what these made: `agent` for the agents of the subjects themselves; null: all. */
  readonly by: Readonly<Record<Side, string | null>>;
  readonly only: ComparedKind | null;
  readonly options: Omit<ComparerOptions, 'span'>;
  /** Ends live sides. */
  readonly signal: AbortSignal;
  /** Told now and then. */
  readonly progress: (records: Readonly<Record<Side, number>>, newestUs: number) => void;
}

export interface Together {
  readonly comparison: Comparison;
  readonly ends: Readonly<Record<Side, SideEnd>>;
  readonly records: Readonly<Record<Side, number>>;
}

/** A side tells of several people, or what several say of one: which of them is meant? */
export class SeveralSubjects extends Error {}

const PROGRESS_EVERY = 1000;

export async function compareTogether(parts: TogetherParts): Promise<Together> {
  const { sides, subjects, only, options, progress } = parts;
  const comparer = createComparer({ ...options, span: sides.A.isLive || sides.B.isLive ? 'common' : 'whole' });
  const isOne = SIDES.some((side) => sides[side].isAnonymous || subjects[side] !== null);
  const stop = new AbortController();
  const signal = AbortSignal.any([parts.signal, stop.signal]);
  const records = { A: 0, B: 0 };
  const seen: Record<Side, string | null> = { A: null, B: null };
  const makers: Record<Side, string | null> = { A: null, B: null };
  const ended = { A: false, B: false };
  let wake = Promise.withResolvers<void>();
  const moved = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };

  function renamed(side: Side, record: Comparable): Comparable | null {
    const { subject } = record;
    const asked = subjects[side];
    if (asked !== null && subject !== asked) return null;
    const maker = record.by || 'agent';
    const wanted = parts.by[side];
    if (wanted !== null && wanted !== maker) return null;
    makers[side] ??= maker;
    if (makers[side] !== maker)
      throw new SeveralSubjects(
        `${sides[side].words} holds what several have made, ${makers[side]} and ${maker} among them: choose one with --${side.toLowerCase()}-by.`,
      );
    if (!isOne) return record;
    const before = seen[side] ?? subject;
    seen[side] = before;
    if (before !== subject)
      throw new SeveralSubjects(
        `${sides[side].words} tells of several people, ${before} and ${subject} among them: choose one with --${side.toLowerCase()}-subject.`,
      );
    return { ...record, subject: '' };
  }
  /** Until the other side has come as far, where this one can wait. */
  async function turn(side: Side): Promise<void> {
    const other = otherSide(side);
    while (!sides[side].isLive && !ended[other] && !signal.aborted && comparer.newest(side) > comparer.newest(other))
      await wake.promise;
  }
  async function run(side: Side): Promise<SideEnd> {
    const end = await sides[side].run(async (found) => {
      if (only !== null && found.kind !== only) return;
      const record = renamed(side, found);
      if (record === null) return;
      records[side] += 1;
      comparer.add(side, record);
      if ((records.A + records.B) % PROGRESS_EVERY === 0) progress(records, record.ts);
      moved();
      await turn(side);
    }, signal);
    ended[side] = true;
    comparer.passed(side, Infinity);
    moved();
    // One that has no end of its own has nothing to wait for when the other is over.
    if (sides[otherSide(side)].isLive && !sides[side].isLive) stop.abort();
    return end;
  }
  signal.addEventListener('abort', moved, { once: true });
  const failures: unknown[] = [];
  const ends = await Promise.all(
    SIDES.map((side) =>
      run(side).catch((error: unknown) => {
        failures.push(error);
        stop.abort();
        return { refused: {}, problems: [] };
      }),
    ),
  );
  // The other side was stopped for this reason, and may well have said that it was.
  if (failures.length > 0) throw failures[0];
  const [A, B] = ends as [SideEnd, SideEnd];
  return { comparison: comparer.read(), ends: { A, B }, records };
}
