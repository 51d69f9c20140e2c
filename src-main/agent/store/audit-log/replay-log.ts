// The sound entries of an audit log in, in their order; how many of its decisions come out the same when they are made again out.
import type { LogReplay } from '../../../../src-preload/contract.ts';
import { decodeEvidence } from '../../decide/evidence-format.ts';
import { replayDecision } from '../../decide/replay-decision.ts';
import { messageOf } from '../../thrown.ts';
import type { Cipher } from '../cipher.ts';
import { decisionOf, plainOf, type EntryRow, type FullRow } from './log-rows.ts';

export interface LogReplayer {
  readonly take: (row: EntryRow) => void;
  readonly result: () => LogReplay;
}

const MOST_NAMED = 20;

/** @param version of this program: another one may well decide otherwise. */
export function createLogReplayer(cipher: Cipher, version: string): LogReplayer {
  let evidence: EntryRow | null = null;
  let [decisions, same, gone, otherVersion, different] = [0, 0, 0, 0, 0];
  const differences: LogReplay['differences'][number][] = [];

  function replay(decided: FullRow, from: FullRow): void {
    const differs = (text: string): void => {
      different += 1;
      if (differences.length < MOST_NAMED) differences.push({ seq: decided.seq, atMs: decided.at_ms, text });
    };
    try {
      const made = decodeEvidence(plainOf(cipher, from));
      const difference = replayDecision(made, decisionOf(cipher, decided));
      if (difference === null) same += 1;
      else if (made.version === version) differs(`Decision ${decided.seq} comes out otherwise: ${difference}.`);
      else otherVersion += 1;
    } catch (error) {
      differs(`Decision ${decided.seq} can't be made again: ${messageOf(error)}.`);
    }
  }

  return {
    take: (row) => {
      const before = evidence;
      evidence = row.kind === 'evidence' ? row : null;
      if (row.kind !== 'decision') return;
      decisions += 1;
      if (isFull(row) && before !== null && isFull(before) && before.seq === row.seq - 1) replay(row, before);
      else gone += 1;
    },
    result: () => ({ decisions, same, gone, otherVersion, different, differences }),
  };
}

const isFull = (row: EntryRow): row is FullRow => row.body !== null;
