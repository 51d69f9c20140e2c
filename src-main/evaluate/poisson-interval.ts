// How many events were counted in, between which bounds their expected number lies out: exact, so that "none in an hour" is not
// mistaken for "never". F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28, 1936.

/** Each side's share of the 5 % that the interval leaves out. */
const TAIL = 0.025;
const HALVINGS = 100;

/** @param count of events seen, whole, at most a few thousand. @returns the bounds of the expected number, 95 %. */
export function poissonInterval(count: number): readonly [low: number, high: number] {
  // The high bound makes so few events as unlikely as 2.5 %, the low bound so many.
  const high = solve(count, (mean) => atMost(count, mean) > TAIL);
  const low = count === 0 ? 0 : solve(count, (mean) => 1 - atMost(count - 1, mean) < TAIL);
  return [low, high];
}

/** The mean at which `above` turns from true to false. */
function solve(count: number, above: (mean: number) => boolean): number {
  let [low, high] = [0, 2 * count + 20];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (above(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X <= count) of a Poisson variable; terms in logarithms, for e^-mean alone may vanish. */
function atMost(count: number, mean: number): number {
  if (mean === 0) return 1;
  let [logTerm, sum] = [-mean, Math.exp(-mean)];
  for (let k = 1; k <= count; k += 1) {
    logTerm += Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return sum;
}
