// The audit log verified soon after the start, once a day, and when somebody asks. In: the store. Out: what was found, a sentence about it for
// the settings page, and a notice while it is not whole.
import type { CallArg, LogReport } from '../../src-preload/contract.ts';
import type { Notices } from './notices.ts';
import type { Store } from './store/store.ts';
import { messageOf } from './thrown.ts';

export interface LogWatchParts {
  readonly store: Pick<Store, 'verifyLog'>;
  readonly version: string;
  /** Wall clock. */
  readonly nowMs: () => number;
  readonly notices: Pick<Notices, 'about'>;
  /** The sentence has changed. */
  readonly changed: () => void;
}

export interface LogWatch {
  /** Rejects with a readable reason where the log can't be read. */
  readonly verify: (asked: CallArg<'verifyLog'>) => Promise<LogReport>;
  readonly sentence: () => string;
  /** Resolves when no verification is under way. */
  readonly stop: () => Promise<void>;
}

/** After the start, when everything else has come up. */
const FIRST_AFTER_MS = 20_000;
const EVERY_MS = 24 * 3_600_000;

export function createLogWatch({ store, version, nowMs, notices, changed }: LogWatchParts): LogWatch {
  let sentence = 'The audit log has not been verified since SecLyzer was started.';
  let broken = false;
  let running: Promise<unknown> = Promise.resolve();

  const note = (report: LogReport): void => {
    const at = new Date(nowMs()).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    const [finding, first] = report.sentences;
    const count = report.entries.toLocaleString('en-US');
    sentence = report.whole
      ? `The audit log of ${count} ${report.entries === 1 ? 'entry' : 'entries'} was whole when it was last verified, ${at}.${otherwise(report)}`
      : `${finding} ${first} Verified ${at}.`;
    if (!report.whole) notices.about('audit log', 'error', `${finding} ${first} See “seclyzer data verify”.`);
    else if (broken) notices.about('audit log', 'info', 'The audit log is whole again.');
    broken = !report.whole;
    changed();
  };
  const verify = async ({ entry, expect }: CallArg<'verifyLog'>): Promise<LogReport> => {
    const asked = { ...(entry === undefined ? {} : { entry }), ...(expect === undefined ? {} : { expect }) };
    const report = await store.verifyLog({ version, ...asked });
    // A hash that is not in it says nothing of the log by itself: it may be older than what is kept.
    if (expect === undefined) note(report);
    return report;
  };
  /** One after the other: each holds on to the state of its beginning. */
  const inTurn = (asked: CallArg<'verifyLog'>): Promise<LogReport> => {
    const next = running.then(() => verify(asked));
    running = next.catch(() => undefined);
    return next;
  };
  const byItself = (): void => {
    inTurn({}).catch((error: unknown) => notices.about('audit log', 'error', messageOf(error)));
  };
  const soon = setTimeout(byItself, FIRST_AFTER_MS);
  const daily = setInterval(byItself, EVERY_MS);
  return {
    verify: inTurn,
    sentence: () => sentence,
    stop: async () => {
      clearTimeout(soon);
      clearInterval(daily);
      await running;
    },
  };
}

function otherwise({ replay }: LogReport): string {
  const different = replay?.different ?? 0;
  if (different === 0) return '';
  return ` ${different} of its decisions come out otherwise when they are made again.`;
}
