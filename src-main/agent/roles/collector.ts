// The way from a collector to the scorers as a part of the agent: there where the program was started in that role or the settings want it, and
// nothing at all where not. What is decided on this machine does not wait for it. In: the settings, and the tap. Out: entries in the stream of
// this subject.
import type { CollectingView, UserSettings } from '../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import { localHour } from '../local-hour.ts';
import { keepInStep } from '../publish/outlets/in-step.ts';
import type { Tap } from '../publish/outlets/tap.ts';
import type { Store } from '../store/store.ts';
import { subjectId } from './partitions.ts';
import { subjectFacts } from './subject-facts.ts';
import { writeSubject } from './subject-file.ts';

export interface Collecting {
  /** Puts the settings in force into effect. Never rejects: what can't be had is a notice. */
  readonly apply: () => Promise<void>;
  /** The screen was unlocked, and the scorers are to know. */
  readonly reauthenticated: () => void;
  readonly view: () => CollectingView;
  readonly stop: () => Promise<void>;
}

export interface CollectingOptions {
  /** By the role that the program was started in; else the settings say. */
  readonly asked: boolean;
  readonly settings: () => UserSettings['redis'];
  readonly dataDir: string;
  readonly settingsFile: string;
  readonly store: Pick<Store, 'get' | 'set' | 'flush'>;
  readonly tap: Tap;
  /** On the clock of the events. */
  readonly nowUs: () => number;
  readonly notice: (text: string | null) => void;
}

const RUN = 'collector-run';
const NOTHING = { sent: 0, waiting: 0, dropped: 0, reason: null };

export function createCollecting(options: CollectingOptions): Collecting {
  const { asked, settings, dataDir, store, tap, nowUs, notice } = options;
  async function begin(redis: UserSettings['redis']) {
    // The client of Redis is read by those alone who use one.
    const [{ openFleetLine }, { fleetAccess }, { createStreamWriter }, { createHopEntries }] = await Promise.all([
      ...([import('./fleet-line.ts'), import('./fleet-access.ts')] as const),
      ...([import('./stream-writer.ts'), import('./hop-entries.ts')] as const),
    ]);
    const access = fleetAccess(redis, dataDir, options.settingsFile);
    if ('reason' in access) throw new Error(`${access.reason}. ${access.fix}`);
    const names = subjectFacts(store);
    const subject = subjectId(names);
    await writeSubject(dataDir, subject);
    const line = openFleetLine(access, subject);
    const writer = createStreamWriter({
      ...{ append: line.append, cipher: access.cipher, subject, run: nextRun(), alarm: SYSTEM_ALARM },
      told: ({ reason, dropped }) =>
        notice(
          reason === null ? null : `Nothing goes to the scorers now, and waits: ${reason}.${droppedText(dropped)}`,
        ),
    });
    const deafen = tap.listen(createHopEntries({ ...names, hourOf: localHour, emit: writer.take }));
    return {
      view: writer.view,
      unlocked: () => writer.take({ ...names, ts: Math.round(nowUs()), windows: [], switches: [], unlocked: true }),
      stop: async (): Promise<void> => {
        deafen();
        await writer.stop();
        line.close();
      },
    };
  }
  /** On the disk before an entry bears it. */
  function nextRun(): number {
    const run = Number(store.get(RUN) ?? 0) + 1;
    store.set(RUN, String(run));
    store.flush();
    return run;
  }
  const isWanted = (): boolean => asked || settings().collect;
  const { apply, running, trouble, stop } = keepInStep({
    settings: () => (isWanted() ? settings() : null),
    begin,
    cleared: () => notice(null),
    failed: (message) => notice(`Nothing goes to the scorers: ${message}`),
  });
  return {
    ...{ apply, stop, reauthenticated: () => running()?.unlocked() },
    view: () => {
      const now = running()?.view() ?? NOTHING;
      return { wanted: isWanted(), byRole: asked, ...now, reason: trouble() ?? now.reason };
    },
  };
}

const droppedText = (dropped: number): string => (dropped === 0 ? '' : ` ${dropped} windows had to go unscored.`);
