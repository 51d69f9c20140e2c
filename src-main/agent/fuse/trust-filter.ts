// Evidence of all modalities in, the probability that the owner is at the keyboard out: a two-state hidden Markov filter
// (owner / somebody else) in log-odds, the forward recursion of Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 1989.
// Pure: the state is a value, time is passed in.
import type { Modality } from '../../../src-preload/contract.ts';
import type { FusionSettings } from '../settings.ts';

export interface TrustState {
  /** ln P(owner) / P(somebody else). */
  readonly logit: number;
  /** Standard deviation of `logit`: what the band shows. */
  readonly sd: number;
}

/** One modality's say at one tick: `llr` of the window times the share of it that no earlier tick has used. */
export interface Evidence {
  readonly modality: Modality;
  /** Weighted log-likelihood ratio, owner against population, natural log. */
  readonly llr: number;
  /** How much of a full window of evidence this is, 0-1: narrows the band. */
  readonly share: number;
}

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
  let now = switched(rested.logit, activeS, settings);
  const points = new Map<Modality, number>();
  for (const { modality, llr } of evidence) {
    const next = now + llr;
    points.set(modality, (points.get(modality) ?? 0) + 100 * (logistic(next) - logistic(now)));
    now = next;
  }
  const share = evidence.reduce((sum, e) => sum + e.share, 0);
  const sd = 1 / Math.sqrt(1 / rested.sd ** 2 + PRECISION_PER_WINDOW * share);
  return { state: { logit: now, sd: bounded(sd) }, points };
}

/** The prediction step while there is input: either may have replaced the other since the last tick. */
function switched(x: number, dtS: number, { takeoverPerS, returnPerS }: FusionSettings): number {
  const p = logistic(x);
  return logit(p * (1 - takeoverPerS * dtS) + (1 - p) * returnPerS * dtS);
}

/**
 * Without input nobody proves anything: high trust drifts down to "unknown", never below it, so that silence raises no alarm;
 * low trust stays, so that an intruder can't wait for it to come back.
 */
function idle(before: TrustState, dtS: number, settings: FusionSettings): TrustState {
  const sd = bounded(Math.sqrt(before.sd ** 2 + IDLE_VARIANCE_PER_S * dtS));
  const unknown = logit(settings.unknown);
  if (before.logit <= unknown) return { logit: before.logit, sd };
  return { logit: unknown + (before.logit - unknown) * Math.exp(-dtS / settings.idleTauS), sd };
}

const bounded = (sd: number): number => Math.min(SD_MAX, Math.max(SD_MIN, sd));
