// The sound entries of an audit log in, in their order; how many of its decisions come out the same when they are made again out.
import type { LogReplay } from '../../../../src-preload/contract.ts';
import { decodeEvidence } from '../../decide/evidence-format.ts';
import { replayDecision } from '../../decide/replay-decision.ts';
import { messageOf } from '../../thrown.ts';
import type { Cipher } from '../cipher.ts';
import { decisionOf, plainOf, type EntryRow, type FullRow } from './log-rows.ts';

/** gone: what it was made from is not there any more. otherVersion: another version decided so, this one would not. */
export type Outcome = 'same' | 'different' | 'otherVersion' | 'gone';

export interface LogReplayer {
  readonly take: (row: EntryRow) => void;
  readonly result: () => LogReplay;
  /** Of the entry that was asked for; null unless it is a decision that is sound. */
  readonly asked: () => Outcome | null;
}

const MOST_NAMED = 20;

/** @param version of this program. @param entry number of the one to tell of by itself. */
export function createLogReplayer(cipher: Cipher, version: string, entry?: number): LogReplayer {
  let before: EntryRow | null = null;
  let asked: Outcome | null = null;
  const counts = { same: 0, different: 0, otherVersion: 0, gone: 0 };
  const differences: LogReplay['differences'][number][] = [];

  function outcomeOf(decided: EntryRow, from: EntryRow | null): Outcome {
    if (!isFull(decided) || from === null || !isFull(from)) return 'gone';
    const differs = (text: string): Outcome => {
      if (differences.length < MOST_NAMED) differences.push({ seq: decided.seq, atMs: decided.at_ms, text });
      return 'different';
    };
    try {
      const made = decodeEvidence(plainOf(cipher, from));
      const difference = replayDecision(made, decisionOf(cipher, decided));
      if (difference === null) return 'same';
      if (made.version !== version) return 'otherVersion';
      return differs(`Decision ${decided.seq} comes out otherwise: ${difference}.`);
    } catch (error) {
      return differs(`Decision ${decided.seq} can't be made again: ${messageOf(error)}.`);
    }
  }

  return {
    take: (row) => {
      const from = before?.kind === 'evidence' && before.seq === row.seq - 1 ? before : null;
      before = row;
      if (row.kind !== 'decision') return;
      const outcome = outcomeOf(row, from);
      counts[outcome] += 1;
      if (row.seq === entry) asked = outcome;
    },
    result: () => {
      const { same, different, otherVersion, gone } = counts;
      return { decisions: same + different + otherVersion + gone, ...counts, differences };
    },
    asked: () => asked,
  };
}

const isFull = (row: EntryRow): row is FullRow => row.body !== null;
