// The owner's switches between applications enter, a Markov chain with hour of day and dwell time leaves, as plain
// JSON; then, for one switch, how much likelier it is from the owner than from somebody else at the same machine.
// Somebody else picks any of the known applications or an unknown one, at any hour, and stays for a time that differs
// from the owner's by a factor of two or so.
import type { LogNormal, MarkovModel } from './markov-model.ts';

export type { MarkovModel };

/** `from` had the focus for `dwellMs` and lost it to `to` at `hour` o'clock (0-23). */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly dwellMs: number;
  readonly hour: number;
}

/** Weight of the prior of one application's row of the chain, in switches. */
const ROW_PRIOR = 4;
/** Weight of the prior of each hour, in switches: those of one hour at the machine come in dozens and say one thing. */
const HOUR_PRIOR = 20;
/** A Gaussian of one hour's standard deviation, as binomial weights of the hours from two before to two after. */
const HOUR_KERNEL = [1, 4, 6, 4, 1].map((weight) => weight / 16);
/** Weight of the prior of a dwell time, in switches, and its variance: a factor of e either way. */
const DWELL_PRIOR = 5;
const DWELL_PRIOR_VARIANCE = 1;
/** Between people, typical dwell times differ by a factor of two. */
const BETWEEN_PEOPLE_VARIANCE = Math.LN2 ** 2;
/** Share of the owner's own switches that may be like anybody's; it bounds what one switch can say against them. */
const SURPRISE_SHARE = 0.05;

/** @throws Error for no transitions, an hour outside 0-23 or a dwell time that is not a number from 0 on. */
export function trainMarkov(transitions: readonly Transition[]): MarkovModel {
  if (transitions.length === 0) throw new Error('no application switches to learn from');
  transitions.forEach(checkTransition);
  const names = [...new Set(transitions.flatMap(({ from, to }) => [from, to]))].toSorted();
  const dwell = fitDwell(transitions.map(logDwell), null);
  const apps = names.map((name) => {
    const leaving = transitions.filter(({ from }) => from === name);
    return {
      name,
      arrivals: transitions.filter(({ to }) => to === name).length,
      departures: leaving.length,
      next: names
        .map((to, i): [number, number] => [i, leaving.filter((transition) => transition.to === to).length])
        .filter(([, times]) => times > 0),
      dwell: fitDwell(leaving.map(logDwell), dwell),
    };
  });
  return { transitions: transitions.length, apps, hours: fitHours(transitions), dwell };
}

/** What each part of a switch says, as a natural-log likelihood ratio of owner to somebody else. */
export interface MarkovTerms {
  readonly transition: number;
  readonly hour: number;
  readonly dwell: number;
}

/** @throws Error for an hour or dwell time out of range. Applications that the model does not know are fine. */
export function markovTerms(model: MarkovModel, transition: Transition): MarkovTerms {
  checkTransition(transition);
  const known = model.apps.findIndex(({ name }) => name === transition.to);
  const from = model.apps.find(({ name }) => name === transition.from);
  const anybody = 1 / (model.apps.length + 1);
  const x = logDwell(transition);
  const everyone = { mean: model.dwell.mean, variance: model.dwell.variance + BETWEEN_PEOPLE_VARIANCE };
  return {
    transition: Math.log(nextProbability(model, from, known) / anybody),
    hour: Math.log((model.hours[transition.hour] as number) * 24),
    dwell: logDensity(from?.dwell ?? model.dwell, x) - logDensity(everyone, x),
  };
}

/** log P(owner) - log P(somebody else) of one switch; never below log of {@link SURPRISE_SHARE}, about -3. */
export function markovLogRatio(model: MarkovModel, transition: Transition): number {
  const { transition: next, hour, dwell } = markovTerms(model, transition);
  return Math.log(SURPRISE_SHARE + (1 - SURPRISE_SHARE) * Math.exp(next + hour + dwell));
}

function checkTransition({ dwellMs, hour }: Transition): void {
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw new Error(`an hour of the day is 0 to 23, not ${hour}`);
  if (!(dwellMs >= 0 && Number.isFinite(dwellMs))) throw new Error(`a dwell time is a number of ms, not ${dwellMs}`);
}

/**
 * A row of the chain, its prior being how often each application is opened at all: MacKay and Peto (1995), "A
 * hierarchical Dirichlet language model", https://doi.org/10.1017/S1351324900000218. That in turn starts from one
 * switch to each, and one to an unknown application (`known` = -1).
 */
function nextProbability(model: MarkovModel, from: MarkovModel['apps'][number] | undefined, known: number): number {
  const opened = ((model.apps[known]?.arrivals ?? 0) + 1) / (model.transitions + model.apps.length + 1);
  const followed = from?.next.find(([to]) => to === known)?.[1] ?? 0;
  return (followed + ROW_PRIOR * opened) / ((from?.departures ?? 0) + ROW_PRIOR);
}

function fitHours(transitions: readonly Transition[]): number[] {
  const counts = Array.from({ length: 24 }, (_, h) => transitions.filter(({ hour }) => hour === h).length);
  const total = transitions.length + 24 * HOUR_PRIOR;
  return counts.map((_, h) => {
    const smoothed = HOUR_KERNEL.reduce((sum, weight, k) => sum + weight * (counts[(h + k + 22) % 24] as number), 0);
    return (smoothed + HOUR_PRIOR) / total;
  });
}

const logDwell = ({ dwellMs }: Transition) => Math.log(Math.max(1, dwellMs));

/**
 * Mean and variance shrunk towards those of all applications: the posterior of a normal with its conjugate prior,
 * Gelman et al. (2013), "Bayesian Data Analysis", section 3.3. Without a prior the mean is the sample's own.
 */
function fitDwell(logs: readonly number[], prior: LogNormal | null): LogNormal {
  const n = logs.length;
  const own = n === 0 ? 0 : logs.reduce((sum, x) => sum + x, 0) / n;
  const centre = prior?.mean ?? own;
  const squares = logs.reduce((sum, x) => sum + (x - own) ** 2, 0);
  const shift = ((n * DWELL_PRIOR) / (n + DWELL_PRIOR)) * (own - centre) ** 2;
  const priorSquares = DWELL_PRIOR * (prior?.variance ?? DWELL_PRIOR_VARIANCE);
  return {
    mean: (n * own + DWELL_PRIOR * centre) / (n + DWELL_PRIOR),
    variance: (squares + shift + priorSquares) / (n + DWELL_PRIOR),
  };
}

/** Of the normal distribution, without the constant that cancels in a ratio. */
const logDensity = ({ mean, variance }: LogNormal, x: number) =>
  -0.5 * (Math.log(variance) + (x - mean) ** 2 / variance);
