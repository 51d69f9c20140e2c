// Numbers with their moments in, what they came to in the last minute out; sixty figures, however many there were.

export interface MinuteCount {
  readonly add: (many: number, atMs: number) => void;
  readonly sum: (nowMs: number) => number;
}

const SECONDS = 60;

export function createMinuteCount(): MinuteCount {
  const counts = Array.from({ length: SECONDS }, () => 0);
  /** The second that each of them is of. */
  const seconds = Array.from({ length: SECONDS }, () => -Infinity);
  return {
    add: (many, atMs) => {
      const second = Math.floor(atMs / 1000);
      const place = second % SECONDS;
      if (seconds[place] !== second) [seconds[place], counts[place]] = [second, 0];
      counts[place] = (counts[place] ?? 0) + many;
    },
    sum: (nowMs) => {
      const now = Math.floor(nowMs / 1000);
      const isOfIt = (second: number | undefined): boolean =>
        second !== undefined && second > now - SECONDS && second <= now;
      return counts.reduce((sum, many, place) => (isOfIt(seconds[place]) ? sum + many : sum), 0);
    },
  };
}
