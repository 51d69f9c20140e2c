// What is learned of the owner's switches between applications: counts, probabilities and names. It lives in memory and is made
// again from the stored switches.

/** Normal distribution of the logarithm of a time in milliseconds. */
export interface LogNormal {
  readonly mean: number;
  readonly variance: number;
}

export interface MarkovApp {
  readonly name: string;
  readonly arrivals: number;
  readonly departures: number;
  /** Position of the next application in `apps`, and how often it came next. */
  readonly next: readonly (readonly [number, number])[];
  readonly dwell: LogNormal;
}

export interface MarkovModel {
  readonly transitions: number;
  readonly apps: readonly MarkovApp[];
  /** Probability of each of the 24 hours of the day; they add up to 1. */
  readonly hours: readonly number[];
  readonly dwell: LogNormal;
}
