// Enters: whether the hook has delivered anything lately, and what the X server says about input meanwhile. Leaves: the
// verdict that the hook is blind. While events flow it asks the server nothing; while they don't, once in ten seconds.

/** What is asked of the X server. */
export interface InputWitness {
  /** Milliseconds since the server last saw input. */
  readonly idleMs: () => Promise<number>;
  /** Position and buttons of the pointer, as one comparable word. */
  readonly pointer: () => Promise<string>;
}

export interface Watchdog {
  readonly stop: () => void;
}

export interface WatchdogOptions {
  readonly witness: InputWitness;
  /** How many events the hook has delivered since it was made. */
  readonly delivered: () => number;
  readonly onBlind: () => void;
  /** The server did not answer. */
  readonly onFailure: (error: unknown) => void;
  readonly everyMs?: number;
  readonly graceMs?: number;
}

const EVERY_MS = 10_000;
/** Answering our question makes the server hand over what XRecord holds back, so events that were only late come now. */
const GRACE_MS = 500;

export interface Suspicion {
  /** Where the pointer was at the last silent check; null after a check that saw events. */
  readonly pointer: string | null;
  /** Silent checks in a row in which the server had seen input. */
  readonly silent: number;
}

export const UNSUSPICIOUS: Suspicion = { pointer: null, silent: 0 };

/** Programs reset the idle time now and then (video players do), so idle time alone has to accuse the hook this often. */
const SILENT_CHECKS = 3;

/**
 * Judges one check in which the hook delivered nothing.
 * A pointer that has moved unseen is proof; fresh idle time alone is only suspicion.
 */
export function judgeSilence(
  before: Suspicion,
  seen: { readonly pointer: string; readonly idleMs: number; readonly everyMs: number },
): { readonly blind: boolean; readonly suspicion: Suspicion } {
  const silent = seen.idleMs < seen.everyMs ? before.silent + 1 : 0;
  const moved = before.pointer !== null && before.pointer !== seen.pointer;
  return { blind: moved || silent >= SILENT_CHECKS, suspicion: { pointer: seen.pointer, silent } };
}

/** Starts to check, until stopped. Does not keep the process alive. */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const { witness, delivered, everyMs = EVERY_MS, graceMs = GRACE_MS } = options;
  let suspicion = UNSUSPICIOUS;
  let deliveredBefore = delivered();
  let asking = false;
  let stopped = false;

  const check = async (): Promise<void> => {
    if (delivered() === deliveredBefore) {
      const seen = { pointer: await witness.pointer(), idleMs: await witness.idleMs(), everyMs };
      await new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      if (stopped) return;
      if (delivered() === deliveredBefore) {
        const verdict = judgeSilence(suspicion, seen);
        suspicion = verdict.suspicion;
        if (verdict.blind) options.onBlind();
        return;
      }
    }
    suspicion = UNSUSPICIOUS;
    deliveredBefore = delivered();
  };

  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    check()
      .catch((error: unknown) => {
        if (!stopped) options.onFailure(error);
      })
      .finally(() => (asking = false));
  }, everyMs);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}
