// A clock in, ticks on the hop grid out: never two at once, and none for time that the machine slept through.

export interface Clock {
  readonly nowUs: () => number;
  /** How many times as fast as the wall clock it runs. */
  readonly speed: number;
}

export interface Ticker {
  readonly stop: () => Promise<void>;
}

/**
 * @param hopUs distance of two ticks at this moment, asked anew for each; they fall on whole multiples of it.
 * @param onTick gets the grid time and the distance that it was on, in microseconds. A rejection goes to `onError` and the next tick comes all the same.
 */
export function startTicker(
  hopUs: () => number,
  clock: Clock,
  onTick: (nowUs: number, gridUs: number) => Promise<void>,
  onError: (error: unknown) => void,
): Ticker {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const schedule = (): void => {
    if (stopped) return;
    const nextUs = hopUs();
    const waitUs = nextUs - (clock.nowUs() % nextUs);
    timer = setTimeout(tick, waitUs / clock.speed / 1000 + 1, nextUs);
  };
  const tick = (gridUs: number): void => {
    const nowUs = Math.floor(clock.nowUs() / gridUs) * gridUs;
    running = onTick(nowUs, gridUs).catch(onError).finally(schedule);
  };
  schedule();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
