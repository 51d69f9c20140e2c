// One partition for as long as its lease is held: what the holder before had left first, then what comes; scored in order, written at once. After
// anything that went wrong it begins again from what Redis holds, for what was known may not be so any more.
import { commitBatch } from './commit.ts';
import { keepModel } from './keep-model.ts';
import type { Lease } from './lease.ts';
import { sealModel, type PackedModel } from './packed-model.ts';
import { readStates, scoreBatch, type BatchParts } from './score-batch.ts';
import { wantsTraining } from './score-entry.ts';
import { CENTRAL, sealState, type CentralModality, type SubjectState } from './subject-state.ts';
import { BEGIN, takeNew, takeOver, tidyGroup, type Taken, type TakenEntry } from './take.ts';
import { learnedAfter } from './train-subject.ts';

export interface Wish {
  readonly partition: number;
  readonly subject: string;
  readonly modality: CentralModality;
  readonly version: number;
}

const NOTHING = { entries: [], claimed: 0, refused: 0 };

/** A training that has ended; `model` is null where it gave none. */
export interface Made extends Wish {
  readonly model: PackedModel | null;
}

/** `lost`: the partition is another's now, and nothing more is to be done here. */
export type Worked = { readonly kind: 'lost' } | Done;

interface Done {
  readonly kind: 'done';
  readonly entries: readonly TakenEntry[];
  /** Of those, the ones that an earlier holder had taken and not finished. */
  readonly claimed: number;
  /** And those that could not be opened. */
  readonly refused: number;
}

export interface PartitionWork {
  readonly lease: Lease;
  /** One batch. Rejects where Redis does not answer: to be called again. */
  readonly turn: () => Promise<Worked>;
  /** Puts a model in force, between two batches. */
  readonly install: (made: Made) => Promise<void>;
}

export interface PartitionParts extends BatchParts {
  /** More is known of a subject than its model was made of. */
  readonly wish: (wish: Wish) => void;
  readonly batch: number;
  /** Subjects of which it is kept in memory what is known. */
  readonly most: number;
}

export function workOn(lease: Lease, parts: PartitionParts): PartitionWork {
  const { calls, cipher } = parts;
  const { partition } = lease;
  const known = new Map<string, SubjectState>();
  /** Where the taking over goes on; null when it is over. */
  let pendingFrom: string | null = BEGIN;
  /** Whether the group is there, and nobody in it who has nothing left. */
  let isTidy = false;

  function beginAgain(): void {
    known.clear();
    pendingFrom = BEGIN;
  }
  async function take(): Promise<Taken> {
    if (!isTidy && !(await tidyGroup(calls, lease))) return 'fenced';
    isTidy = true;
    if (pendingFrom === null) return takeNew(calls, lease, parts.batch);
    const { entries, next } = await takeOver(calls, lease, parts.batch, pendingFrom);
    pendingFrom = next;
    // Once these are done, whoever had them has nothing left.
    isTidy = next !== null;
    return entries;
  }
  async function learnOf(entries: readonly TakenEntry[]): Promise<void> {
    const missing = new Set(entries.map(({ subject }) => subject).filter((subject) => !known.has(subject)));
    for (const [subject, state] of await readStates(partition, [...missing], parts)) known.set(subject, state);
  }
  function remember(states: ReadonlyMap<string, SubjectState>): void {
    for (const [subject, state] of states) {
      known.delete(subject);
      known.set(subject, state);
      for (const modality of CENTRAL) {
        const { [modality]: learned } = state.learned;
        if (wantsTraining(modality, learned))
          parts.wish({ partition, subject, modality, version: learned.version + 1 });
      }
    }
    for (const subject of known.keys()) {
      if (known.size <= parts.most) return;
      known.delete(subject);
    }
  }
  async function turn(): Promise<Worked> {
    const isTakenOver = pendingFrom !== null;
    const entries = await take();
    if (entries === 'fenced') return { kind: 'lost' };
    if (entries.length === 0) return { kind: 'done', ...NOTHING };
    await learnOf(entries);
    const { batch, states } = await scoreBatch(partition, entries, known, parts);
    switch (await commitBatch(calls, lease, batch)) {
      case 'fenced':
        return { kind: 'lost' };
      case 'order':
        // What was known here was not what Redis holds.
        beginAgain();
        return { kind: 'done', ...NOTHING };
      case 'written':
        remember(states);
        return { kind: 'done', entries, claimed: isTakenOver ? entries.length : 0, refused: batch.refused };
    }
  }

  return {
    lease,
    turn: async () => {
      try {
        return await turn();
      } catch (error) {
        beginAgain();
        throw error;
      }
    },
    install: async ({ subject, modality, version, model }) => {
      const state = known.get(subject) ?? (await readStates(partition, [subject], parts)).get(subject);
      if (state === undefined || state.learned[modality].version + 1 !== version) return;
      const learned = learnedAfter(state.learned[modality], model === null ? null : version);
      const after = { ...state, learned: { ...state.learned, [modality]: learned } };
      const sealed = model === null ? null : sealModel(cipher, subject, modality, version, model);
      // Unknown until it is written: a lost answer must not leave another state here than there.
      known.delete(subject);
      const kept = await keepModel(calls, lease, {
        ...{ subject, at: state.at, state: sealState(cipher, subject, after), modality, model: sealed },
      });
      if (kept === 'written') known.set(subject, after);
    },
  };
}
