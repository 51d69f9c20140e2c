// Findings in, one score and its risk out, and how many points of it are whose.
import { RISKS, type Risk } from '../../../../src-preload/contract.ts';
import type { Finding } from './rule.ts';

const FROM: readonly (readonly [number, Risk])[] = [
  [0.9, 'CRITICAL'],
  [0.8, 'HIGH'],
  [0.6, 'MEDIUM'],
];

/** @param score 0 to 1; below .4 nothing is an alert unless somebody has set the threshold there. */
export const riskOf = (score: number): Risk => FROM.find(([from]) => score >= from)?.[1] ?? 'LOW';

export const riskRank = (risk: Risk): number => RISKS.indexOf(risk);

/** Certain is nothing that a log tells. */
const MOST = 0.99;

/** 1 − Π (1 − strength): findings that are independent of each other add up as chances do. */
export function combine(strengths: readonly number[]): number {
  let none = 1;
  for (const strength of strengths) none *= 1 - strength;
  // In steps of a ten-thousandth, so that .45 is .45 and a bound is met by what was meant to meet it.
  return Math.min(MOST, Math.round((1 - none) * 1e4) / 1e4);
}

type Weighed = Pick<Finding, 'strength' | 'evidence'>;

/** The stronger one of findings that rest on the same. */
const isStrongest = (findings: readonly Weighed[]) => (one: Weighed, i: number) =>
  findings.every(
    (other, k) =>
      k === i ||
      other.evidence !== one.evidence ||
      (k < i ? other.strength < one.strength : other.strength <= one.strength),
  );

/** Asked for each event, of which nearly all make no finding. */
export const scoreOf = (findings: readonly Weighed[]): number =>
  findings.length === 0 ? 0 : combine(findings.filter(isStrongest(findings)).map(({ strength }) => strength));

/** What each finding adds to the score, in the proportion of ln(1 − strength); their sum is the score. */
export function pointsOf(findings: readonly Weighed[]): readonly number[] {
  const counts = isStrongest(findings);
  const score = scoreOf(findings);
  const weights = findings.map((one, i) => (counts(one, i) ? -Math.log(1 - Math.min(MOST, one.strength)) : 0));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => (sum === 0 ? 0 : (score * weight) / sum));
}
