// A small population prior of graphs for tests: two listed keys, two listed pairs, numbers that a calculation by hand can follow.
import type { GraphPriorFile, GraphPriorType } from './graph-prior.ts';

const CLASSES = 14;

function moments(part: Omit<GraphPriorType, 'classMeans' | 'groupMeans'>, step: number): GraphPriorType {
  const classMeans = Array.from({ length: CLASSES }, (_, k) => part.mean + step * k);
  return { ...part, classMeans, groupMeans: { '3,0': -1.55 } };
}

const pair = (mean: number): GraphPriorType =>
  moments(
    {
      ...{ within: 0.11, person: 0.044, personClass: 0.016, personGraph: 0.037, graphSpread: 0.034, mean },
      graphs: { 't|a': [mean - 0.2, 0.002, 0.1, 45], 'a|space': [mean - 0.1, 0.001, 0.08, 58] },
    },
    0.02,
  );
const hold = moments(
  {
    ...{ within: 0.06, person: 0.03, personClass: 0.003, personGraph: 0.007, graphSpread: 0.003, mean: -2 },
    graphs: { t: [-2.05, 0.0001, 0.06, 83], a: [-1.95, 0.0002, 0.05, 80] },
  },
  0.01,
);

/** 64 numbers of a person: variances of 0.04 for what is general, 0.01 for the classes; offsets of hold and pp go together. */
function covariance(): number[] {
  const rows = Array.from({ length: 64 }, (_, i) => Array.from({ length: i + 1 }, () => 0));
  for (const [i, row] of rows.entries()) row[i] = i < 8 ? 0.04 : 0.01;
  const pp = rows[2];
  if (pp !== undefined) pp[0] = 0.02;
  return rows.flat();
}

export const smallGraphPrior: GraphPriorFile = {
  ...{ format: 1, table: 'graphs/1', people: 83, keystrokes: 10_000, sources: [] },
  types: [hold, pair(-1.4), pair(-0.9), pair(-1.3)],
  theta: { mean: Array.from({ length: 64 }, (_, i) => (i < 8 && i % 2 === 1 ? -0.3 : 0)), covariance: covariance() },
  graphCorrelation: [0.8, 0.7, 0.75],
  corrections: { share: 0.02, concentration: 100 },
  calibration: {
    measured: 'invented',
    sizes: [
      { keys: 20, slope: 6, intercept: -2.5 },
      { keys: 50, slope: 9, intercept: -3 },
    ],
  },
};
