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
 * @param hopUs distance of two ticks; they fall on whole multiples of it.
 * @param onTick gets the grid time in microseconds. A rejection goes to `onError` and the next tick comes all the same.
 */
export function startTicker(
  hopUs: number,
  clock: Clock,
  onTick: (nowUs: number) => Promise<void>,
  onError: (error: unknown) => void,
): Ticker {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const schedule = (): void => {
    if (stopped) return;
    const waitUs = hopUs - (clock.nowUs() % hopUs);
    timer = setTimeout(tick, waitUs / clock.speed / 1000 + 1);
  };
  const tick = (): void => {
    const nowUs = Math.floor(clock.nowUs() / hopUs) * hopUs;
    running = onTick(nowUs).catch(onError).finally(schedule);
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
