// Numbers of several kinds in, each e^(-2 x) of some x; out, the sums of x by kind. The logarithm of a product stands for the sum of
// logarithms, which are what takes the time.

export interface ProductSums {
  /** @param quotient from e^-3 to e^5, the bounds of a ratio in owner-model.ts */
  readonly add: (kind: number, quotient: number) => void;
  readonly sums: () => Float64Array;
}

/** So many are multiplied at once: their product must stay a number. */
const AT_ONCE = 64;

export function productSums(kinds: number): ProductSums {
  const sums = new Float64Array(kinds);
  const products = new Float64Array(kinds).fill(1);
  let multiplied = 0;
  const addUp = (): void => {
    for (let kind = 0; kind < kinds; kind += 1) {
      sums[kind] = (sums[kind] as number) - Math.log(products[kind] as number) / 2;
      products[kind] = 1;
    }
    multiplied = 0;
  };
  return {
    add: (kind, quotient) => {
      products[kind] = (products[kind] as number) * quotient;
      multiplied += 1;
      if (multiplied === AT_ONCE) addUp();
    },
    sums: () => {
      addUp();
      return sums;
    },
  };
}
