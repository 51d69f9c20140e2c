// Rates of error in plain words. In: measured shares with their intervals. Out: so many of a hundred, and how sure that is.
import type { Accuracy, Measured } from '../src-preload/contract.ts';

interface Counted {
  readonly of: 100 | 1000;
  /** `2`, or `none`. */
  readonly text: string;
  /** `1 to 4`: rounded outwards, so that it never claims more than was measured. */
  readonly range: string;
}

/** Rounding must not push a share that was computed as 0.04000000001 to the next whole one. */
const SLACK = 1e-9;

/** Of a hundred; of a thousand where one in a hundred would be too coarse. */
function counted({ value, low, high }: Measured): Counted {
  const of = (value === 0 ? high : value) < 0.01 ? 1000 : 100;
  const count = Math.round(value * of);
  const [from, to] = [Math.floor(low * of + SLACK), Math.ceil(high * of - SLACK)];
  return {
    of,
    text: count === 0 ? 'none' : String(count),
    range: from === 0 && count === 0 ? `at most ${to}` : from === to ? String(to) : `${from} to ${to}`,
  };
}

const ofText = (of: number): string => (of === 1000 ? '1,000' : '100');

/** `Of 100 stretches of 50 keystrokes of yours, 2 would be doubted (1 to 4).` */
export function doubtedSentence({ window, frr }: Accuracy): string {
  const { of, text, range } = counted(frr);
  return `Of ${ofText(of)} stretches of ${window} of yours, ${text} would be doubted (${range}).`;
}

export function passedSentence({ far }: Accuracy): string {
  const { of, text, range } = counted(far);
  return `Of ${ofText(of)} such stretches of somebody else’s, ${text} would pass for yours (${range}).`;
}

export function equalSentence({ eer }: Accuracy): string {
  const { of, text, range } = counted(eer);
  return `At the threshold where both are alike: ${text} of ${ofText(of)} either way (${range}).`;
}

export const basisSentence = ({ genuineTrials, impostorTrials }: Accuracy): string =>
  `Measured on ${stretches(genuineTrials)} of yours that it had not learned from, and ${stretches(impostorTrials)} of invented people.`;

const stretches = (trials: number): string => (trials === 1 ? '1 stretch' : `${trials.toLocaleString('en')} stretches`);

/** `0.1 %`, `5 %`: no figures that say nothing. */
export const percentOf = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** `2 % (1 to 4 %)` */
export function errorText({ value, low, high }: Measured): string {
  const whole = Math.round(100 * value);
  const text = whole === 0 && value > 0 ? 'under 1 %' : `${whole} %`;
  return `${text} (${Math.floor(100 * low + SLACK)} to ${Math.ceil(100 * high - SLACK)} %)`;
}
