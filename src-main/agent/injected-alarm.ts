// The watch for input that no hand made, put to use. In: every event, and a tick now and then. Out: for each episode a line in the
// log, a notice and a notification; and no window of learning with such input in it.
import type { Notification } from '../../src-preload/contract.ts';
import type { Audit } from './audit.ts';
import type { InputEvent } from './events.ts';
import { DOUBTFUL, type InjectedFinding } from './infer/injected-finding.ts';
import { createInjectedInputWatch, type InjectedInputWatch } from './infer/injected-input.ts';
import type { Notices } from './notices.ts';

export interface InjectedAlarmParts {
  /** The input of this run is declared to be scripted: a test, a demonstration, a recording. */
  readonly expected: boolean;
  readonly audit: Audit;
  readonly notices: Pick<Notices, 'about'>;
  readonly notify: (notification: Notification) => void;
  /** Forgets the windows under way: nobody's hand may teach the model. */
  readonly interrupt: () => void;
  readonly watch?: InjectedInputWatch;
}

export interface InjectedAlarm {
  readonly accept: (event: InputEvent) => void;
  /** What a source itself knows: told at the next tick, as what was found here. */
  readonly report: (finding: InjectedFinding) => void;
  /** Before the windows of this tick are closed. */
  readonly tick: (nowUs: number) => void;
}

export function createInjectedAlarm(parts: InjectedAlarmParts): InjectedAlarm {
  const watch = parts.watch ?? createInjectedInputWatch({ expected: parts.expected });
  /** The episode of each kind that was told last, by its beginning. */
  const told = new Map<InjectedFinding['kind'], number>();

  const tell = (finding: InjectedFinding): void => {
    const { kind, evidence, firstUs } = finding;
    const text = `Input that no hand made: ${kind}. ${evidence}.`;
    parts.audit('injected', text);
    parts.notices.about(`injected ${kind}`, 'warning', text);
    parts.notify({
      title: 'Input that no hand made',
      body: `${kind}: ${evidence}.`,
      urgency: 'normal',
      link: `#/history?at=${Math.round(firstUs / 1000)}`,
    });
  };
  let reported: InjectedFinding | null = null;

  const take = (finding: InjectedFinding): void => {
    // A key remapper's keys are the owner's.
    if (finding.confidence > DOUBTFUL) parts.interrupt();
    if (told.get(finding.kind) === finding.firstUs) return;
    told.set(finding.kind, finding.firstUs);
    if (finding.confidence > DOUBTFUL) tell(finding);
    else parts.notices.about(`injected ${finding.kind}`, 'info', `${finding.evidence}.`);
  };
  return {
    accept: watch.accept,
    report: (finding) => {
      if (!parts.expected) reported = finding;
    },
    tick: (nowUs) => {
      const [from, found] = [reported, watch.check(nowUs)];
      reported = null;
      if (from !== null) take(from);
      if (found !== null) take(found);
    },
  };
}
