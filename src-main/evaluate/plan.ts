// A protocol in, who is scored against whom and with which prior out. Pure.
import type { Random } from '../agent/learn/random.ts';
import type { Protocol } from './protocol.ts';

export type Mode = 'deployed' | 'background';

/** People who are scored with the same priors. */
export interface Group {
  /** Subjects whom the priors may be made from instead of the shipped ones; null: the shipped ones. */
  readonly priorPeople: readonly string[] | null;
}

/** One enrolment and all that is scored against it. */
export interface Case {
  readonly subject: string;
  /** Index of the group. */
  readonly group: number;
  /** Whose enrolments the detector may see; never scored as impostors here. */
  readonly background: readonly string[];
  readonly impostors: readonly string[];
}

export interface Plan {
  readonly groups: readonly Group[];
  readonly cases: readonly Case[];
}

/**
 * @param leaveOut make the priors anew from the half of the subjects that is not scored, and swap. A subject then meets only the
 *   impostors of his own half, for the prior knows the others.
 * @throws Error when there are too few subjects for two halves.
 */
export function planTrials(
  protocol: Pick<Protocol, 'enrol'>,
  { mode, leaveOut, random }: { readonly mode: Mode; readonly leaveOut: boolean; readonly random: Random },
): Plan {
  const subjects = Object.keys(protocol.enrol);
  const halves = twoHalves(subjects, random);
  if ((leaveOut || mode === 'background') && subjects.length < 4)
    throw new Error(`${subjects.length} subjects are too few to be parted in two halves`);
  if (leaveOut) return swappedHalves(halves, mode);
  const groups: Group[] = [{ priorPeople: null }];
  if (mode === 'deployed') {
    return { groups, cases: subjects.map((subject) => ({ ...caseOf(subject, 0, subjects), background: [] })) };
  }
  const cases = subjects.flatMap((subject) =>
    halves.map((background, i) => ({
      ...caseOf(subject, 0, halves[1 - i] ?? []),
      background: background.filter((other) => other !== subject),
    })),
  );
  return { groups, cases };
}

function swappedHalves(halves: readonly (readonly string[])[], mode: Mode): Plan {
  const other = (group: number): readonly string[] => halves[1 - group] ?? [];
  return {
    groups: halves.map((_, group) => ({ priorPeople: other(group) })),
    cases: halves.flatMap((half, group) =>
      half.map((subject) => ({
        ...caseOf(subject, group, half),
        background: mode === 'background' ? other(group) : [],
      })),
    ),
  };
}

const caseOf = (subject: string, group: number, people: readonly string[]): Omit<Case, 'background'> => ({
  subject,
  group,
  impostors: people.filter((other) => other !== subject),
});

function twoHalves(subjects: readonly string[], random: Random): readonly [readonly string[], readonly string[]] {
  const drawn = shuffled(subjects, random);
  const inFirst = new Set(drawn.slice(0, Math.ceil(drawn.length / 2)));
  return [subjects.filter((subject) => inFirst.has(subject)), subjects.filter((subject) => !inFirst.has(subject))];
}

/** Fisher and Yates; the argument stays as it is. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const drawn = [...values];
  for (let i = drawn.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    const [a, b] = [drawn[i], drawn[j]];
    if (a !== undefined && b !== undefined) [drawn[i], drawn[j]] = [b, a];
  }
  return drawn;
}

/** The recordings that are scored against a subject, in lists of one person each. */
export function impostorLists(protocol: Protocol, { subject, impostors }: Case): readonly (readonly string[])[] {
  const { impostor, genuine } = protocol;
  if (impostor === 'others') return impostors.map((other) => genuine[other] ?? []).filter((list) => list.length > 0);
  const allowed = new Set(impostors);
  const lists = new Map<string, string[]>();
  for (const [other, file] of impostor[subject] ?? []) {
    // Nobody says that two recordings of unknown people come from the same one.
    const key = other === 'unknown' ? `unknown ${file}` : other;
    if (other === 'unknown' || allowed.has(other)) lists.set(key, [...(lists.get(key) ?? []), file]);
  }
  return [...lists.values()];
}
