// The text after the question mark in, checked parameters out, or the problem that names the one that is wrong.
import * as v from 'valibot';
import { Problem } from './problem.ts';

export type QuerySchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** A whole number, by default `value`. */
export function whole(from: number, to: number, value: number) {
  const words = `must be a whole number from ${from} to ${to}`;
  return v.optional(v.pipe(v.number(words), v.integer(words), v.minValue(from, words), v.maxValue(to, words)), value);
}

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return v.picklist(names, `must be one of ${names.join(', ')}`);
}

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;
/** Of a value that is repeated back. */
const SHOWN = 64;

/**
 * @param path of the endpoint, for messages
 * @throws Problem 400
 */
export function parseQuery<S extends QuerySchema>(schema: S, given: unknown, path: string): v.InferOutput<S> {
  const raw = new Map(Object.entries(given as Readonly<Record<string, unknown>>));
  const read = Object.fromEntries(
    [...raw].map(([name, value]) => [
      name,
      isNumeric(schema.entries[name]) && typeof value === 'string' && NUMBER.test(value) ? Number(value) : value,
    ]),
  );
  const result = v.safeParse(schema, read);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const name = v.getDotPath(issue) ?? '';
  throw new Problem(400, wrong(name, raw.get(name), issue, schema, path), { parameter: name });
}

function wrong(name: string, value: unknown, issue: v.BaseIssue<unknown>, schema: QuerySchema, path: string): string {
  const known = Object.keys(schema.entries);
  if (!known.includes(name)) {
    const takes = known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`;
    return `"${name.slice(0, SHOWN)}" is no parameter of ${path}. ${takes}`;
  }
  if (value === undefined) return `"${name}" is missing; ${path} needs it.`;
  const got = typeof value === 'string' ? `not "${value.slice(0, SHOWN)}"` : 'and given once';
  return `"${name}" ${issue.message}, ${got}.`;
}

/** Whether it is a number, a default or not. */
function isNumeric(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null || !('type' in schema)) return false;
  if (schema.type === 'number') return true;
  return 'wrapped' in schema && isNumeric(schema.wrapped);
}
