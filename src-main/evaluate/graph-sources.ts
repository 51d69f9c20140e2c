// Whose recordings the prior of keys and pairs of keys is made from, and the making of it from any part of these people: what ships
// is made from all, an evaluation that must not know the people under test leaves them out.
import { calibrateGraphs, UNCALIBRATED, type CalibrationFold } from './graph-calibration.ts';
import { graphPriorFileFrom } from './graph-population.ts';
import type { Enrolment } from './detector.ts';
import type { Person } from './protocol.ts';

/** By the name of the protocol. */
export const GRAPH_SOURCES = {
  bbmas: {
    name: 'SU-AIS BB-MAS, desktop keystrokes, fixed sentences',
    citation: 'A. Belman et al., SU-AIS BB-MAS Dataset, IEEE DataPort 2019',
    licence: 'IEEE DataPort open access; terms of the mirror not stated; only aggregate statistics are contained here',
  },
  cmu: {
    name: 'CMU keystroke dynamics benchmark, a quarter of the repetitions of one password',
    citation: 'K. Killourhy, R. Maxion, Comparing Anomaly-Detection Algorithms for Keystroke Dynamics, DSN 2009',
    licence: 'free with citation, no licence text seen; only aggregate statistics are contained here',
  },
} as const;

/** Sentences: a password typed over and over says nothing about the scores of other text. */
const CALIBRATED_ON = 'bbmas';

/**
 * @param people by the name of their protocol; the sentences' people are needed, the others may be missing.
 * @returns the text of models/prior-graphs.json. Deterministic.
 */
export async function graphPriorText(people: ReadonlyMap<string, readonly Person[]>): Promise<string> {
  const writers = people.get(CALIBRATED_ON) ?? [];
  if (writers.length < 4)
    throw new Error(`the prior of graphs needs people of ${CALIBRATED_ON}, not ${writers.length}`);
  const others = [...people].flatMap(([source, some]) => (source === CALIBRATED_ON ? [] : some));
  const halves = [0, 1].map((half) => writers.filter((_, i) => i % 2 === half));
  const folds = halves.map((tested, half): CalibrationFold => {
    const known = [...(halves[1 - half] ?? []), ...others];
    return { tested, prior: graphPriorFileFrom(known.map(recordingsOf), UNCALIBRATED, []) };
  });
  const calibration = await calibrateGraphs(folds, CALIBRATED_ON);
  const sources = Object.entries(GRAPH_SOURCES).flatMap(([source, described]) => {
    const count = people.get(source)?.length ?? 0;
    return count === 0 ? [] : [{ ...described, name: `${described.name}, ${count} people` }];
  });
  return JSON.stringify(graphPriorFileFrom([...writers, ...others].map(recordingsOf), calibration, sources));
}

const recordingsOf = ({ enrol, genuine }: Person): Enrolment => [...enrol, ...genuine];
