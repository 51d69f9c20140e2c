// The samples and the end of a soak in, whatever went wrong in it out: what the agent wrote to its error stream, told its user, failed to answer,
// dropped or refused, and how it ended.
import type { SoakEnd, SoakSample } from './soak-record.ts';
import type { Verdict } from './soak-verdict.ts';

/** Answers that are right: it is in doubt who asks. */
const EXPECTED = [/doubts that this is you/, /trust of # or more/];
/** The batch that was under way when the agent was stopped is too old when it goes on; it holds at most as many. */
const REFUSED_AT_MOST = 1000;
const SHOWN = 5;
const SHOWN_CHARACTERS = 500;

/** @param end null while it runs. */
export function judgeErrors(samples: readonly SoakSample[], end: SoakEnd | null): readonly Verdict[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const notices = samples.flatMap(({ agent }) => agent?.notices ?? []);
  const told = new Set(notices.filter(({ level }) => level === 'error').map(({ text }) => text));
  const failures = listed(last.client.failures).filter((what) => !EXPECTED.some((known) => known.test(what)));
  const silent = samples.filter(({ agent }) => agent === null).length;
  const unread = last.complaints > 0 ? [`${last.complaints} lines`] : [];
  const dropped = samples.findLast(({ agent }) => agent !== null)?.agent?.dropped ?? 0;
  return [
    none('lines on the error stream', end?.complaints ?? unread),
    none('errors told to the user', [...told]),
    none('calls that failed', [...failures, ...(silent > 0 ? [`its state was not told ${silent} times`] : [])]),
    none('input events dropped', dropped === 0 ? [] : [`${dropped} events`]),
    {
      ...{ name: 'input events refused', promised: 'none but one late batch', ok: last.fed.refused <= REFUSED_AT_MOST },
      measured: `${last.fed.refused} of ${last.fed.events}`,
    },
    {
      ...{ name: 'calls that were refused', promised: '', ok: null },
      measured: found(listed({ ...last.client.refusals, ...expected(last.client.failures) })),
    },
    {
      ...{ name: 'exit', promised: '0 when told to stop', ok: end === null ? null : end.exit === 0 },
      measured: end === null ? 'it has not ended yet' : String(end.exit),
    },
  ];
}

const listed = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counts).map(([what, times]) => `${what} (${times} times)`);

const expected = (failures: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(failures).filter(([what]) => EXPECTED.some((known) => known.test(what))));

const none = (name: string, what: readonly string[]): Verdict => ({
  ...{ name, promised: 'none', ok: what.length === 0 },
  measured: found(what),
});

const found = (what: readonly string[]): string =>
  what.length === 0 ? 'none' : `${what.length}: ${what.slice(0, SHOWN).join('; ').slice(0, SHOWN_CHARACTERS)}`;
