// What a verification of the audit log has found, as it crosses a process.
import * as v from 'valibot';
import { atMs, count, text } from './views.ts';

/**
 * changed: what the entry says is not what it said. end: what says where the log ends is missing or another one. cut-off: the newest
 * entries are missing.
 */
export const FAULTS = ['changed', 'removed', 'inserted', 'out-of-order', 'cut-off', 'end'] as const;
export type Fault = (typeof FAULTS)[number];

const number = v.pipe(v.number(), v.integer());

const chainBreak = v.object({
  /** Number of the entry. */
  seq: number,
  fault: v.picklist(FAULTS),
  /** A whole sentence. */
  text,
});
export type ChainBreak = v.InferOutput<typeof chainBreak>;

export const logReport = v.object({
  entries: count,
  /** Of these: what they said is gone, by the owner's wish or by age. */
  erased: count,
  /** Numbers of the oldest and newest entry; null for an empty log. */
  first: v.nullable(number),
  last: v.nullable(number),
  /** The least and the greatest time of an entry. */
  fromMs: v.nullable(atMs),
  toMs: v.nullable(atMs),
  /** Of the newest entry, SHA-256 as hexadecimal digits; zeros for an empty log. */
  hash: text,
  /** In the order of the log, the first hundred of `broken`. */
  breaks: v.array(chainBreak),
  broken: count,
  /** Whether an entry has the hash that was asked for; null where none was. */
  expected: v.nullable(v.boolean()),
  /** Whether it was verified with the key: without it only accidents are found. */
  withKey: v.boolean(),
  whole: v.boolean(),
  /** All this in plain words, the most important first. */
  sentences: v.array(text),
});
export type LogReport = v.InferOutput<typeof logReport>;
