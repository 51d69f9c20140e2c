// Nothing in; for how long what tells of the machine is kept, at most, out. What decisions need is none of it: trust, evidence, decisions,
// the audit log, models and what they learn from are kept as the settings say.

export interface Keeping {
  /** Raw events. */
  readonly eventMinutes: number;
  /** Single rows of streams that are not kept row by row as long as the history. */
  readonly rowHours: number;
  /** Of these streams, means of a minute, and of five. */
  readonly minuteDays: number;
  readonly figureDays: number;
}

/** As much as there is place for in plenty; a shorter history keeps less. */
export const FULL_KEEPING: Keeping = { eventMinutes: 60, rowHours: 24, minuteDays: 7, figureDays: Infinity };
