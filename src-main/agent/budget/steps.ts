// Nothing in; what the governor can give up, step by step, the mildest first, out: what each sheds, what the user loses by it, what it relieves.
// Keyboard and mouse come last, and a step that weakens the protection is never taken while somebody else may be at the keyboard.
import type { Ladder, Resource } from '../../../src-preload/contract.ts';

export type StepId =
  | 'hop-2s'
  | 'hop-5s'
  | 'idle-models'
  | 'monitor-5s'
  | 'guard-slow'
  | 'writing-off'
  | 'apps-off'
  | 'monitor-off'
  | 'guard-off'
  | 'mouse-off'
  | 'keyboard-off'
  | 'short-events'
  | 'short-readings'
  | 'short-figures'
  | 'no-figures';

export interface Step {
  readonly id: StepId;
  readonly ladder: Ladder;
  /** Within its ladder, from 1. */
  readonly number: number;
  readonly name: string;
  readonly sheds: string;
  readonly costs: string;
  readonly relieves: readonly Resource[];
  /** Whoever attacks the program must not be able to make it look away. */
  readonly weakens: boolean;
}

type Words = Omit<Step, 'ladder' | 'number' | 'weakens'> & { readonly weakens?: true };

const LOAD: readonly Words[] = [
  {
    ...{ id: 'hop-2s', name: 'Judges every 2 s', relieves: ['processor'] },
    sheds: 'Typing and mouse are judged every 2 s instead of every second.',
    costs: 'Somebody else is noticed up to a second later; nothing that is typed is left out.',
  },
  {
    ...{ id: 'hop-5s', name: 'Judges every 5 s', relieves: ['processor'] },
    sheds: 'Typing and mouse are judged every 5 s.',
    costs: 'Somebody else is noticed up to four seconds later; nothing that is typed is left out.',
  },
  {
    ...{ id: 'idle-models', name: 'Idle models leave memory', relieves: ['memory'] },
    sheds: 'A model that nobody has asked for 10 s is unloaded, instead of after 2 min.',
    costs: 'The first score after a pause takes some milliseconds longer.',
  },
  {
    ...{ id: 'monitor-5s', name: 'Reads the host every 5 s', relieves: ['processor'] },
    sheds: 'The host monitor reads every 5 s at most.',
    costs: 'Charts of the machine are coarser, and a peak of a second may be missed.',
  },
  {
    ...{ id: 'guard-slow', name: 'Log guard and learning wait', relieves: ['processor'] },
    sheds: 'The log guard reads what is new every 15 s, and models are not trained.',
    costs: 'Attacks in the log are told up to 15 s later; what was learned is used later.',
  },
  {
    ...{ id: 'writing-off', name: 'Writing is not watched', relieves: ['processor', 'memory'] },
    sheds: 'What is written is neither looked at nor learned from.',
    costs: 'Nothing in the trust score, which writing does not move.',
  },
  {
    ...{ id: 'apps-off', name: 'Applications are not watched', relieves: ['processor'] },
    sheds: 'Switches between applications are neither seen nor learned from.',
    costs: 'The trust score loses the little that applications add.',
  },
  {
    ...{ id: 'monitor-off', name: 'The host monitor is off', relieves: ['processor', 'memory'] },
    sheds: 'The machine is not read at all.',
    costs: 'No metrics, no anomalies and no trends of the machine.',
  },
  {
    ...{ id: 'guard-off', name: 'The log guard is off', relieves: ['processor', 'memory'], weakens: true },
    sheds: 'The log of the machine is not read.',
    costs: 'Attacks in the log are not noticed until it is on again; then it reads what it has missed.',
  },
  {
    ...{ id: 'mouse-off', name: 'The mouse is not watched', relieves: ['processor'], weakens: true },
    sheds: 'The mouse is neither seen nor learned from.',
    costs: 'Somebody else who uses the mouse alone is not noticed.',
  },
  {
    ...{ id: 'keyboard-off', name: 'The keyboard is not watched', relieves: ['processor'], weakens: true },
    sheds: 'Typing is neither seen nor learned from.',
    costs: 'Nobody is noticed: there is no protection until it is on again.',
  },
];

const STORAGE: readonly Words[] = [
  {
    ...{ id: 'short-events', name: 'Raw events go after 10 minutes', relieves: ['storage'] },
    sheds: 'Single events of the host monitor are kept for 10 min instead of an hour.',
    costs: 'Details of single disks and interfaces are there for a shorter time.',
  },
  {
    ...{ id: 'short-readings', name: 'Readings are condensed sooner', relieves: ['storage'] },
    sheds:
      'Readings of single seconds are kept for 6 h instead of a day, and means of a minute for a day instead of a week.',
    costs: 'Charts of the machine that go further back are coarser.',
  },
  {
    ...{ id: 'short-figures', name: 'Figures of the machine go after a week', relieves: ['storage'] },
    sheds: 'Means of 5 minutes of the machine are kept for a week instead of the whole history.',
    costs: 'Older charts of the machine are gone. Trust, decisions and what was learned stay.',
  },
  {
    ...{ id: 'no-figures', name: 'Figures are not written down', relieves: ['storage'] },
    sheds: 'Figures of the machine and of the program are not kept any more.',
    costs: 'Their charts have a gap. Trust, decisions and what was learned go on being written.',
  },
];

const numbered = (ladder: Ladder, steps: readonly Words[]): readonly Step[] =>
  steps.map((step, i) => ({ weakens: false, ...step, ladder, number: i + 1 }));

/** By ladder and rising severity. */
export const STEPS: readonly Step[] = [...numbered('load', LOAD), ...numbered('storage', STORAGE)];
