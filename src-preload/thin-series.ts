// The points of a series enter, at most so many leave, for the agent that sends them and the page that adds to them: the mean of each equal
// share of the time. The shares lie on absolute time, so a point stays where it is when later ones arrive.

export type Point = readonly [atMs: number, value: number];

/** @param points oldest first. @param bucketMs length of a share; a point stands at the middle of its share. */
export function thinSeries(points: readonly Point[], bucketMs: number): [atMs: number, value: number][] {
  const thinned: [number, number][] = [];
  let [bucket, sum, held] = [NaN, 0, 0];
  const close = (): void => {
    if (held > 0) thinned.push([(bucket + 0.5) * bucketMs, sum / held]);
  };
  for (const [atMs, value] of points) {
    const own = Math.floor(atMs / bucketMs);
    if (own !== bucket) {
      close();
      [bucket, sum, held] = [own, 0, 0];
    }
    sum += value;
    held += 1;
  }
  close();
  return thinned;
}
