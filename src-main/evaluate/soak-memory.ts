// The samples after the warm-up in, whether the memory is flat out. Each hour of life counts as one point, its median: in each the same is done
// (what is over is rolled up, a log is rotated), and the waves inside of it are no trend. What is judged is memory that is the agent's own:
// of what it shares (Node itself, libraries) its proportional size counts a part that changes with the other programs on the machine.
import { medianOf, senSlope, type Slope } from './sen-slope.ts';
import type { Verdict } from './soak-verdict.ts';
import type { SoakSample } from './soak-record.ts';

/** MB per hour of the wall. */
const FLAT_BELOW = 1;
const MB_PER_MIB = 2 ** 20 / 1e6;
const BYTES_PER_MB = 1e6;
const SECONDS_AN_HOUR = 3600;
const LEAST_BLOCKS = 8;
const SHORT_BLOCK_S = 60;

type Reading = (sample: SoakSample) => number | null;

const own: Reading = ({ outside }) => (outside.anonymousMiB + outside.swapMiB) * MB_PER_MIB;
const SHOWN: readonly (readonly [string, Reading])[] = [
  ['memory, proportional (PSS)', ({ outside }) => outside.pssMiB * MB_PER_MIB],
  ['memory, resident (RSS)', ({ outside }) => outside.rssMiB * MB_PER_MIB],
  [
    'JavaScript alive at the least',
    ({ outside }) => (outside.inside === null ? null : outside.inside.heapLowBytes / BYTES_PER_MB),
  ],
  [
    'buffers outside of the heap',
    ({ outside }) => (outside.inside === null ? null : outside.inside.externalBytes / BYTES_PER_MB),
  ],
];

export function judgeMemory(settled: readonly SoakSample[], speed: number): readonly Verdict[] {
  return [
    verdict('memory of its own', settled, speed, own, true),
    // What is learned takes memory until enough is known: whether it ends shows in the second half.
    verdict('the same, second half', settled.slice(settled.length / 2), speed, own, false),
    ...SHOWN.map(([name, read]) => verdict(name, settled, speed, read, false)),
  ];
}

function verdict(name: string, settled: readonly SoakSample[], speed: number, read: Reading, judged: boolean): Verdict {
  const found = slopeOf(settled, speed, read);
  const values = settled.flatMap((sample) => read(sample) ?? []);
  const promised = judged ? `slope below ${FLAT_BELOW} MB/h` : '';
  if (found === null || values.length === 0)
    return { name, measured: 'too short to judge a slope', promised, ok: null };
  const { slope, low, high, points } = found;
  const doubt = judged && slope < FLAT_BELOW && high >= FLAT_BELOW ? '; one above the promise is not ruled out' : '';
  const sentence =
    `${signed(slope)} MB/h of the wall (95 %: ${signed(low)} to ${signed(high)}, ${points} points), ` +
    `${signed(slope / speed)} MB/h of life; ${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} MB${doubt}`;
  return { name, measured: sentence, promised, ok: judged ? slope < FLAT_BELOW : null };
}

/** MB per hour of the wall; null where it is too short. */
export function slopeOf(settled: readonly SoakSample[], speed: number, read: Reading): Slope | null {
  for (const blockS of [SECONDS_AN_HOUR / speed, SHORT_BLOCK_S]) {
    const blocks = Map.groupBy(settled, ({ wallS }) => Math.floor(wallS / blockS));
    // The first and the last may be parts of a block.
    const whole = [...blocks.entries()].slice(1, -1);
    if (whole.length < LEAST_BLOCKS) continue;
    const points = whole.flatMap(([block, samples]) => {
      const values = samples.flatMap((sample) => read(sample) ?? []);
      return values.length === 0 ? [] : [{ hour: ((block + 0.5) * blockS) / SECONDS_AN_HOUR, value: medianOf(values) }];
    });
    return senSlope(
      points.map(({ hour }) => hour),
      points.map(({ value }) => value),
    );
  }
  return null;
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
