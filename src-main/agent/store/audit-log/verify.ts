// The entries of an audit log in, page by page; what is wrong with them out.
//
// What this finds, and what nothing in the file could tell: whoever can write the file but has no key can change, empty, remove, insert,
// move or cut off nothing without its being found, for every hash has a code made with the key, and the sealed end says how many there
// must be. He can put back an older copy of the whole file (or of the log with its end), which is as whole as it was then: a hash that was
// noted elsewhere tells (`expect`). Whoever has the key, as everybody who can read the key file or asks the keyring as its owner, can
// write a log of his own. Without the key only the hashes can be followed: that finds accidents, and no forger who knows SHA-256.
import type { ChainBreak, Fault, LogReport } from '../../../../src-preload/contract.ts';
import type { Cipher } from '../cipher.ts';
import { createInspector } from './inspect.ts';
import { hex, NO_HASH } from './link.ts';
import type { LogHead } from './log-head.ts';
import type { EntryRow } from './log-rows.ts';

/** What is found; the words for it are added by report-words.ts. */
export type ChainReport = Omit<LogReport, 'sentences' | 'whole' | 'withKey'>;

export interface LogReader {
  readonly head: () => LogHead | 'lost';
  /** The entries after `seq` in their order, `limit` at most. All that is read is of one moment. */
  readonly after: (seq: number, limit: number) => readonly EntryRow[];
  /** Those of all entries. */
  readonly numbers: () => readonly number[];
}

export interface Verification {
  readonly reader: LogReader;
  /** null: without the key. */
  readonly cipher: Pick<Cipher, 'sign'> | null;
  /** Hash of an entry that was noted elsewhere, at least 16 hexadecimal digits. */
  readonly expect?: string;
  /** Is shown each entry that is sound, in order. */
  readonly sound?: (row: EntryRow) => void;
  /** Between two pages. */
  readonly turn: () => Promise<unknown>;
}

const PAGE = 200;
const MOST_NAMED = 100;

export async function verifyChain({ reader, cipher, expect, sound, turn }: Verification): Promise<ChainReport> {
  const head = cipher === null ? null : reader.head();
  const ends = head === 'lost' ? null : head;
  const inspect = createInspector(cipher, () => reader.numbers());
  const breaks: ChainBreak[] = [];
  const said: Mutable<Pick<ChainReport, 'entries' | 'erased' | 'first' | 'last' | 'fromMs' | 'toMs' | 'hash'>> = {
    ...{ entries: 0, erased: 0, first: null, last: null, fromMs: null, toMs: null, hash: hex(NO_HASH) },
  };
  let broken = 0;
  let expected = false;
  /** The one before, and whether it is what it was; null at the beginning. */
  let before: { readonly row: EntryRow; readonly sound: boolean } | null = null;

  const fault = (seq: number, kind: Fault, text: string): void => {
    broken += 1;
    if (breaks.length < MOST_NAMED) breaks.push({ seq, fault: kind, text });
  };
  const look = (row: EntryRow, next: EntryRow | undefined): void => {
    const { seq, at_ms } = row;
    said.entries += 1;
    if (row.body === null) said.erased += 1;
    said.first ??= seq;
    said.last = seq;
    said.hash = hex(row.hash);
    said.fromMs = Math.min(said.fromMs ?? Infinity, at_ms);
    said.toMs = Math.max(said.toMs ?? -Infinity, at_ms);
    if (ends !== null && seq < ends.first)
      return fault(seq, 'inserted', `Entry ${seq} was inserted: the log begins with entry ${ends.first}.`);
    if (expect !== undefined && said.hash.startsWith(expect)) expected = true;
    const expectedSeq = before === null ? (ends?.first ?? seq) : before.row.seq + 1;
    if (seq > expectedSeq) fault(expectedSeq, 'removed', removedText(expectedSeq, seq - 1));
    const follows = before === null || seq > expectedSeq || row.prev.equals(before.row.hash);
    const wrong = inspect(row, isTooMuch(seq, next));
    if (wrong !== null) fault(seq, wrong.fault, wrong.text);
    else if (!follows && before?.sound === true)
      fault(seq, 'changed', `Entry ${seq} does not go on from the one before it: one of the two is of another log.`);
    else if (ends !== null && seq > ends.last)
      fault(seq, 'end', `Entry ${seq} lies behind the sealed end of the log: an older end was put back.`);
    else sound?.(row);
    before = { row, sound: wrong === null };
  };

  /** Whether the log were whole without it. */
  const isTooMuch = (seq: number, next: EntryRow | undefined): boolean =>
    next === undefined ? ends !== null && seq > ends.last : before !== null && next.prev.equals(before.row.hash);

  let page = reader.after(-Infinity, PAGE);
  while (page.length > 0) {
    const lastSeq = page.at(-1)?.seq ?? 0;
    // Beyond it numbers are no longer told from each other; SecLyzer never comes there.
    const following = Number.isSafeInteger(lastSeq) ? reader.after(lastSeq, PAGE) : [];
    for (const [i, row] of page.entries()) look(row, page[i + 1] ?? following[0]);
    page = following;
    await turn();
  }
  if (head === 'lost')
    fault(
      (said.last ?? 0) + 1,
      'end',
      'The sealed end of the log is missing or changed: nobody can say what was cut off.',
    );
  if (ends !== null && (said.last ?? 0) < ends.last) {
    const from = Math.max(ends.first, (said.last ?? 0) + 1);
    fault(from, 'cut-off', `The log was cut off: ${missingText(from, ends.last)} at its end.`);
  }
  if (ends !== null && said.last === ends.last && said.hash !== hex(ends.hash) && broken === 0)
    fault(ends.last, 'end', `Entry ${ends.last} is not the one that the sealed end of the log tells of.`);
  return { ...said, breaks, broken, expected: expect === undefined ? null : expected };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const missingText = (from: number, to: number): string =>
  from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`;

function removedText(from: number, to: number): string {
  const text = missingText(from, to);
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
