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
const FIRST_LINES = 2;
const LAST_LINES = 3;

export interface AddressWatch {
  readonly address: string;
  readonly failed: Sliding;
  /** The same over a day: guessing may be slow. */
  readonly failedToday: Sliding;
  readonly ok: Sliding;
  readonly probes: Sliding;
  readonly users: Recent;
  /** Names that do not exist. */
  readonly unknownUsers: Recent;
  /** Failed logins by name, within the window. */
  readonly failedByUser: Map<string, { count: number; lastMs: number }>;
  readonly times: Float64Array;
  readonly methods: Uint8Array;
  attempts: number;
  lastMs: number;
  lines: readonly string[];
  /** By fail2ban, when last. */
  bannedMs: number;
}

export const addressWatch = (address: string, windowMs: number): AddressWatch => ({
  address,
  failed: slidingOf(windowMs),
  failedToday: slidingOf(DAY_MS),
  ok: slidingOf(windowMs),
  probes: slidingOf(windowMs),
  users: recentOf(USERS),
  unknownUsers: recentOf(USERS),
  failedByUser: new Map(),
  times: new Float64Array(ATTEMPTS),
  methods: new Uint8Array(ATTEMPTS),
  attempts: 0,
  lastMs: -Infinity,
  lines: [],
  bannedMs: -Infinity,
});

/** The same kind of proof counts as one method, whatever sshd calls it. */
const METHODS: Readonly<Record<string, number>> = {
  password: 0,
  publickey: 1,
  pam: 2,
  'keyboard-interactive': 2,
  none: 3,
};
const KINDS_OF_METHODS = 5;

/** An attempt of either outcome. */
export function noteAttempt(watch: AddressWatch, atMs: number, method: string | null): void {
  const slot = watch.attempts % ATTEMPTS;
  watch.times[slot] = atMs;
  watch.methods[slot] = METHODS[method ?? ''] ?? 4;
  watch.attempts += 1;
  watch.lastMs = Math.max(watch.lastMs, atMs);
}

export function noteFailure(
  watch: AddressWatch,
  atMs: number,
  user: string | null,
  count: number,
  windowMs: number,
): void {
  addTo(watch.failed, atMs, count);
  addTo(watch.failedToday, atMs, count);
  if (user === null) return;
  see(watch.users, user, atMs);
  const known = watch.failedByUser.get(user);
  if (known !== undefined && known.lastMs > atMs - windowMs) {
    known.count += count;
    known.lastMs = atMs;
    return;
  }
  watch.failedByUser.delete(user);
  watch.failedByUser.set(user, { count, lastMs: atMs });
  if (watch.failedByUser.size <= USERS) return;
  for (const oldest of watch.failedByUser.keys()) {
    watch.failedByUser.delete(oldest);
    return;
  }
}

export function noteLine(watch: AddressWatch, line: string): void {
  const { lines } = watch;
  const copy = copyOf(line);
  watch.lines =
    lines.length < FIRST_LINES + LAST_LINES
      ? [...lines, copy]
      : [...lines.slice(0, FIRST_LINES), ...lines.slice(FIRST_LINES + 1), copy];
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

export function addressFigures(watch: AddressWatch, nowMs: number, windowMs: number): AddressFigures {
  const failed = sumOf(watch.failed, nowMs);
  const ok = sumOf(watch.ok, nowMs);
  const kept = Math.min(watch.attempts, ATTEMPTS);
  const byMethod = new Uint16Array(KINDS_OF_METHODS);
  let [first, last, n] = [Infinity, -Infinity, 0];
  for (let i = 0; i < kept; i += 1) {
    const atMs = watch.times[i] ?? 0;
    if (atMs <= nowMs - windowMs) continue;
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
    const method = watch.methods[i] ?? 0;
    byMethod[method] = (byMethod[method] ?? 0) + 1;
    n += 1;
  }
  return {
    failed,
    users: countSince(watch.users, nowMs - windowMs),
    failRatio: failed + ok === 0 ? 0 : failed / (failed + ok),
    meanGapS: n < 2 ? windowMs / 1000 : (last - first) / (n - 1) / 1000,
    methodVariance: n === 0 ? 0 : 1 - byMethod.reduce((sum, count) => sum + (count / n) ** 2, 0),
  };
}
