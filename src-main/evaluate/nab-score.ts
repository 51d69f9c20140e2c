// Anomaly scores of files with known windows enter, the score of the Numenta Anomaly Benchmark leaves. Lavin and Ahmad (2015),
// "Evaluating Real-Time Anomaly Detection Algorithms", https://doi.org/10.1109/ICMLA.2015.141, section III: a window counts once, the
// more the earlier it is noticed; a false alarm costs the more the further it lies behind a window; one threshold serves all files.

export interface ScoredFile {
  /** One a row, in the order of the file. */
  readonly scores: Float64Array;
  /** Rows of each window, first and last included, in order. */
  readonly windows: readonly (readonly [first: number, last: number])[];
}

/** Weights of a window that is noticed, a false alarm, and a window that is missed. */
export interface NabProfile {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}

export const NAB_PROFILES = {
  standard: { truePositive: 1, falsePositive: 0.11, falseNegative: 1 },
  lowFalsePositives: { truePositive: 1, falsePositive: 0.22, falseNegative: 1 },
  lowFalseNegatives: { truePositive: 1, falsePositive: 0.11, falseNegative: 2 },
} as const satisfies Record<string, NabProfile>;
export type NabProfileName = keyof typeof NAB_PROFILES;

export interface NabScore {
  /** 100 for every window noticed in its first row and nothing else, 0 for silence. */
  readonly score: number;
  /** Rows with at least this score are alarms. */
  readonly threshold: number;
  readonly windows: number;
  readonly windowsFound: number;
  readonly falseAlarms: number;
  /** Rows that count: those of the probation are left out. */
  readonly rows: number;
}

const PROBATION_SHARE = 0.15;
const PROBATION_ROWS = 5000;
/** From here on a false alarm is simply one. */
const FAR_BEHIND = 3;

/** -1 at the beginning of a window, 0 at its end, 1 a window's length behind it. */
export const scaledSigmoid = (position: number): number =>
  position >= FAR_BEHIND ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;

/** Rows at the beginning of a file in which a detector may still learn. */
export const probationRows = (rows: number): number =>
  Math.min(Math.floor(PROBATION_SHARE * rows), PROBATION_SHARE * PROBATION_ROWS);

interface Row {
  readonly score: number;
  /** What an alarm in it is worth. */
  readonly worth: number;
  /** Number of its window over all files; -1 outside. */
  readonly window: number;
}

/** @param threshold that of the alarms; null: the one that gives the highest score, as the benchmark chooses it. */
export function nabScore(files: readonly ScoredFile[], profile: NabProfile, threshold: number | null = null): NabScore {
  const { rows, windows } = rowsOf(files, profile);
  const sorted = rows.toSorted((a, b) => b.score - a.score);
  const missed = -profile.falseNegative;
  const found = new Float64Array(windows).fill(missed);
  const best = { score: missed * windows, threshold: Infinity, windowsFound: 0, falseAlarms: 0 };
  let [sum, windowsFound, falseAlarms] = [best.score, 0, 0];
  for (const [i, { score, worth, window }] of sorted.entries()) {
    if (threshold !== null && score < threshold) break;
    if (window < 0) {
      sum += worth;
      falseAlarms += 1;
    } else if (worth > (found[window] ?? 0)) {
      if (found[window] === missed) windowsFound += 1;
      sum += worth - (found[window] ?? 0);
      found[window] = worth;
    }
    // Rows of the same score are alarms together or not at all.
    const complete = sorted[i + 1]?.score !== score;
    if (complete && (threshold !== null || sum > best.score))
      Object.assign(best, { score: sum, threshold: score, windowsFound, falseAlarms });
  }
  const silence = missed * windows;
  const perfect = profile.truePositive * windows;
  return {
    ...best,
    threshold: threshold ?? best.threshold,
    score: windows === 0 ? 0 : (100 * (best.score - silence)) / (perfect - silence),
    windows,
    rows: rows.length,
  };
}

function rowsOf(files: readonly ScoredFile[], profile: NabProfile) {
  const rows: Row[] = [];
  let windows = 0;
  for (const file of files) {
    const probation = probationRows(file.scores.length);
    const seen = new Set<number>();
    for (const [i, { worth, window }] of [...worthOf(file, profile)].entries()) {
      if (i < probation) continue;
      if (window >= 0) seen.add(window);
      rows.push({ score: file.scores[i] ?? 0, worth, window: window < 0 ? -1 : windows + window });
    }
    // One that lies in the probation can't be missed; it would be first.
    if (seen.size < file.windows.length) throw new Error('a window lies within the probation of its file');
    windows += file.windows.length;
  }
  return { rows, windows };
}

/** What an alarm in each row is worth. */
function* worthOf({ scores, windows }: ScoredFile, profile: NabProfile): Generator<Omit<Row, 'score'>> {
  let next = 0;
  let before: readonly [number, number] | null = null;
  for (let i = 0; i < scores.length; i++) {
    const window = windows[next];
    if (window !== undefined && i >= window[0]) {
      const [first, last] = window;
      const position = -(last - i + 1) / (last - first + 1);
      yield { worth: (profile.truePositive * scaledSigmoid(position)) / scaledSigmoid(-1), window: next };
      if (i === last) {
        before = window;
        next += 1;
      }
    } else {
      const behind = before === null ? FAR_BEHIND : (i - before[1]) / (before[1] - before[0]);
      yield { worth: profile.falsePositive * scaledSigmoid(behind), window: -1 };
    }
  }
}
