// Names of figures in, how far two implementations may lie apart there out; and what a user asks for on top of it, from an option or a file.
import * as v from 'valibot';

/** Two values are as good as equal when they differ by `abs` at most, or by `rel` of the larger of them. */
export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

/** `name` may hold `*` for any characters: `keystroke.*`, `*.llr`. */
export type Rule = readonly [name: string, tolerance: Tolerance];

/**
 * Where they come from:
 * - Features are float32: each side rounds by 2^-24 of the value at most, both by 1.2e-7. Written with seven digits, as the shortest of
 *   the usual formats does, another 5e-7. Together 6.2e-7, so 1e-6 of the larger. Near zero (a mean of signed values) a share means
 *   nothing, and there the same number counts as it is.
 * - The ratio of a window lies between -8 and 3 and sums figures like those: 8 times 6.2e-7 is 5e-6, so 1e-5.
 * - Trust adds up ratios of 32 bits hop by hop: one of 10 is rounded by 6e-7, an hour of hops by 2e-3 in log-odds at most before a bound
 *   of the filter ends it, and where trust is steepest 1 in log-odds is 25 points. So 0.05 points, a twentieth of what is shown.
 */
const DEFAULT_RULES: readonly Rule[] = [
  ['*', { abs: 1e-6, rel: 1e-6 }],
  ['*.events', { abs: 0, rel: 0 }],
  ['*.llr', { abs: 1e-5, rel: 0 }],
  ['*.points', { abs: 0.05, rel: 0 }],
  ['trust', { abs: 0.05, rel: 0 }],
  ['low', { abs: 0.05, rel: 0 }],
  ['high', { abs: 0.05, rel: 0 }],
];

/** @returns the tolerance of a name: the last of the rules that fits it, those of the user after the defaults. */
export function tolerances(rules: readonly Rule[] = []): (name: string) => Tolerance {
  const all = [...DEFAULT_RULES, ...rules].map(([name, tolerance]) => [patternOf(name), tolerance] as const);
  const known = new Map<string, Tolerance>();
  return (name) => {
    const found = known.get(name) ?? all.findLast(([pattern]) => pattern.test(name))?.[1] ?? { abs: 0, rel: 0 };
    known.set(name, found);
    return found;
  };
}

const patternOf = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  );

/** `dwell.mean=0.5,0.01`. @returns null for anything else. */
export function ruleOf(text: string): Rule | null {
  const [, name, abs, rel = '0'] = /^([^=\s]+)=([^,=]+)(?:,([^,=]+))?$/.exec(text) ?? [];
  if (name === undefined || abs === undefined) return null;
  const numbers = v.safeParse(tolerance, { abs: numberOf(abs), rel: numberOf(rel) });
  return numbers.success ? [name, numbers.output] : null;
}

const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

const atLeast0 = v.pipe(v.number(), v.finite(), v.minValue(0));
const tolerance = v.object({ abs: atLeast0, rel: atLeast0 });
/** `{ "keystroke.*": 0.001, "mouse.*": { "abs": 0.001, "rel": 0.00001 } }` */
const ruleFile = v.pipe(
  v.unknown(),
  v.check((read) => !Array.isArray(read)),
  v.record(
    v.string(),
    v.union([
      v.pipe(
        atLeast0,
        v.transform((abs): Tolerance => ({ abs, rel: 0 })),
      ),
      v.strictObject({ abs: v.optional(atLeast0, 0), rel: v.optional(atLeast0, 0) }),
    ]),
  ),
);

/** @throws Error that says what is wrong with the text of a file of tolerances. */
export function rulesOf(text: string): readonly Rule[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  const rules = v.safeParse(ruleFile, read);
  if (rules.success) return Object.entries(rules.output);
  const at = rules.issues[0].path?.[0]?.key;
  throw new Error(
    `${typeof at === 'string' ? at : 'each'} must be a number, or {"abs": number, "rel": number}, none below 0`,
  );
}

/** NaN on both sides is the same answer; on one side it never is. */
export function apart(a: number, b: number): { readonly abs: number; readonly rel: number } {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    const same = Number.isNaN(a) && Number.isNaN(b);
    return same ? { abs: 0, rel: 0 } : { abs: Infinity, rel: Infinity };
  }
  if (a === b) return { abs: 0, rel: 0 };
  const abs = Math.abs(a - b);
  return { abs, rel: abs / Math.max(Math.abs(a), Math.abs(b)) };
}

/** How many times the tolerance they lie apart: 1 and less is within. */
export function excess({ abs, rel }: ReturnType<typeof apart>, may: Tolerance): number {
  if (abs === 0 || may.abs === Infinity) return 0;
  // Of two rules the kinder holds.
  return Math.min(abs / may.abs, rel / may.rel);
}
