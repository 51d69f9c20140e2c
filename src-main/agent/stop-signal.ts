// Tells a host once that it is to stop: Ctrl-C, `kill`, or the terminal being closed.
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** One Ctrl-C can arrive twice, from the terminal and from the parent; a second one counts only after this many milliseconds. */
const SAME_PRESS_MS = 1000;
/** By custom, 128 + SIGINT. */
const FORCED_EXIT_CODE = 130;

/**
 * Resolves with the first signal. A later one ends the process at once, for whoever does not want to wait.
 * Call it once a process.
 */
export function nextStopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let firstMs: number | null = null;
    const onSignal = (signal: StopSignal): void => {
      if (firstMs === null) {
        firstMs = performance.now();
        resolve(signal);
      } else if (performance.now() - firstMs > SAME_PRESS_MS) {
        process.exit(FORCED_EXIT_CODE);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
