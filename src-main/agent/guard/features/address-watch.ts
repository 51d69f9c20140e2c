// Attempts to log in from one address in, what they amount to within the window out: the five features of an address, and the lines
// that show it.
import { copyOf } from '../parse/names.ts';
import { countSince, recentOf, see, type Recent } from './recent.ts';
import { addTo, slidingOf, sumOf, type Sliding } from './sliding.ts';

/** Attempts whose times and methods are kept: the mean gap and the mix of methods come from the last of them. */
const ATTEMPTS = 32;
/** Names told apart; guessing tells itself by far fewer. */
const USERS = 64;
const DAY_MS = 86_400_000;
/** Lines kept to be shown: the first ones and the last. */
export const FIRST_LINES = 2;
const LAST_LINES = 3;

export interface AddressWatch {
  readonly address: string;
  readonly failed: Sliding;
  /** The same over a day: guessing may be slow. */
  readonly failedToday: Sliding;
  readonly ok: Sliding;
  readonly probes: Sliding;
  readonly users: Recent;
  /** Of the last attempts, in a ring. */
  readonly times: number[];
  readonly methods: number[];
  attempts: number;
  readonly lines: string[];
}

export const addressWatch = (address: string, windowMs: number): AddressWatch => ({
  address,
  failed: slidingOf(windowMs),
  failedToday: slidingOf(DAY_MS),
  ok: slidingOf(windowMs),
  probes: slidingOf(windowMs),
  users: recentOf(USERS),
  times: [],
  methods: [],
  attempts: 0,
  lines: [],
});

/** The same kind of proof counts as one method, whatever sshd calls it. */
const METHODS: Readonly<Record<string, number>> = {
  password: 0,
  publickey: 1,
  pam: 2,
  'keyboard-interactive': 2,
  none: 3,
};
/** Counted anew each time. */
const METHOD_COUNTS = new Uint16Array(5);

/** An attempt of either outcome. */
export function noteAttempt(watch: AddressWatch, atMs: number, method: string | null): void {
  const slot = watch.attempts % ATTEMPTS;
  watch.times[slot] = atMs;
  watch.methods[slot] = METHODS[method ?? ''] ?? 4;
  watch.attempts += 1;
}

export function noteFailure(watch: AddressWatch, atMs: number, user: string | null, count: number): void {
  addTo(watch.failed, atMs, count);
  addTo(watch.failedToday, atMs, count);
  if (user !== null) see(watch.users, user, atMs);
}

export function noteLine({ lines }: AddressWatch, line: string): void {
  if (lines.length === FIRST_LINES + LAST_LINES) lines.splice(FIRST_LINES, 1);
  lines.push(copyOf(line));
}

export interface AddressFigures {
  readonly failed: number;
  readonly users: number;
  /** Share of attempts that failed; 0 without any. */
  readonly failRatio: number;
  /** Seconds between attempts; the length of the window with fewer than two. */
  readonly meanGapS: number;
  /** Chance that two attempts use different methods: 1 − Σ p² (Gini and Simpson). */
  readonly methodVariance: number;
}

/** The half of them that the rules look at, at every attempt. */
export const guessesOf = (
  watch: AddressWatch,
  nowMs: number,
  windowMs: number,
): Pick<AddressFigures, 'failed' | 'users'> => ({
  failed: sumOf(watch.failed, nowMs),
  users: countSince(watch.users, nowMs - windowMs),
});

export function addressFigures(watch: AddressWatch, nowMs: number, windowMs: number): AddressFigures {
  const { failed, users } = guessesOf(watch, nowMs, windowMs);
  const ok = sumOf(watch.ok, nowMs);
  const byMethod = METHOD_COUNTS.fill(0);
  let [first, last, n] = [Infinity, -Infinity, 0];
  for (let i = 0; i < watch.times.length; i += 1) {
    const atMs = watch.times[i] ?? 0;
    if (atMs <= nowMs - windowMs) continue;
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
    const method = watch.methods[i] ?? 0;
    byMethod[method] = (byMethod[method] ?? 0) + 1;
    n += 1;
  }
  return {
    ...{ failed, users },
    failRatio: failed + ok === 0 ? 0 : failed / (failed + ok),
    meanGapS: n < 2 ? windowMs / 1000 : (last - first) / (n - 1) / 1000,
    methodVariance: n === 0 ? 0 : mixOf(byMethod, n),
  };
}

function mixOf(counts: Uint16Array, all: number): number {
  let same = 0;
  for (const count of counts) same += (count / all) ** 2;
  return 1 - same;
}
