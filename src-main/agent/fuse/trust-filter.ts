// Evidence of all modalities in, the probability that the owner is at the keyboard out: Bayes' rule in log-odds for the owner and
// somebody else, or everybody of a crowd, with a bound on how certain either may become.
// Pure: the state is a value, time is passed in.
import type { Modality } from '../../../src-preload/contract.ts';
import type { FusionSettings } from '../settings.ts';

export interface TrustState {
  /** ln P(owner) / P(somebody else). */
  readonly logit: number;
  /** Standard deviation of `logit`: what the band shows. */
  readonly sd: number;
  /**
   * If it is somebody else: which of the crowd he is most like. Sums to 1; absent while nothing is known of that. Evidence against
   * the owner then adds up for one other person, and not for whoever happens to fit each moment best.
   */
  readonly others?: Float64Array;
}

/** One modality's say at one tick, of events that no earlier tick has used. */
export type Evidence = {
  readonly modality: Modality;
  /** How much of a full window of evidence this is, 0-1: narrows the band. */
  readonly share: number;
} & (
  | {
      /** Weighted log-likelihood ratio, owner against population, natural log. */
      readonly llr: number;
    }
  | {
      /** Weighted log-likelihood ratios, each person of the crowd against the owner, natural log. */
      readonly against: Float64Array;
    }
);

export interface Fused {
  readonly state: TrustState;
  /** Points of trust (0-100) that each modality moved. */
  readonly points: ReadonlyMap<Modality, number>;
}

/** Bounds of the band's width in log-odds: from "a minute of rich evidence" to "nothing known". */
const SD_MIN = 0.4;
const SD_MAX = 1.5;
/** Variance that an hour without evidence adds, and precision that one full window adds. */
const IDLE_VARIANCE_PER_S = 1.5 / 3600;
const PRECISION_PER_WINDOW = 1.2;

/** Evidence speaks for the seconds just before it; what lies further back was silence (a pause, or a machine that slept). */
const ACTIVE_S = 5;

/** Its exponential is still a number. */
const LARGEST = 700;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));

export const probability = (state: TrustState): number => logistic(state.logit);

/** Trust in points with the band of one and a half standard deviations. */
export function trustOf(state: TrustState): { readonly trust: number; readonly low: number; readonly high: number } {
  const at = (x: number): number => 100 * logistic(x);
  return { trust: at(state.logit), low: at(state.logit - 1.5 * state.sd), high: at(state.logit + 1.5 * state.sd) };
}

export function unknownTrust(settings: FusionSettings): TrustState {
  return { logit: logit(settings.unknown), sd: SD_MAX };
}

/**
 * One step of the filter.
 * @param dtS seconds since the last step.
 * @param evidence of this step; empty when nothing was typed, moved or switched.
 */
export function fuse(before: TrustState, dtS: number, evidence: readonly Evidence[], settings: FusionSettings): Fused {
  if (evidence.length === 0) return { state: idle(before, dtS, settings), points: new Map() };
  const activeS = Math.min(dtS, ACTIVE_S);
  const rested = idle(before, dtS - activeS, settings);
  let now = rested;
  const points = new Map<Modality, number>();
  for (const said of evidence) {
    const moved = 'llr' in said ? { ...now, logit: now.logit + said.llr } : against(now, said.against);
    const next = uncertain(moved, settings);
    points.set(said.modality, (points.get(said.modality) ?? 0) + 100 * (probability(next) - probability(now)));
    now = next;
  }
  const share = evidence.reduce((sum, e) => sum + e.share, 0);
  const sd = 1 / Math.sqrt(1 / rested.sd ** 2 + PRECISION_PER_WINDOW * share);
  return { state: { ...now, sd: bounded(sd) }, points };
}

/** Bayes' rule with the crowd for the other side: his odds grow by what the likely ones of it explain better. */
function against(before: TrustState, ratios: Float64Array): TrustState {
  const others =
    before.others?.length === ratios.length ? before.others : new Float64Array(ratios.length).fill(1 / ratios.length);
  let highest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < ratios.length; j += 1) highest = Math.max(highest, ratios[j] as number);
  const weighed = new Float64Array(ratios.length);
  for (let j = 0; j < ratios.length; j += 1)
    weighed[j] = (others[j] as number) * Math.exp((ratios[j] as number) - highest);
  const sum = sumToOne(weighed);
  return { ...before, logit: before.logit - highest - Math.log(sum), others: weighed };
}

/** Divides by their sum, which is returned. In plain loops, as all that is done for each of the crowd each second. */
function sumToOne(values: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < values.length; j += 1) sum += values[j] as number;
  for (let j = 0; j < values.length; j += 1) values[j] = (values[j] as number) / sum;
  return sum;
}

/**
 * Nobody is ever quite certain, in either direction: the rule of E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954, for
 * each of the crowd by himself. What spoke for the owner an hour ago says nothing about who sits there now, and evidence that says
 * nothing moves nothing. The upper bound is each one's too: of a thousand invented people one may fit the owner's slip by chance,
 * so that an alarm takes several who explain what comes better than he does.
 */
function uncertain(now: TrustState, { leastDoubt, leastTrust }: FusionSettings): TrustState {
  const [lowest, highest] = [logit(leastTrust), logit(1 - leastDoubt)];
  if (now.others === undefined) return { ...now, logit: Math.min(highest, Math.max(lowest, now.logit)) };
  const [least, most] = [Math.exp(-highest) / now.others.length, Math.exp(-lowest) / now.others.length];
  const all = Math.exp(Math.min(LARGEST, -now.logit));
  const odds = new Float64Array(now.others.length);
  for (let j = 0; j < odds.length; j += 1) odds[j] = Math.min(most, Math.max(least, all * (now.others[j] as number)));
  return { ...now, logit: -Math.log(sumToOne(odds)), others: odds };
}

/**
 * Without input nobody proves anything: high trust drifts down to "unknown", never below it, so that silence raises no alarm;
 * low trust stays, so that an intruder can't wait for it to come back.
 */
function idle(before: TrustState, dtS: number, settings: FusionSettings): TrustState {
  const sd = bounded(Math.sqrt(before.sd ** 2 + IDLE_VARIANCE_PER_S * dtS));
  const unknown = logit(settings.unknown);
  if (before.logit <= unknown) return { ...before, sd };
  return { ...before, logit: unknown + (before.logit - unknown) * Math.exp(-dtS / settings.idleTauS), sd };
}

const bounded = (sd: number): number => Math.min(SD_MAX, Math.max(SD_MIN, sd));
