// Rows of features enter, how easily each is told from those of late leaves: -log2(1 - s) for the score s of an isolation forest, 0
// before there is one. The forest is trained anew now and then on a sample of the recent rows.
import { trainIsolationForest, type IsolationForest } from '../../learn/isolation-forest.ts';
import { outsideScore } from '../../learn/isolation-outside.ts';
import { createRandom } from '../../learn/random.ts';

export interface ForestChannel {
  readonly push: (row: Float32Array) => number;
}

const POOL = 1024;
const FIRST_ROWS = 64;
/** Training takes some 5 ms: so seldom that nobody notices. */
const TRAIN_EVERY = 256;
/** Keeps the logarithm finite. */
const LEAST = 1e-6;

/** @param horizon rows further back than some times this are hardly left in the sample. */
export function createForestChannel(width: number, horizon: number, seed: number): ForestChannel {
  const random = createRandom(seed);
  const pool = new Float32Array(POOL * width);
  let pooled = 0;
  let seen = 0;
  let trainAt = FIRST_ROWS;
  let forest: IsolationForest | null = null;

  /** Each row has its chance; the later it comes the less is left of those before it. */
  function keep(row: Float32Array): void {
    if (pooled < POOL) pool.set(row, width * pooled++);
    else if (random.uniform() < POOL / Math.min(seen + 1, horizon)) pool.set(row, width * random.int(POOL));
  }
  return {
    push: (row) => {
      const easy = forest === null ? 0 : -Math.log2(1 - outsideScore(forest, row) + LEAST);
      if (row.every(Number.isFinite)) keep(row);
      seen += 1;
      if (seen >= trainAt && pooled >= FIRST_ROWS) {
        forest = trainIsolationForest({ rows: pool.slice(0, pooled * width), n: pooled, d: width, seed: seed + seen });
        trainAt = seen + Math.min(seen, TRAIN_EVERY);
      }
      return easy;
    },
  };
}
