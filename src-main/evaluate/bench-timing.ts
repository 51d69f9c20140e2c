// Work in, how long each repetition took out. Warm-up comes first: what the compiler has not seen yet is slow, and says
// nothing about a program that runs for days.

export interface Repeats {
  /** Repetitions that are not counted. */
  readonly warmUp: number;
  readonly samples: number;
  /** Calls in a sample, for work that is too short for the clock; a sample is their mean. */
  readonly batch?: number;
}

/** @param work gets the number of the call, warm-up included. @returns milliseconds a call. */
export function timeMs(work: (call: number) => void, { warmUp, samples, batch = 1 }: Repeats): number[] {
  const took: number[] = [];
  let call = 0;
  for (let sample = -warmUp; sample < samples; sample += 1) {
    const startMs = performance.now();
    for (let i = 0; i < batch; i += 1) work(call++);
    const tookMs = performance.now() - startMs;
    if (sample >= 0) took.push(tookMs / batch);
  }
  return took;
}

/** The same for work that is awaited, one call a sample. */
export async function timeEachMs(
  work: (call: number) => Promise<unknown>,
  { warmUp, samples }: Omit<Repeats, 'batch'>,
): Promise<number[]> {
  const took: number[] = [];
  for (let call = 0; call < warmUp + samples; call += 1) {
    const startMs = performance.now();
    await work(call);
    const tookMs = performance.now() - startMs;
    if (call >= warmUp) took.push(tookMs);
  }
  return took;
}

/**
 * Processor time of this process so far, the collector of garbage and the kernel's part included: what other programs do meanwhile is
 * not in it. Not that of the thread, which Linux brings up to date at its own ticks only, milliseconds apart.
 */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The element of a list that never ends. @throws RangeError for an empty one */
export function cycled<T>(items: readonly T[], i: number): T {
  const item = items[i % items.length];
  if (item === undefined) throw new RangeError('nothing to measure with');
  return item;
}

/** Makes on first use what several figures need. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
