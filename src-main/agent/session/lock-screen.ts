// A lock of the screen, asked of one program after the other until a lock is seen. In: whom to ask, and what the witnesses say.
// Out: who says that it is locked, or why nobody does and what to do. An accepted request is no lock: some desktops ignore it.
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../thrown.ts';
import { LOGIND, type LockView } from './lock-view.ts';

/** `by` stands in a sentence. */
export type LockOutcome =
  | { readonly locked: true; readonly by: string }
  | { readonly locked: false; readonly reason: string; readonly fix: string };

export interface LockWay {
  /** As among the witnesses. */
  readonly by: string;
  readonly ask: () => Promise<unknown>;
}

export interface LockParts {
  readonly ways: readonly LockWay[];
  readonly view: () => LockView;
  /** Asks the witnesses again, for those that tell nothing unasked. */
  readonly refresh: () => Promise<unknown>;
  /** How long each of them may take to show its lock screen. */
  readonly limitMs: number;
}

/** A lock screen that fades in takes a second or two; with five, a slow machine is still in time. */
export const LOCK_LIMIT_MS = 5000;
const POLL_MS = 50;
export const LOCKER_FIX =
  'Start a screen locker, for example light-locker or xfce4-screensaver, and try it with: loginctl lock-session';

export async function lockScreen(parts: LockParts): Promise<LockOutcome> {
  const before = parts.view().says;
  const failures: string[] = [];
  for (const way of parts.ways) {
    const [witness, failure] = await tryOne(way, parts, before);
    if (witness !== null) return { locked: true, by: witness };
    failures.push(failure);
  }
  return { locked: false, reason: failures.join('; '), fix: LOCKER_FIX };
}

async function tryOne(
  { by, ask }: LockWay,
  { view, refresh, limitMs }: LockParts,
  before: LockView['says'],
): Promise<[witness: string | null, failure: string]> {
  let answer: 'none' | 'accepted' | Error = 'none';
  // Not waited for: some answer only once the screen is locked, and some never.
  ask().then(
    () => (answer = 'accepted'),
    (error: unknown) => (answer = new Error(messageOf(error), { cause: error })),
  );
  const seen = (): string | null => witnessOf(view(), before, answer === 'accepted' ? by : null);
  for (let waitedMs = 0; waitedMs < limitMs && !failed(answer); waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    const witness = seen();
    if (witness !== null) return [witness, ''];
  }
  await refresh();
  return [seen(), failed(answer) ? `${by} refused: ${answer.message}` : `${by} was asked, and no lock followed`];
}

/** A function, for the compiler does not expect the answer to change while it looks. */
const failed = (answer: 'none' | 'accepted' | Error): answer is Error => answer instanceof Error;

/**
 * Who says that the screen is locked. A screen saver that was active before the request may only have blanked it: that it is still
 * active counts where it accepted the request itself, and where nobody knows better.
 */
export function witnessOf(now: LockView, before: LockView['says'], accepted: string | null): string | null {
  if (now.says.get(LOGIND) === true) return LOGIND;
  const savers = [...now.says].filter(([by, active]) => active && by !== LOGIND).map(([by]) => by);
  return savers.find((by) => before.get(by) !== true || (!now.hintWorks && by === accepted)) ?? null;
}
