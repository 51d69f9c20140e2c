// Counts with their times in, how many fall into the window that ends now out. The window slides in thirty steps, so that a count costs
// the same memory whether one came or a million: 10 s steps for one of five minutes. Where everything fell into one step, which is all
// that most addresses of a flood ever do, it costs three numbers.

const STEPS = 30;

export interface Sliding {
  readonly stepMs: number;
  /** The newest step that was counted in, and its count. */
  newest: number;
  count: number;
  /** One number a step, the step modulo their number; null while there is only the newest. */
  steps: Uint32Array | null;
}

export const slidingOf = (windowMs: number): Sliding => ({
  stepMs: windowMs / STEPS,
  newest: -Infinity,
  count: 0,
  steps: null,
});

/** What is older than the window is not counted; what is late, but inside it, is. */
export function addTo(sliding: Sliding, atMs: number, count = 1): void {
  const step = Math.floor(atMs / sliding.stepMs);
  if (step === sliding.newest) {
    sliding.count += count;
    return;
  }
  if (step > sliding.newest) return advance(sliding, step, count);
  if (step <= sliding.newest - STEPS) return;
  const steps = (sliding.steps ??= new Uint32Array(STEPS));
  steps[step % STEPS] = (steps[step % STEPS] ?? 0) + count;
}

/** The step that was the newest goes among the others, and those that time has passed over are emptied. */
function advance(sliding: Sliding, step: number, count: number): void {
  const passed = step - sliding.newest;
  if (passed >= STEPS) sliding.steps?.fill(0);
  else {
    const steps = (sliding.steps ??= new Uint32Array(STEPS));
    steps[sliding.newest % STEPS] = sliding.count;
    for (let one = sliding.newest + 1; one <= step; one += 1) steps[one % STEPS] = 0;
  }
  sliding.newest = step;
  sliding.count = count;
}

export function sumOf({ stepMs, newest, count, steps }: Sliding, nowMs: number): number {
  const now = Math.floor(nowMs / stepMs);
  if (now >= newest + STEPS) return 0;
  let sum = count;
  if (steps === null) return sum;
  for (let step = Math.max(now, newest) - STEPS + 1; step < newest; step += 1) sum += steps[step % STEPS] ?? 0;
  return sum;
}
