// What the watch for injected input says: one finding, in numbers that a person can check. No key, place or order of either.

const INJECTED_KINDS = [
  'constant-interval typing',
  'constant-hold typing',
  'burst faster than a hand',
  'replayed recording',
  'teleporting mouse',
  'machine-straight mouse',
  'constant-speed mouse',
  'periodic mouse',
  'virtual device',
] as const;
export type InjectedKind = (typeof INJECTED_KINDS)[number];

export interface InjectedFinding {
  readonly kind: InjectedKind;
  /** Plain words with numbers and units: "24 keystrokes in 2.1 s, each held no longer than 4 ms". */
  readonly evidence: string;
  /**
   * 0.5 where the measured value lies at the limit, toward 1 the further it lies beyond. A distance from what people do, no
   * probability: how often people are taken for machines is measured by evaluate/measure-injected.ts.
   */
  readonly confidence: number;
  /** First and last event of the episode, microseconds on the clock of the events. */
  readonly firstUs: number;
  readonly lastUs: number;
  /** Keystrokes, movements or clicks that the episode rests on. */
  readonly events: number;
}

/** The same before anybody asks for the words: while a replay goes on, there is one with every event. */
export interface Found extends Omit<InjectedFinding, 'evidence'> {
  readonly evidence: string | (() => string);
}

/** Said to the user, and nothing is done about it: there is a usual and honest cause. */
export const DOUBTFUL = 0.5;

/** @param value what was measured, 0 or above. @param limit people stay above it. */
export const confidenceBelow = (value: number, limit: number): number => 1 - 0.5 * Math.min(1, value / limit);

export const inSeconds = (us: number): string => `${(us / 1e6).toFixed(1)} s`;

export const inMs = (ms: number): string => `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
