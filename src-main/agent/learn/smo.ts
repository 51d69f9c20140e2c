// A kernel matrix enters, row by row as needed; the weights of a one-class support vector machine and its offset leave.
// Minimises ½ αᵀKα with 0 ≤ α ≤ 1 and Σα = νn: Schölkopf et al. (2001), https://doi.org/10.1162/089976601750264965, in
// the scale, start and stopping rule of libsvm (Chang and Lin 2011, https://doi.org/10.1145/1961189.1961199, section
// 4), with the second-order choice of pairs of Fan, Chen and Lin (2005), "Working set selection 2".

export interface KernelProblem {
  readonly n: number;
  /** Share of the rows that may lie outside, in (0, 1]. */
  readonly nu: number;
  /** Row i of the kernel matrix, whose diagonal is 1. */
  readonly kernelRow: (i: number) => Float32Array;
  /** Largest violation of the optimality conditions that may remain. */
  readonly tolerance: number;
}

export interface KernelSolution {
  readonly alpha: Float64Array;
  /** A row x lies inside where Σ αᵢ K(xᵢ, x) is at least `rho`. */
  readonly rho: number;
}

const MAX_STEPS = 1_000_000;
/** Stands for a curvature that rounding made zero or negative; libsvm's TAU. */
const MIN_CURVATURE = 1e-12;

/** @throws Error when the solution is not reached, which a positive definite kernel rules out. */
export function solveOneClass(problem: KernelProblem): KernelSolution {
  const alpha = startingPoint(problem.n, problem.nu);
  const gradient = gradientAt(alpha, problem.kernelRow);
  for (let step = 0; step < MAX_STEPS; step++) {
    const i = steepest(alpha, gradient);
    const j = bestPartner(i, alpha, gradient, problem);
    if (j < 0) return { alpha, rho: offset(alpha, gradient) };
    movePair(i, j, alpha, gradient, problem.kernelRow);
  }
  throw new Error(`the one-class machine did not settle within ${MAX_STEPS} steps`);
}

/** The first νn rows carry all the weight. */
function startingPoint(n: number, nu: number): Float64Array {
  const whole = Math.floor(nu * n);
  const alpha = new Float64Array(n).fill(1, 0, whole);
  if (whole < n) alpha[whole] = nu * n - whole;
  return alpha;
}

function gradientAt(alpha: Float64Array, kernelRow: KernelProblem['kernelRow']): Float64Array {
  const gradient = new Float64Array(alpha.length);
  alpha.forEach((weight, i) => {
    if (weight === 0) return;
    const row = kernelRow(i);
    for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k] as number) + weight * (row[k] as number);
  });
  return gradient;
}

/** The row whose weight would gain most by growing; -1 when every weight is at its bound. */
function steepest(alpha: Float64Array, gradient: Float64Array): number {
  let best = -1;
  let lowest = Infinity;
  for (let k = 0; k < alpha.length; k++) {
    const g = gradient[k] as number;
    if ((alpha[k] as number) < 1 && g <= lowest) {
      lowest = g;
      best = k;
    }
  }
  return best;
}

/** The row whose weight, given up to row i, lowers the objective most; -1 when nothing worth the tolerance is left. */
function bestPartner(i: number, alpha: Float64Array, gradient: Float64Array, problem: KernelProblem): number {
  if (i < 0) return -1;
  const row = problem.kernelRow(i);
  const gi = gradient[i] as number;
  let best = -1;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let k = 0; k < alpha.length; k++) {
    if (alpha[k] === 0) continue;
    const g = gradient[k] as number;
    if (g > highest) highest = g;
    const slope = g - gi;
    if (slope <= 0) continue;
    const change = -(slope * slope) / curvature(row[k] as number);
    if (change <= lowest) {
      lowest = change;
      best = k;
    }
  }
  return highest - gi < problem.tolerance ? -1 : best;
}

/** Kᵢᵢ + Kⱼⱼ - 2Kᵢⱼ for a kernel with ones on its diagonal. */
const curvature = (kij: number) => Math.max(2 - 2 * kij, MIN_CURVATURE);

/** Moves weight from j to i up to the minimum along that line, or up to the bounds. */
function movePair(
  i: number,
  j: number,
  alpha: Float64Array,
  gradient: Float64Array,
  kernelRow: KernelProblem['kernelRow'],
): void {
  const rowI = kernelRow(i);
  const rowJ = kernelRow(j);
  const ai = alpha[i] as number;
  const aj = alpha[j] as number;
  const wanted = ((gradient[j] as number) - (gradient[i] as number)) / curvature(rowI[j] as number);
  const room = Math.min(1 - ai, aj);
  // At a bound the weight is the bound itself, not a sum that rounding may leave beside it.
  alpha[i] = wanted >= room && room === 1 - ai ? 1 : ai + Math.min(wanted, room);
  alpha[j] = wanted >= room && room === aj ? 0 : aj - Math.min(wanted, room);
  const deltaI = alpha[i] - ai;
  const deltaJ = alpha[j] - aj;
  for (let k = 0; k < gradient.length; k++) {
    gradient[k] = (gradient[k] as number) + deltaI * (rowI[k] as number) + deltaJ * (rowJ[k] as number);
  }
}

/** The gradient at the rows on the boundary; where no row is on it, the middle of what the others allow. */
function offset(alpha: Float64Array, gradient: Float64Array): number {
  let sum = 0;
  let free = 0;
  let above = Infinity;
  let below = -Infinity;
  gradient.forEach((g, k) => {
    const a = alpha[k] as number;
    if (a >= 1) below = Math.max(below, g);
    else if (a <= 0) above = Math.min(above, g);
    else {
      sum += g;
      free++;
    }
  });
  if (free > 0) return sum / free;
  // With ν = 1 every row is at its upper bound, and nothing limits the offset from above.
  return above === Infinity ? below : (above + below) / 2;
}
