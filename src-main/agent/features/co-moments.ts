// Pairs of numbers in, their means, variances and covariance out, of parts that may be put together: T. F. Chan, G. H. Golub and
// R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", COMPSTAT 1982. Nothing is lost where the
// mean is far from 0, as it would be with plain sums of squares.
import { at, mean } from './distribution.ts';

export interface CoMoments {
  n: number;
  meanX: number;
  meanY: number;
  /** Sums of squares and of products about the means. */
  xx: number;
  yy: number;
  xy: number;
}

export const noMoments = (): CoMoments => ({ n: 0, meanX: 0, meanY: 0, xx: 0, yy: 0, xy: 0 });

/** @param x of the same length as `y` */
export function momentsOf(x: Float64Array, y: Float64Array): CoMoments {
  const n = x.length;
  if (n === 0) return noMoments();
  const moments = { ...noMoments(), n, meanX: mean(x), meanY: mean(y) };
  for (let i = 0; i < n; i += 1) {
    const dx = at(x, i) - moments.meanX;
    const dy = at(y, i) - moments.meanY;
    moments.xx += dx * dx;
    moments.yy += dy * dy;
    moments.xy += dx * dy;
  }
  return moments;
}

/** Puts another part to the first. */
export function addMoments(to: CoMoments, more: CoMoments): void {
  if (more.n === 0) return;
  const n = to.n + more.n;
  const [dx, dy] = [more.meanX - to.meanX, more.meanY - to.meanY];
  const weight = (to.n * more.n) / n;
  to.xx += more.xx + dx * dx * weight;
  to.yy += more.yy + dy * dy * weight;
  to.xy += more.xy + dx * dy * weight;
  to.meanX += (dx * more.n) / n;
  to.meanY += (dy * more.n) / n;
  to.n = n;
}

/** Pearson's; NaN below three pairs or where one side does not vary. */
export const correlationOf = ({ n, xx, yy, xy }: CoMoments): number =>
  n >= 3 && xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;

/** Of the least-squares line of y on x; NaN where x does not vary. */
export const slopeOf = ({ xx, xy }: CoMoments): number => (xx > 0 ? xy / xx : Number.NaN);
