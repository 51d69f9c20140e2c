// Counts with their times in, how many fall into the window that ends now out. The window slides in thirty steps, so that a count costs
// the same memory whether one came or a million: 10 s steps for one of five minutes.

const STEPS = 30;

export interface Sliding {
  readonly stepMs: number;
  /** One number a step, the step modulo their number. */
  readonly steps: Uint32Array;
  /** The newest step that was written to. */
  newest: number;
}

export const slidingOf = (windowMs: number): Sliding => ({
  stepMs: windowMs / STEPS,
  steps: new Uint32Array(STEPS),
  newest: -Infinity,
});

/** What is older than the window is not counted; what is late, but inside it, is. */
export function addTo(sliding: Sliding, atMs: number, count = 1): void {
  const step = Math.floor(atMs / sliding.stepMs);
  advance(sliding, step);
  if (step <= sliding.newest - STEPS) return;
  const slot = step % STEPS;
  sliding.steps[slot] = (sliding.steps[slot] ?? 0) + count;
}

export function sumOf(sliding: Sliding, nowMs: number): number {
  const now = Math.floor(nowMs / sliding.stepMs);
  if (now >= sliding.newest + STEPS) return 0;
  let sum = 0;
  for (let step = Math.max(now - STEPS + 1, sliding.newest - STEPS + 1); step <= sliding.newest; step += 1) {
    sum += sliding.steps[step % STEPS] ?? 0;
  }
  return sum;
}

/** Empties the steps that time has passed over. */
function advance(sliding: Sliding, step: number): void {
  if (step <= sliding.newest) return;
  if (step - sliding.newest >= STEPS) sliding.steps.fill(0);
  else for (let passed = sliding.newest + 1; passed <= step; passed += 1) sliding.steps[passed % STEPS] = 0;
  sliding.newest = step;
}
