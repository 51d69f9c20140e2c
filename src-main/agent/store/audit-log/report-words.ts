// What a verification of the audit log has found in, plain sentences out, for the command line and the dashboard alike.
import type { LogReplay, LogReport } from '../../../../src-preload/contract.ts';
import type { LogReplayer, Outcome } from './replay-log.ts';
import type { ChainReport } from './verify.ts';

const LIMITS =
  'What no file can tell of itself: that an older copy of it was put back whole, or that somebody who has the key has written it anew. ' +
  'Against that, note the hash of the newest entry elsewhere and ask for it later with “seclyzer data verify --expect”.';
const NO_KEY =
  'It was checked without the key: that finds damage and careless changes, but not a log that somebody has written anew, nor one that ' +
  'was cut off at the end.';

/** @param replayer null without the key. */
export function inWords(
  { asked, ...chain }: ChainReport,
  replayer: Pick<LogReplayer, 'result' | 'asked'> | null,
): LogReport {
  const replay = replayer?.result() ?? null;
  const sentences = [
    ...found(chain),
    ...erasedWords(chain),
    ...expectedWords(chain),
    ...(replay === null ? [NO_KEY] : [...replayWords(replay), LIMITS]),
  ];
  const entry = asked === null ? null : { ...asked, sentence: entryWords(asked, replayer?.asked() ?? null) };
  const whole = chain.broken === 0 && chain.expected !== false;
  return { ...chain, replay, withKey: replay !== null, whole, entry, sentences };
}

const OUTCOMES = {
  same: 'The decision was made again from what it was made from, and came out the same.',
  different: 'The decision was made again from what it was made from, and came out otherwise.',
  otherVersion: 'It is a decision of another version of SecLyzer; this one would have decided otherwise.',
  gone: 'The decision can’t be made again: what it was made from was deleted, is too old or was not kept.',
} as const satisfies Record<Outcome, string>;

function entryWords(
  { seq, sound }: { readonly seq: number; readonly sound: boolean },
  outcome: Outcome | null,
): string {
  if (!sound) return `Entry ${number(seq)} itself is not as SecLyzer wrote it.`;
  return [
    `Entry ${number(seq)} itself is as SecLyzer wrote it.`,
    ...(outcome === null ? [] : [OUTCOMES[outcome]]),
  ].join(' ');
}

function replayWords({ decisions, same, gone, otherVersion, different, differences }: LogReplay): readonly string[] {
  if (decisions === 0) return ['It holds no decision.'];
  const again = same + different + otherVersion;
  const [first] = differences;
  return [
    `Of ${counted(decisions, 'decision', 'decisions')} ${number(again)} could be made again from what was kept of the evidence: ` +
      `${again === same ? 'all' : number(same)} came out the same.`,
    ...(first === undefined ? [] : [first.text]),
    ...(different > 1 ? [`That is the first of ${number(different)} that come out otherwise.`] : []),
    ...(otherVersion > 0
      ? [`${number(otherVersion)} of another version of SecLyzer come out otherwise in this one.`]
      : []),
    ...(gone > 0
      ? [`${number(gone)} can't be made again: what they were made from was deleted, is too old or was not kept.`]
      : []),
  ];
}

type Told = Omit<ChainReport, 'asked'>;

function found({ entries, first, last, fromMs, toMs, broken, breaks }: Told): readonly string[] {
  const [firstBreak] = breaks;
  const span =
    first === null || last === null || fromMs === null || toMs === null
      ? 'It is empty.'
      : `${counted(entries, 'entry', 'entries')}, number ${number(first)} to ${number(last)}, from ${time(fromMs)} to ${time(toMs)}.`;
  if (firstBreak === undefined) {
    const start =
      first !== null && first > 1 ? [`What came before entry ${number(first)} was too old to be kept.`] : [];
    return ['The audit log is whole: nothing was changed, removed, inserted, moved or cut off.', span, ...start];
  }
  const more = broken > 1 ? [`That is the first of ${counted(broken, 'fault', 'faults')}.`] : [];
  return ['The audit log is not whole.', firstBreak.text, ...more, span];
}

const erasedWords = ({ erased, first }: Told): readonly string[] => {
  // The link that the log begins with after its old entries have gone holds nothing by design.
  const empty = first !== null && first > 1 ? erased - 1 : erased;
  if (empty <= 0) return [];
  return [
    `Of ${counted(empty, 'entry', 'entries')} the content is gone, by your wish or by its age; that it was there is still chained.`,
  ];
};

const expectedWords = ({ expected }: Told): readonly string[] => {
  if (expected === null) return [];
  return expected
    ? ['The entry with the hash that you asked for is in it.']
    : [
        'No entry has the hash that you asked for: an older or another log was put in its place, unless that entry is older than what is kept.',
      ];
};

const number = (value: number): string => value.toLocaleString('en-US');
const counted = (many: number, one: string, several: string): string => `${number(many)} ${many === 1 ? one : several}`;
const time = (ms: number): string =>
  Number.isFinite(ms) ? new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }) : 'no time';
