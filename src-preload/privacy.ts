// What is kept of the owner, by part; how it is had out, and how it is deleted.
import * as v from 'valibot';
import { atMs, count, modality, text } from './views.ts';

/**
 * learned: models, and what they were made of. history: trust, scores and decisions. machine: figures of this machine and what was unusual
 * in them. guard: attacks in the log, with its lines. log: what the program and its user did.
 */
export const DATA_PARTS = ['learned', 'history', 'machine', 'guard', 'log'] as const;
export type DataPart = (typeof DATA_PARTS)[number];

const part = v.picklist(DATA_PARTS);
/** Of one modality there is something in these alone. */
const MODALITY_PARTS: readonly DataPart[] = ['learned', 'history'];

/** Both ends included; null: without an end on this side. */
const period = { fromMs: v.nullable(atMs), toMs: v.nullable(atMs) };

export const dataPeriod = v.pipe(
  v.object(period),
  v.check(({ fromMs, toMs }) => fromMs === null || toMs === null || fromMs <= toMs, 'must not end before it begins'),
);
export type DataPeriod = v.InferOutput<typeof dataPeriod>;

export const deletion = v.pipe(
  v.object({ parts: v.pipe(v.array(part), v.minLength(1)), modality: v.nullable(modality), ...period }),
  v.check(
    ({ parts, modality: one }) => one === null || parts.every((which) => MODALITY_PARTS.includes(which)),
    'of one modality there is only what was learned and its history',
  ),
  v.check(({ fromMs, toMs }) => fromMs === null || toMs === null || fromMs <= toMs, 'must not end before it begins'),
);
export type Deletion = v.InferOutput<typeof deletion>;

/** What was deleted. */
export const deleted = v.object({
  sentence: text,
  readings: count,
  windows: count,
  models: count,
  decisions: count,
  entries: count,
  incidents: count,
  alerts: count,
  /** Less than nothing where the files have grown meanwhile. */
  freedBytes: v.number(),
  /** Why some of the bytes are not overwritten yet, which the next start then does; null where they are. */
  unfinished: v.nullable(text),
});
export type Deleted = v.InferOutput<typeof deleted>;

/** What is kept now. */
export const keptData = v.object({
  parts: v.array(
    v.object({
      part,
      /** Sealed, as it lies in the files; these have some room besides. */
      bytes: count,
      /** When the oldest of it is from; null where there is none. */
      sinceMs: v.nullable(atMs),
    }),
  ),
  /** Of the whole folder. */
  totalBytes: count,
  /** Why nothing may be deleted now; null where it may. */
  refusal: v.nullable(text),
  /** Why nothing may be had out now. */
  exportRefusal: v.nullable(text),
});
export type KeptData = v.InferOutput<typeof keptData>;

/** A piece of an export: they are put together in order. `id` null begins one; the answer names it for the next piece. */
export const exportArguments = v.object({ id: v.nullable(count), period: dataPeriod });
export const exportPiece = v.object({ id: count, text: v.string(), done: v.boolean() });

/** Where an export was written. */
export const exportedFile = v.object({ path: text, bytes: count });
