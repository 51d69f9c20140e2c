// Answers in, how many there were by endpoint and status out.

export interface Tally {
  readonly add: (path: string | undefined, status: number) => void;
  readonly totals: () => { readonly requests: number; readonly refused: number };
  readonly list: () => readonly (readonly [path: string, status: number, count: number])[];
}

/** Answers by endpoint and status; what is no endpoint counts as one, whatever was asked for. */
export function createTally(): Tally {
  const counts = new Map<string, [path: string, status: number, count: number]>();
  const totals = { requests: 0, refused: 0 };
  return {
    add: (path = 'none', status) => {
      totals.requests += 1;
      if (status >= 400) totals.refused += 1;
      const key = `${status} ${path}`;
      const known = counts.get(key);
      if (known === undefined) counts.set(key, [path, status, 1]);
      else known[2] += 1;
    },
    totals: () => ({ ...totals }),
    list: () => [...counts.values()],
  };
}
