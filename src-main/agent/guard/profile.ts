// The user's settings in, every number that the guard works with out: three profiles, and what the user has chosen over them.
import type { UserSettings } from '../../../src-preload/contract.ts';

export interface GuardConfig {
  /** Between two looks at what is new. */
  readonly pollMs: number;
  /** Lines taken at once. */
  readonly batchLines: number;
  readonly windowMs: number;
  /** Score from which something is an alert at all. */
  readonly threshold: number;
  /** Vectors kept to learn from; each tree of the forest is grown from 256 of them. */
  readonly trainingSamples: number;
  readonly retrainMs: number;
  /** Alerts that may wait to be written or shown. */
  readonly queueSize: number;
  /** Vectors scored in one call. */
  readonly scoreBatch: number;
  /** How long a score of the forest is remembered for the same vector. */
  readonly cacheTtlMs: number;
  /** The same thing is not told again within this time, unless it has become worse. */
  readonly cooldownMs: number;
  /** Alerts up to MEDIUM are kept for this long, those above for the other. */
  readonly keepDays: number;
  readonly keepHighDays: number;
  readonly afterwards: 'delete' | 'archive';
  readonly stream: boolean;
  /** Addresses and user names told apart at a time. */
  readonly addresses: number;
  readonly users: number;
}

type GuardSettings = UserSettings['guard'];
export type Profile = GuardSettings['profile'];
type Advanced = Required<GuardSettings['advanced']>;
type ProfileNumbers = { readonly [K in Exclude<keyof Advanced, 'afterwards' | 'stream'>]: number };

const SHARED = { windowS: 300, keepDays: 7, keepHighDays: 30 } as const;

/** low-resource: a small board or an old laptop. balanced: a desktop. high-volume: a server that the whole internet knocks at. */
export const PROFILES = {
  'low-resource': {
    ...{ pollMs: 5000, batchLines: 500, trainingSamples: 512, retrainHours: 72, queueSize: 200, scoreBatch: 64 },
    ...{ cacheTtlS: 300, cooldownS: 1800, addresses: 512, users: 512 },
    ...SHARED,
  },
  balanced: {
    ...{ pollMs: 1000, batchLines: 1000, trainingSamples: 2048, retrainHours: 24, queueSize: 1000, scoreBatch: 256 },
    ...{ cacheTtlS: 60, cooldownS: 600, addresses: 4096, users: 4096 },
    ...SHARED,
  },
  'high-volume': {
    ...{ pollMs: 250, batchLines: 5000, trainingSamples: 8192, retrainHours: 12, queueSize: 5000, scoreBatch: 1024 },
    ...{ cacheTtlS: 15, cooldownS: 300, addresses: 32_768, users: 16_384 },
    ...SHARED,
  },
} as const satisfies Record<Profile, ProfileNumbers>;

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

export function guardConfig({ profile, threshold, advanced }: GuardSettings): GuardConfig {
  const base: ProfileNumbers = PROFILES[profile];
  const of = (key: keyof ProfileNumbers): number => advanced[key] ?? base[key];
  return {
    threshold,
    pollMs: of('pollMs'),
    batchLines: of('batchLines'),
    windowMs: of('windowS') * SECOND_MS,
    trainingSamples: of('trainingSamples'),
    retrainMs: of('retrainHours') * HOUR_MS,
    queueSize: of('queueSize'),
    scoreBatch: of('scoreBatch'),
    cacheTtlMs: of('cacheTtlS') * SECOND_MS,
    cooldownMs: of('cooldownS') * SECOND_MS,
    keepDays: of('keepDays'),
    keepHighDays: of('keepHighDays'),
    afterwards: advanced.afterwards ?? 'delete',
    stream: advanced.stream ?? false,
    addresses: of('addresses'),
    users: of('users'),
  };
}

export interface ConfigKey {
  /** As in the settings file, below `guard`. */
  readonly key: string;
  readonly unit: string;
  readonly range: string;
  readonly meaning: string;
}

const advanced = (key: keyof Advanced, unit: string, range: string, meaning: string): ConfigKey => ({
  ...{ key: `advanced.${key}`, unit, range, meaning },
});

/** Every key with its unit, for `seclyzer logs config`; the defaults are those of the profiles. */
export const CONFIG_KEYS: readonly ConfigKey[] = [
  { key: 'enabled', unit: '', range: 'true, false', meaning: 'reads the log and looks for attacks' },
  { key: 'profile', unit: '', range: Object.keys(PROFILES).join(', '), meaning: 'how much it may cost' },
  { key: 'threshold', unit: '', range: '0.4 – 0.95', meaning: 'score from which something is an alert' },
  advanced('pollMs', 'ms', '100 – 60,000', 'between two looks at what is new'),
  advanced('batchLines', 'lines', '50 – 20,000', 'taken at once'),
  advanced('windowS', 's', '60 – 3,600', 'window of the features and rules'),
  advanced('trainingSamples', 'vectors', '256 – 20,000', 'kept to learn from'),
  advanced('retrainHours', 'h', '1 – 720', 'between two trainings of the forest'),
  advanced('queueSize', 'alerts', '10 – 100,000', 'that may wait to be written; what does not fit is counted'),
  advanced('scoreBatch', 'vectors', '1 – 4,096', 'scored in one call'),
  advanced('cacheTtlS', 's', '0 – 3,600', 'that the score of a vector is remembered'),
  advanced('cooldownS', 's', '0 – 86,400', 'in which the same alert is counted, not told again'),
  advanced('keepDays', 'days', '1 – 365', 'that alerts up to MEDIUM are kept'),
  advanced('keepHighDays', 'days', '1 – 365', 'that alerts from HIGH on are kept'),
  advanced('afterwards', '', 'delete, archive', 'archive keeps them compressed, without their lines'),
  advanced('stream', '', 'true, false', 'also writes alerts in plain to guard/alerts.jsonl, for a SIEM'),
  advanced('addresses', '', '64 – 100,000', 'addresses told apart at a time'),
  advanced('users', '', '64 – 100,000', 'user names told apart at a time'),
];
