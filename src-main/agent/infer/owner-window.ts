// Times of keys and pairs of keys in, newest last, and out again, oldest first; out, how well the owner explains all that are in, and how
// many are close to what he does. What he expects of each is looked up once, and lies in rows, for a window is gone through each second.
import { GRAPH_TYPES } from '../features/graphs.ts';
import { clippedQuotient, follow, seenWith, thinness, type JudgedGraph, type OwnerModel } from './owner-model.ts';
import { productSums } from './product-sums.ts';

/** A time within so many standard deviations is close to the owner's. */
export const CLOSE_SD = 1.5;

export interface OwnerWindow {
  readonly add: (graphs: readonly JudgedGraph[]) => void;
  readonly drop: (times: number) => void;
  /** As `ownerSums(owner.sitting(), graphs)`, to the last bit. */
  readonly sums: () => Float64Array;
  readonly close: () => number;
}

const TYPES = GRAPH_TYPES.length;
/** Of a row: distance from what is expected, its variance, how thin the population is there. */
const WIDTH = 3;
const LEAST_ROWS = 1024;

export function ownerWindow(owner: OwnerModel): OwnerWindow {
  let rows = new Float64Array(WIDTH * LEAST_ROWS);
  let types = new Uint8Array(LEAST_ROWS);
  /** Whether a time is close. */
  let near = new Uint8Array(LEAST_ROWS);
  let [first, end, close] = [0, 0, 0];

  /** Room for so many more: to the front, or into larger arrays where more than half is in use. */
  function makeRoom(more: number): void {
    if (end + more <= types.length) return;
    const size = 2 * (end - first + more) > types.length ? 2 * (end - first + more) : types.length;
    const [allRows, allTypes, allNear] = [rows, types, near];
    if (size > types.length) {
      [rows, types, near] = [new Float64Array(WIDTH * size), new Uint8Array(size), new Uint8Array(size)];
    }
    rows.set(allRows.subarray(WIDTH * first, WIDTH * end));
    types.set(allTypes.subarray(first, end));
    near.set(allNear.subarray(first, end));
    [first, end] = [0, end - first];
  }

  return {
    add: (graphs) => {
      makeRoom(graphs.length);
      for (const { belief, value, thinness: inPopulation } of graphs) {
        const { mean, variance } = owner.expects(belief);
        const apart = value - mean;
        rows[WIDTH * end] = apart;
        rows[WIDTH * end + 1] = variance;
        rows[WIDTH * end + 2] = inPopulation;
        types[end] = belief.type;
        near[end] = Math.abs(apart) < CLOSE_SD * Math.sqrt(variance) ? 1 : 0;
        close += near[end] ?? 0;
        end += 1;
      }
    },
    drop: (times) => {
      for (const until = Math.min(end, first + times); first < until; first += 1) close -= near[first] ?? 0;
    },
    sums: () => {
      const offsets = owner.offsets();
      const products = productSums(TYPES);
      for (let i = first; i < end; i += 1) {
        const type = types[i] as number;
        const offset = offsets[type];
        if (offset === undefined) throw new Error(`there is no graph type ${type}`);
        const deviation = (rows[WIDTH * i] as number) - offset.mean;
        const all = (rows[WIDTH * i + 1] as number) + offset.variance;
        products.add(type, clippedQuotient(thinness(deviation, all), rows[WIDTH * i + 2] as number));
        if (offset.variance > 0) follow(offset, deviation, seenWith(deviation, all));
      }
      return products.sums();
    },
    close: () => close,
  };
}
