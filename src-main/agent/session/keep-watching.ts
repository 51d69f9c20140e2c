// The watch of the session, looked for again where a bus could not be reached: at login the buses may be slower than the program.
import { SYSTEM_ALARM, type Alarm } from '../collect/keep-running.ts';
import { watchSession, type SessionParts, type SessionWatch } from './watch-session.ts';

const LOOK_AGAIN_AFTER_MS = [5_000, 30_000, 120_000, 600_000] as const;

/** As `watchSession`; with `missing` what is missing now. */
export async function keepWatching(
  parts: SessionParts,
  start: (parts: SessionParts) => Promise<SessionWatch> = watchSession,
  alarm: Alarm = SYSTEM_ALARM,
): Promise<SessionWatch> {
  let watch = await start(parts);
  let looks = 0;
  let stopped = false;
  let cancel = (): void => undefined;

  const lookAgain = (): void => {
    if (watch.missing === null || stopped) return;
    const afterMs = LOOK_AGAIN_AFTER_MS[Math.min(looks, LOOK_AGAIN_AFTER_MS.length - 1)] ?? 0;
    looks += 1;
    cancel = alarm.after(afterMs, () => void replace().finally(lookAgain));
  };
  const replace = async (): Promise<void> => {
    const next = await start(parts);
    if (stopped || next.missing === watch.missing) return await next.stop();
    const before = watch;
    watch = next;
    await before.stop();
    if (next.locked() !== before.locked()) parts.onEvent(next.locked() ? 'locked' : 'opened', 'found so');
    parts.onChange();
  };
  lookAgain();
  return {
    lockAbility: () => watch.lockAbility(),
    locked: () => watch.locked(),
    idle: () => watch.idle(),
    get missing() {
      return watch.missing;
    },
    lock: () => watch.lock(),
    stop: async () => {
      stopped = true;
      cancel();
      await watch.stop();
    },
  };
}
