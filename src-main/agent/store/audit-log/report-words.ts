// What a verification of the audit log has found in, plain sentences out, for the command line and the dashboard alike.
import type { LogReport } from '../../../../src-preload/contract.ts';
import type { ChainReport } from './verify.ts';

const LIMITS =
  'What no file can tell of itself: that an older copy of it was put back whole, or that somebody who has the key has written it anew. ' +
  'Against that, note the hash of the newest entry elsewhere and ask for it later with --expect.';
const NO_KEY =
  'It was checked without the key: that finds damage and careless changes, but not a log that somebody has written anew, nor one that ' +
  'was cut off at the end.';

export function inWords(chain: ChainReport, withKey: boolean): LogReport {
  const whole = chain.broken === 0 && chain.expected !== false;
  return {
    ...chain,
    withKey,
    whole,
    sentences: [...found(chain), ...erasedWords(chain), ...expectedWords(chain), withKey ? LIMITS : NO_KEY],
  };
}

function found({ entries, first, last, fromMs, toMs, broken, breaks }: ChainReport): readonly string[] {
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

const erasedWords = ({ erased, first }: ChainReport): readonly string[] => {
  // The link that the log begins with after its old entries have gone holds nothing by design.
  const empty = first !== null && first > 1 ? erased - 1 : erased;
  if (empty <= 0) return [];
  return [
    `Of ${counted(empty, 'entry', 'entries')} the content is gone, by your wish or by its age; that it was there is still chained.`,
  ];
};

const expectedWords = ({ expected }: ChainReport): readonly string[] => {
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
