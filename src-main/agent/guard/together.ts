// Two changes that were to be written one after the other in, the one that says the same out.
import type { Change } from './guard-records.ts';

/** What was not written yet with what came since; of the alerts the newest, as many as may wait. */
export function together(before: Change, now: Change, most: number): Change {
  // What was only counted before and is written whole now must not be put back to its older number.
  const counted = [...before.counted.filter(({ id }) => now.alerts.every((one) => one.id !== id)), ...now.counted];
  const lasting = [...before.lasting.filter(({ id }) => now.incidents.every((one) => one.id !== id)), ...now.lasting];
  return {
    ...{ marks: now.marks, counts: now.counts },
    habits: latest([...before.habits, ...now.habits], (one) => one.user),
    vectors: latest([...before.vectors, ...now.vectors], ([slot]) => slot),
    alerts: latest([...before.alerts, ...now.alerts], (one) => one.id).slice(-most),
    incidents: latest([...before.incidents, ...now.incidents], (one) => one.id).slice(-most),
    counted: latest(counted, (one) => one.id).slice(-most),
    lasting: latest(lasting, (one) => one.id).slice(-most),
  };
}

const latest = <T>(all: readonly T[], keyOf: (one: T) => number | string): T[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
];
