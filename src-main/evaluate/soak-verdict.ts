// What is said of one thing that a soak has measured.

export interface Verdict {
  readonly name: string;
  readonly measured: string;
  /** Empty where nothing is. */
  readonly promised: string;
  /** null: this run can't tell, or nothing is promised. */
  readonly ok: boolean | null;
}

/** The first minutes do not count: the agent learns, and fills what it keeps. */
export const WARM_UP_S = 600;

/** Bytes of the database after each hour of life. */
export type StorageForecast = readonly number[];
