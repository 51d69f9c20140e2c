// The samples and the end of a soak in, whatever went wrong in it out: what the agent wrote to its error stream, told its user, failed to answer,
// dropped or refused, and how it ended.
import type { SoakEnd, SoakEvent, SoakSample } from './soak-record.ts';
import type { Verdict } from './soak-verdict.ts';

/** Answers that are right: it is in doubt who asks. */
const EXPECTED = [/doubts that this is you/, /trust of # or more/];
/** The batch that was under way when the agent was stopped is too old when it goes on; it holds at most as many. */
const REFUSED_AT_MOST = 1000;
const SHOWN = 5;
const SHOWN_CHARACTERS = 500;

/** What was asked while the agent stood still may find its connection closed, until so long after it was stopped, in seconds. */
const STANDS_STILL_S = 30;

/** @param end null while it runs. */
export function judgeErrors(
  samples: readonly SoakSample[],
  events: readonly SoakEvent[],
  end: SoakEnd | null,
): readonly Verdict[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const notices = samples.flatMap(({ agent }) => agent?.notices ?? []);
  const told = new Set(notices.filter(({ level }) => level === 'error').map(({ text }) => text));
  const stopped = events.filter(({ text }) => text.includes('(SIGSTOP)')).map(({ wallS }) => wallS);
  const unanswered = addedUp(stopped.map((wallS) => failuresBetween(samples, wallS, wallS + STANDS_STILL_S)));
  const failures = Object.entries(less(last.client.failures, unanswered));
  const [right, wrong] = [failures.filter(isExpected), failures.filter((failure) => !isExpected(failure))];
  const silent = samples.filter(({ agent }) => agent === null).length;
  const unread = last.complaints > 0 ? [`${last.complaints} lines`] : [];
  const dropped = samples.findLast(({ agent }) => agent !== null)?.agent?.dropped ?? 0;
  return [
    none('lines on the error stream', end?.complaints ?? unread),
    none('errors told to the user', [...told]),
    none('calls that failed', [...listed(wrong), ...(silent > 0 ? [`its state was not told ${silent} times`] : [])]),
    none('input events dropped', dropped === 0 ? [] : [`${dropped} events`]),
    {
      ...{ name: 'input events refused', promised: 'none but one late batch', ok: last.fed.refused <= REFUSED_AT_MOST },
      measured: `${last.fed.refused} of ${last.fed.events}`,
    },
    {
      ...{ name: 'calls that were refused', promised: '', ok: null },
      measured: found(listed([...Object.entries(last.client.refusals), ...right])),
    },
    {
      ...{ name: 'not answered while it was stopped', promised: '', ok: null },
      measured: found(listed(Object.entries(unanswered))),
    },
    {
      ...{ name: 'exit', promised: '0 when told to stop', ok: end === null ? null : end.exit === 0 },
      measured: end === null ? 'it has not ended yet' : String(end.exit),
    },
  ];
}

type Counts = Readonly<Record<string, number>>;

const isExpected = ([what]: readonly [string, number]): boolean => EXPECTED.some((known) => known.test(what));
const listed = (counts: readonly (readonly [string, number])[]): readonly string[] =>
  counts.map(([what, times]) => `${what} (${times}×)`);

function failuresBetween(samples: readonly SoakSample[], fromS: number, toS: number): Counts {
  const before = samples.findLast(({ wallS }) => wallS <= fromS);
  const after = samples.find(({ wallS }) => wallS >= toS) ?? samples.at(-1);
  return less(after?.client.failures ?? {}, before?.client.failures ?? {});
}

/** Without what is none then. */
const less = (counts: Counts, others: Counts): Counts =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([what, times]) => [what, times - (others[what] ?? 0)] as const)
      .filter(([, times]) => times > 0),
  );

function addedUp(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [what, times] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + times;
  return sum;
}

const none = (name: string, what: readonly string[]): Verdict => ({
  ...{ name, promised: 'none', ok: what.length === 0 },
  measured: found(what),
});

const found = (what: readonly string[]): string =>
  what.length === 0 ? 'none' : `${what.length}: ${what.slice(0, SHOWN).join('; ').slice(0, SHOWN_CHARACTERS)}`;
