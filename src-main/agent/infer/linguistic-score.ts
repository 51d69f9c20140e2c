// A stretch of writing enters, what naive Bayes says of it leaves, and what each feature did to that: found by leaving it out.
import { LINGUISTIC_FEATURES } from '../features/linguistic-features.ts';
import { scaled } from '../learn/linguistic-prior.ts';
import type { NaiveBayes } from '../learn/naive-bayes.ts';
import { naiveBayesToOnnx } from '../learn/onnx-naive-bayes.ts';
import type { ModelGate } from './model-gate.ts';
import { lazySession } from './session.ts';

export interface LinguisticScore {
  /** ln owner : population, before calibration. */
  readonly ratio: number;
  /** By how much it would fall without each feature. */
  readonly contributions: Float64Array;
}

export interface LinguisticScorer {
  /** @param values in the units of the table, NaN for missing. Rejects when the model can't be run. */
  readonly score: (values: ArrayLike<number>) => Promise<LinguisticScore>;
  readonly release: () => Promise<void>;
}

const D = LINGUISTIC_FEATURES.length;

export function linguisticScorer(model: NaiveBayes, name: string, gate?: ModelGate): LinguisticScorer {
  const session = lazySession(() => Promise.resolve(naiveBayesToOnnx(model)), {
    ...{ name, width: 2 * D },
    ...(gate === undefined ? {} : { gate }),
  });
  return {
    release: session.release,
    score: async (values) => {
      const [ratio = Number.NaN, ...without] = await session.run(rowsOf(scaled(values)));
      if (!Number.isFinite(ratio)) throw new Error(`model ${name} answered no number; train again`);
      return { ratio, contributions: Float64Array.from(without, (left) => ratio - left) };
    },
  };
}

/** The whole stretch, and then the same without each feature in turn. */
function rowsOf(values: Float64Array): Float32Array {
  const rows = new Float32Array((D + 1) * 2 * D);
  for (let row = 0; row <= D; row += 1) {
    for (let i = 0; i < D; i += 1) {
      const value = values[i] ?? Number.NaN;
      if (Number.isNaN(value) || row === i + 1) continue;
      rows[row * 2 * D + i] = value;
      rows[row * 2 * D + D + i] = 1;
    }
  }
  return rows;
}
