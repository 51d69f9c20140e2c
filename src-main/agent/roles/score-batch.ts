// Entries as they were taken and what is known of their subjects in, what is to be committed out. Nothing is written here: whoever is killed in
// the middle has done nothing.
import type { Cipher } from '../store/cipher.ts';
import type { Batch, ScoredEntry, SealedLesson } from './commit.ts';
import { openEntry, type Entry } from './entry.ts';
import { sealLesson } from './lesson.ts';
import { partitionKeys } from './partitions.ts';
import { isAfter, readPosition, type Position } from './position.ts';
import { bytesOf, listOf, type RedisCalls } from './redis-calls.ts';
import { prepareEntry, scoreEntry, type CentralSettings } from './score-entry.ts';
import { scoreMessage } from './score-message.ts';
import type { SubjectModels } from './subject-models.ts';
import { newSubject, openState, sealState, type SubjectState } from './subject-state.ts';
import type { TakenEntry } from './take.ts';

export interface BatchParts {
  readonly calls: RedisCalls;
  readonly cipher: Cipher;
  readonly models: Pick<SubjectModels, 'score' | 'fetchAll'>;
  readonly settings: CentralSettings;
}

export interface ScoredBatch {
  readonly batch: Batch;
  /** After the batch, once it is written. */
  readonly states: ReadonlyMap<string, SubjectState>;
}

interface Opened {
  readonly at: Position;
  readonly entry: Entry;
}

/**
 * What is known of subjects, out of Redis; of one that is new, what is known of anybody. One whose state can't be opened is left out: to begin
 * anew with it would be a way to be trusted again. Rejects where Redis does not answer.
 */
export async function readStates(
  partition: number,
  subjects: readonly string[],
  { calls, cipher, settings }: BatchParts,
): Promise<ReadonlyMap<string, SubjectState>> {
  const states = new Map<string, SubjectState>();
  if (subjects.length === 0) return states;
  const found = listOf(await calls.send(['HMGET', partitionKeys(partition).subjects, ...subjects]));
  for (const [i, subject] of subjects.entries()) {
    const value = found[i] ?? null;
    const state = value === null ? newSubject(settings) : openFrom(cipher, subject, bytesOf(value));
    if (state !== null) states.set(subject, state);
  }
  return states;
}

/** The place in plain, a blank, then the sealed state. */
const openFrom = (cipher: Cipher, subject: string, value: Buffer): SubjectState | null =>
  orNull(() => {
    const blank = value.indexOf(' ');
    const at = readPosition(value.subarray(0, blank).toString('latin1'));
    return openState(cipher, subject, at, value.subarray(blank + 1));
  });

/** @param known of the subjects of `taken`, as they are in Redis. */
export async function scoreBatch(
  partition: number,
  taken: readonly TakenEntry[],
  known: ReadonlyMap<string, SubjectState>,
  parts: BatchParts,
): Promise<ScoredBatch> {
  const { cipher, models, settings } = parts;
  const states = new Map<string, SubjectState>();
  const wanted = new Set(taken.map(({ subject }) => subject));
  const scored: ScoredEntry[] = [];
  const passedOver: string[] = [];
  const lessons: SealedLesson[] = [];
  let refused = 0;
  await models.fetchAll(
    partition,
    new Map(
      [...wanted].flatMap((subject) => {
        const state = known.get(subject);
        return state === undefined ? [] : [[subject, state] as const];
      }),
    ),
  );
  for (const one of taken) {
    const { id, subject } = one;
    const opened = openTaken(cipher, one);
    const before = states.get(subject) ?? known.get(subject);
    if (opened === null || before === undefined) {
      passedOver.push(id);
      refused += 1;
      continue;
    }
    const { at, entry } = opened;
    if (!isAfter(at, before.at)) {
      passedOver.push(id);
      continue;
    }
    const prepared = prepareEntry(before, entry, settings);
    const said = await models.score({ partition, subject, state: before }, prepared);
    const { state, score, lessons: kept } = scoreEntry(before, { at, entry, prepared }, said, settings);
    states.set(subject, state);
    scored.push({ id, subject, at, json: scoreMessage(score, entry, subject, at) });
    for (const lesson of kept)
      lessons.push({ subject, modality: lesson.modality, sealed: sealLesson(cipher, subject, lesson) });
  }
  const subjects = [...states].map(([subject, state]) => ({
    ...{ subject, at: state.at, sealed: sealState(cipher, subject, state) },
  }));
  return { batch: { scored, passedOver, refused, subjects, lessons }, states };
}

/** null for what no collector of this fleet has written: counted, and never tried again. */
const openTaken = (cipher: Cipher, { subject, place, sealed }: TakenEntry): Opened | null =>
  orNull(() => {
    const at = readPosition(place);
    return { at, entry: openEntry(cipher, subject, at, sealed) };
  });

/** What lies in Redis may have been written by anybody. */
function orNull<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
