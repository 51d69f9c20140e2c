// Every number that the agent works with and where it comes from. Those that a user may change come out of the user's settings.
import {
  DEFAULT_USER_SETTINGS,
  type AgentOptions,
  type Modality,
  type UserSettings,
} from '../../src-preload/contract.ts';
import type { EnrolmentBounds } from './learn/enrolment-rule.ts';

import { STRETCH_WORDS } from './features/linguistic-features.ts';

export interface Settings {
  /** Length of a feature window and the step between two of them. */
  readonly windowUs: number;
  readonly hopUs: number;
  readonly modalities: Readonly<Record<Modality, ModalitySettings>>;
  readonly fusion: FusionSettings;
  readonly decision: DecisionSettings;
  readonly budget: BudgetLimits;
}

/** What the program may use up; shown beside what it does use. */
export interface BudgetLimits {
  readonly memoryMiB: number;
  /** Of one core. */
  readonly cpuPercent: number;
  readonly storageMiB: number;
}

export interface ModalitySettings {
  /** Events that enrolment needs before a model is trained. */
  readonly enrol: number;
  /** Where it is there, enrolment lasts until the held-out error is low enough, and until so many events at the latest. */
  readonly enrolAtMost?: number;
  /** Events that a window needs before it is scored or learned from. */
  readonly minEvents: number;
  /** Events at which a window carries its full weight. */
  readonly fullEvents: number;
  /**
   * Reliability relative to typing: what of a window's evidence is new, given those before it. Chosen on the development recordings
   * for the error rates of the filter. 0: it is shown and explained, and moves nothing.
   */
  readonly weight: number;
  /** Bounds of one window's log-likelihood ratio: no single window may decide. */
  readonly cap: readonly [number, number];
}

export interface FusionSettings {
  /**
   * P(owner) when nothing is known: the session was opened with the owner's password. Far enough inside NORMAL that neither
   * missing data nor a few doubtful windows raise an alarm.
   */
  readonly unknown: number;
  /**
   * However well the owner fits, P(somebody else) never falls below this, nor P(owner) below the other: whoever comes next is noticed
   * after as much evidence as ever. This decides between noticing fast and disturbing the owner; chosen on the development recordings.
   */
  readonly leastDoubt: number;
  readonly leastTrust: number;
  /** Time constant of the drift toward `unknown` without input, seconds. */
  readonly idleTauS: number;
}

export interface DecisionSettings {
  readonly normal: number;
  readonly monitoring: number;
  readonly restricted: number;
  /** Points above a threshold that the way back needs. */
  readonly hysteresis: number;
  /** Consecutive ticks that a change of state needs. */
  readonly ticks: number;
}

/** Points above a threshold that the way back needs, and the ticks in a row that any way needs: no state flickers. */
const STEADINESS = { hysteresis: 5, ticks: 3 } as const;

export const decisionOf = (user: UserSettings): DecisionSettings => ({ ...user.thresholds, ...STEADINESS });

export const budgetOf = (user: UserSettings): BudgetLimits => user.budget;

export const DEFAULT_SETTINGS: Settings = {
  windowUs: 30_000_000,
  hopUs: 2_000_000,
  modalities: {
    keystroke: { enrol: 500, enrolAtMost: 2500, minEvents: 20, fullEvents: 50, weight: 1, cap: [-8, 3] },
    mouse: { enrol: 300, minEvents: 3, fullEvents: 12, weight: 0.6, cap: [-4, 2] },
    app: { enrol: 150, minEvents: 1, fullEvents: 1, weight: 0.15, cap: [-1, 1] },
    // Silent: on the development recordings it adds nothing to typing, and none of them holds free text (models/linguistic.md).
    linguistic: { enrol: 1200, minEvents: STRETCH_WORDS, fullEvents: STRETCH_WORDS, weight: 0, cap: [-1, 1] },
  },
  fusion: { unknown: 0.9, leastDoubt: 0.04, leastTrust: 0.005, idleTauS: 1800 },
  decision: decisionOf(DEFAULT_USER_SETTINGS),
  budget: budgetOf(DEFAULT_USER_SETTINGS),
};

/** Names of what is counted, per modality, for texts like "84 of 100 keystrokes". */
export const EVENT_UNITS = {
  keystroke: 'keystrokes',
  mouse: 'mouse movements',
  app: 'application switches',
  linguistic: 'words',
} as const satisfies Record<Modality, string>;

/** From which event on enrolment may be complete, and with which it is at the latest. */
export const boundsOf = ({ enrol, enrolAtMost = enrol }: ModalitySettings): EnrolmentBounds => ({
  least: enrol,
  most: enrolAtMost,
});

/** The default settings with what the user has chosen, and with the shortened enrolment that a host may ask for. */
export function settingsFor(
  options: Pick<AgentOptions, 'enrol'>,
  user: UserSettings = DEFAULT_USER_SETTINGS,
): Settings {
  const { modalities } = DEFAULT_SETTINGS;
  const withEnrol = (modality: Modality): ModalitySettings => {
    const enrol = options.enrol[modality];
    if (enrol === undefined) return modalities[modality];
    const { enrolAtMost: _measured, ...own } = modalities[modality];
    return { ...own, enrol };
  };
  return {
    ...DEFAULT_SETTINGS,
    modalities: {
      keystroke: withEnrol('keystroke'),
      mouse: withEnrol('mouse'),
      app: withEnrol('app'),
      linguistic: withEnrol('linguistic'),
    },
    decision: decisionOf(user),
    budget: budgetOf(user),
  };
}
