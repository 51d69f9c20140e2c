// What scorers have published in, whether every entry was scored once and as one process alone scores it out.
export interface HeardScores {
  readonly add: (json: string, atMs: number) => void;
  readonly count: () => number;
  /** When the score of an entry came, by run and number; undefined where it has not. */
  readonly atMs: (run: string, seq: number) => number | undefined;
  readonly judge: (expected: ReadonlyMap<string, readonly string[]>) => ScoreJudgement;
}

export interface ScoreJudgement {
  readonly expected: number;
  readonly missing: number;
  /** Scored more than once. */
  readonly doubled: number;
  /** Scored otherwise than by one process alone. */
  readonly different: number;
  /** Of a subject, later than one that comes after it. */
  readonly outOfOrder: number;
}

const keyOf = (json: string): string => {
  const { run, seq } = JSON.parse(json) as { readonly run: string; readonly seq: number };
  return `${run} ${seq}`;
};

export function hearScores(): HeardScores {
  const heard = new Map<string, { readonly json: string; readonly atMs: number; times: number }>();
  const lastSeq = new Map<string, number>();
  let [count, outOfOrder] = [0, 0];
  return {
    add: (json, atMs) => {
      count += 1;
      const key = keyOf(json);
      const [run = '', seq = ''] = key.split(' ');
      if (Number(seq) < (lastSeq.get(run) ?? 0)) outOfOrder += 1;
      lastSeq.set(run, Math.max(Number(seq), lastSeq.get(run) ?? 0));
      const known = heard.get(key);
      if (known === undefined) heard.set(key, { json, atMs, times: 1 });
      else known.times += 1;
    },
    count: () => count,
    atMs: (run, seq) => heard.get(`${run} ${seq}`)?.atMs,
    judge: (expected) => {
      const all = [...expected.values()].flat();
      const found = all.map((json) => ({ json, was: heard.get(keyOf(json)) }));
      return {
        expected: all.length,
        missing: found.filter(({ was }) => was === undefined).length,
        doubled: [...heard.values()].filter(({ times }) => times > 1).length,
        different: found.filter(({ json, was }) => was !== undefined && was.json !== json).length,
        outOfOrder,
      };
    },
  };
}
