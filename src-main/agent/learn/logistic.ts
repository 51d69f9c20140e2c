// Scores of the owner and of others in, a line that turns a score into a log-likelihood ratio out: one-dimensional logistic
// regression by Newton's method, both classes with equal weight (Brummer & du Preez, Computer Speech & Language 20, 2006).

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** Keeps the line finite where the two classes do not overlap. */
const RIDGE = 1e-3;

/**
 * @param owner scores of the owner's windows; @param others scores of other people's windows. Neither may be empty.
 * @returns slope and intercept of the natural-log likelihood ratio owner : others.
 */
export function fitLogistic(owner: readonly number[], others: readonly number[]): Line {
  if (owner.length === 0 || others.length === 0) throw new Error('calibration needs scores of the owner and of others');
  let slope = 0;
  let intercept = 0;
  for (let step = 0; step < 100; step += 1) {
    const g = { a: -RIDGE * slope, b: 0, aa: RIDGE, ab: 0, bb: 1e-9 };
    for (const [scores, target] of [
      [owner, 1],
      [others, 0],
    ] as const) {
      for (const x of scores) accumulate(g, x, target, 1 / scores.length, slope, intercept);
    }
    const det = g.aa * g.bb - g.ab * g.ab;
    const dSlope = (g.bb * g.a - g.ab * g.b) / det;
    const dIntercept = (g.aa * g.b - g.ab * g.a) / det;
    // Half a step at most of a large move: Newton overshoots on nearly separated data.
    const damp = Math.min(1, 2 / Math.max(Math.abs(dSlope), Math.abs(dIntercept), 1e-12));
    slope += damp * dSlope;
    intercept += damp * dIntercept;
    if (Math.abs(dSlope) + Math.abs(dIntercept) < 1e-10) break;
  }
  return { slope, intercept };
}

interface Sums {
  a: number;
  b: number;
  aa: number;
  ab: number;
  bb: number;
}

function accumulate(sums: Sums, x: number, target: number, weight: number, slope: number, intercept: number): void {
  const p = 1 / (1 + Math.exp(-(slope * x + intercept)));
  const curvature = weight * p * (1 - p);
  sums.a += weight * (target - p) * x;
  sums.b += weight * (target - p);
  sums.aa += curvature * x * x;
  sums.ab += curvature * x;
  sums.bb += curvature;
}
