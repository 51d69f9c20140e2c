// Nothing in, rows of the host's series out, as no quiet machine makes them: every series moves every second, about a level that goes up
// and down with the day. What is kept of such a machine is more than of a real one, where much stands still for hours.
import { createRandom } from '../agent/learn/random.ts';
import type { RawEvent } from '../agent/store/series/raw-events.ts';
import { HOST_SERIES } from '../agent/store/series/streams.ts';

export interface InventedHost {
  /** The same row for the same second, in an array that is used again. */
  readonly row: (second: number) => Float64Array;
  readonly event: (second: number) => RawEvent;
}

/** Prime, so that no hour begins as the one before. */
const NOISES = 7919;
const SECONDS_A_DAY = 86_400;
/** Of a value, from second to second. */
const SPREAD = 0.2;
const PARTS = { cpu: 4, disk: 2, network: 3 } as const;

export function inventHost(seed: number): InventedHost {
  const random = createRandom(seed);
  const levels = HOST_SERIES.map((series) => {
    if (series.endsWith('Percent')) return 30;
    return series.endsWith('BytesPerSecond') ? 250_000 : series.endsWith('MiB') ? 9000 : 400;
  });
  const noise = Float64Array.from({ length: NOISES * levels.length }, () => Math.exp(SPREAD * random.normal()));
  const row = new Float64Array(levels.length);
  return {
    row: (second) => {
      const day = 1 + 0.5 * Math.sin((2 * Math.PI * second) / SECONDS_A_DAY);
      const at = (second % NOISES) * levels.length;
      for (const [i, level] of levels.entries()) row[i] = level * day * (noise[at + i] as number);
      return row;
    },
    event: (second) => {
      const readings = (part: number) =>
        Object.fromEntries(
          Array.from({ length: 8 }, (_, i) => [
            `field${i}PerSecond`,
            1000 * (noise[(second + 8 * part + i) % noise.length] ?? 1),
          ]),
        );
      const parts = Object.entries(PARTS).map(([source, count]) => [
        source,
        Object.fromEntries(Array.from({ length: count }, (_, part) => [`${source}${part}`, readings(part)])),
      ]);
      return { kind: 'metric', parts: Object.fromEntries(parts) as Extract<RawEvent, { kind: 'metric' }>['parts'] };
    },
  };
}
