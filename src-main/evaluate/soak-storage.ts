// What the data took, sample by sample, in; whether it is as much as was forecast out. Hours are those of life: once in each what is over is
// rolled up, and the database is smallest then.
import { senSlope } from './sen-slope.ts';
import type { StorageForecast, Verdict } from './soak-verdict.ts';
import type { SoakSample } from './soak-record.ts';

const SECONDS_AN_HOUR = 3600;
const BYTES_PER_MB = 1e6;
const HOURS_A_DAY = 24;
/** More than the forecast by this much is not as forecast. Fixed before the first run. */
const TOLERANCE = 1.2;
/** Until models are there, little is written. */
const FIRST_HOURS = 3;

/** By the beginning of the file's name; each with its log and index. */
const PARTS = [
  ['database', /^seclyzer\.db/],
  ['log guard', /^guard\.db/],
  ['models', /^models\//],
] as const;
const DATABASE = PARTS[0][1];

/** @param livedHours that were stored before the first sample. */
export function judgeStorage(
  samples: readonly SoakSample[],
  forecast: StorageForecast | null,
  livedHours = 0,
): readonly Verdict[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const whole = leastByHour(samples, (file) => DATABASE.test(file));
  const hours = livedHours + whole.length;
  const now = whole.at(-1);
  const known = forecast?.[hours - 1];
  const growth = slopeOf(whole);
  const parts = PARTS.map(([name, files]) => `${name} ${mb(bytesOf(last, (file) => files.test(file)))}`);
  const other = bytesOf(last, (file) => !PARTS.some(([, files]) => files.test(file)));
  return [
    {
      name: 'database after roll-up',
      measured:
        now === undefined
          ? 'too short: no hour of life is over'
          : `${mb(now)} after ${hours} h of life${known === undefined ? '' : `; ${mb(known)} were forecast`}`,
      promised: `at most ${TOLERANCE} × the forecast`,
      ok: now === undefined || known === undefined ? null : now <= TOLERANCE * known,
    },
    {
      ...{ name: 'database, growth', promised: '', ok: null },
      measured:
        growth === null
          ? 'too short to tell'
          : `${mb(growth * HOURS_A_DAY)} a day of life, before a day is over and the finest rows go`,
    },
    { name: 'data folder', measured: [...parts, `other ${mb(other)}`].join(', '), promised: '', ok: null },
  ];
}

/** Bytes, for each hour of life from the second on that is over: the first is without a roll-up. */
function leastByHour(samples: readonly SoakSample[], isCounted: (file: string) => boolean): readonly number[] {
  const hours = Map.groupBy(samples, ({ lifeS }) => Math.floor(lifeS / SECONDS_AN_HOUR));
  return [...hours.entries()].slice(1, -1).map(([, of]) => Math.min(...of.map((sample) => bytesOf(sample, isCounted))));
}

const slopeOf = (whole: readonly number[]): number | null =>
  senSlope(
    whole.slice(FIRST_HOURS).map((_, i) => i),
    whole.slice(FIRST_HOURS),
  )?.slope ?? null;

const bytesOf = ({ outside }: SoakSample, isCounted: (file: string) => boolean): number =>
  Object.entries(outside.storage).reduce((sum, [file, bytes]) => sum + (isCounted(file) ? bytes : 0), 0);

const mb = (bytes: number): string => `${(bytes / BYTES_PER_MB).toFixed(1)} MB`;
