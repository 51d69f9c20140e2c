// Vectors in, scores of the isolation forest out, in batches through onnxruntime; the score of a vector that came a moment ago is
// remembered, so that on a quiet machine the runtime can go to sleep and give its memory back.
import { isolationForestToOnnx } from '../../learn/onnx-forest.ts';
import { isolationScore, scoreOfPath } from '../../learn/isolation-forest.ts';
import type { ModelGate } from '../../infer/model-gate.ts';
import { lazySession } from '../../infer/session.ts';
import { createBounded } from '../features/bounded.ts';
import { FEATURE_COUNT } from '../features/log-features.ts';
import type { Baseline } from './baseline.ts';

export interface Scorer {
  /** @param rows n vectors. @returns n scores, 0 to 1. @throws Error where the runtime fails. */
  readonly score: (rows: readonly Float32Array[], nowMs: number) => Promise<Float32Array>;
  readonly release: () => Promise<void>;
  /** Scores that were remembered, of all that were asked for. */
  readonly cached: () => { readonly hits: number; readonly asked: number };
}

export interface ScorerOptions {
  readonly batch: number;
  readonly cacheTtlMs: number;
  /** Whether there is memory for the model. */
  readonly gate?: ModelGate | undefined;
}

const REMEMBERED = 1024;
/** In a flood hardly a vector comes twice, and remembering costs as much as asking. */
const REMEMBER_UP_TO = 32;

export function createScorer({ forest }: Baseline, { batch, cacheTtlMs, gate }: ScorerOptions): Scorer {
  let model: Uint8Array | null = null;
  const session = lazySession(async () => (model ??= isolationForestToOnnx(forest)), {
    width: FEATURE_COUNT,
    name: 'log-forest',
    ...(gate === undefined ? {} : { gate }),
  });
  const remembered = createBounded<string, { readonly score: number; readonly untilMs: number }>(REMEMBERED);
  let [hits, asked] = [0, 0];

  const run = async (rows: readonly Float32Array[]): Promise<Float32Array> => {
    const flat = new Float32Array(rows.length * FEATURE_COUNT);
    for (const [i, row] of rows.entries()) flat.set(row, i * FEATURE_COUNT);
    const paths = await session.run(flat);
    return paths.map((path) => scoreOfPath(forest.samples, path));
  };

  return {
    score: async (rows, nowMs) => {
      const scores = new Float32Array(rows.length);
      const missing: number[] = [];
      const keys = cacheTtlMs > 0 && rows.length <= REMEMBER_UP_TO ? rows.map(keyOf) : null;
      asked += rows.length;
      for (const i of rows.keys()) {
        const known = keys === null ? undefined : remembered.get(keys[i] ?? '');
        if (known !== undefined && known.untilMs > nowMs) {
          scores[i] = known.score;
          hits += 1;
        } else missing.push(i);
      }
      for (let from = 0; from < missing.length; from += batch) {
        const part = missing.slice(from, from + batch);
        const found = await run(part.map((i) => rows[i] as Float32Array));
        for (const [k, i] of part.entries()) {
          const score = found[k] as number;
          scores[i] = score;
          if (keys !== null) remembered.set(keys[i] ?? '', { score, untilMs: nowMs + cacheTtlMs });
        }
      }
      return scores;
    },
    release: session.release,
    cached: () => ({ hits, asked }),
  };
}

/** The same without the runtime, which alone is a third of the memory of a command that reads a file once. */
export const createPlainScorer = ({ forest }: Baseline): Scorer => ({
  score: (rows) => Promise.resolve(Float32Array.from(rows, (row) => isolationScore(forest, row))),
  release: () => Promise.resolve(),
  cached: () => ({ hits: 0, asked: 0 }),
});

const keyOf = (row: Float32Array): string => Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString('latin1');
