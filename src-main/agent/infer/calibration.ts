// A model's raw score in, a log-likelihood ratio out.
import type { ModalitySettings } from '../settings.ts';

/**
 * LLR = slope * z + intercept with z = (raw - center) / scale. `center` is the mean score of invented people and `center + scale`
 * that of the owner's held-out windows, so that z is about 1 for the owner and about 0 for somebody else, whoever the owner is.
 */
export interface Calibration {
  readonly kind: 'logistic';
  readonly slope: number;
  readonly intercept: number;
  readonly center: number;
  readonly scale: number;
}

/**
 * @param events in the window: below `fullEvents` the ratio shrinks in proportion, for fewer events prove less.
 * @returns natural-log likelihood ratio, owner against population, within the modality's cap.
 */
export function calibrated(
  calibration: Calibration,
  raw: number,
  events: number,
  settings: Pick<ModalitySettings, 'cap' | 'fullEvents'>,
): number {
  const z = (raw - calibration.center) / calibration.scale;
  const [low, high] = settings.cap;
  const llr = Math.min(high, Math.max(low, calibration.slope * z + calibration.intercept));
  return llr * Math.min(1, events / settings.fullEvents);
}

/** Log-odds of a forest's share of votes, kept finite: 50 trees can't tell .99 from certainty. */
export function logOdds(p: number): number {
  const inside = Math.min(0.99, Math.max(0.01, p));
  return Math.log(inside / (1 - inside));
}
