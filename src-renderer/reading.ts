// A figure of the machine and its unit in, short text out; and the axis of a chart of such figures.
import { UNKNOWN } from './format.ts';

interface Scale {
  readonly divisor: number;
  readonly unit: string;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T'] as const;
const MIB_PER_GIB = 1024;
/** What would be written as a thousand is one of the next unit. */
const ROUNDED_UP = 1.0005;

/** The unit in which a figure of this size is best read: bytes by powers of a thousand, as throughput is given. */
function scaleFor(size: number, unit: string): Scale {
  if (unit === 'MiB' && size >= MIB_PER_GIB) return { divisor: MIB_PER_GIB, unit: 'GiB' };
  if (unit !== 'B/s') return { divisor: 1, unit };
  const power = Math.min(PREFIXES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size * ROUNDED_UP)) / 3)));
  return { divisor: 1000 ** power, unit: `${PREFIXES[power] ?? ''}B/s` };
}

const figures = (digits: number): Intl.NumberFormat => new Intl.NumberFormat('en', { maximumFractionDigits: digits });
const [WHOLE, TENTH, HUNDREDTH] = [figures(0), figures(1), figures(2)];

/** Two or three figures. */
function fine(value: number): string {
  const size = Math.abs(value);
  return (size >= 100 ? WHOLE : size >= 10 ? TENTH : HUNDREDTH).format(value);
}

/** Percentages, bytes and mebibytes have no fraction: nobody needs it, and it flickers. */
const plain = (value: number, unit: string): string =>
  unit === '%' || unit === 'B/s' || unit === 'MiB' ? WHOLE.format(value) : fine(value);

/** `12 %`, `1.23 MB/s`, `3.4 GiB`; `—` where it is not known. */
export const readingText = (value: number | null, unit: string): string => inUnit(value, unit, plain);

/** The same with three figures for every unit: for what does not change by the second. */
export const fineText = (value: number, unit: string): string => inUnit(value, unit, fine);

function inUnit(value: number | null, unit: string, write: (value: number, unit: string) => string): string {
  if (value === null || Number.isNaN(value)) return UNKNOWN;
  const scale = scaleFor(Math.abs(value), unit);
  const text = write(value / scale.divisor, scale.unit).replace('-', '−');
  return scale.unit === '' ? text : `${text} ${scale.unit}`;
}

export interface ReadingAxis {
  readonly top: number;
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
}

/** The least of these that is enough: one, two or five and zeros behind it, so that the middle is a full figure too. */
const STEPS = [1, 2, 4, 5, 10] as const;
const WHOLE_PERCENT = 100;

/**
 * From zero up, with a tick in the middle.
 * @param highest of what is drawn. @param least the axis ends no lower than this: the noise of nothing must not look like something.
 */
export function readingAxis(highest: number, unit: string, least: number): ReadingAxis {
  const most = Math.max(highest, least);
  const { divisor } = scaleFor(most, unit);
  const power = 10 ** Math.floor(Math.log10(most / divisor));
  const step = STEPS.find((one) => one * power >= most / divisor) ?? 10;
  const wanted = step * power * divisor;
  const top = unit === '%' && wanted > 50 ? WHOLE_PERCENT : wanted;
  // Its end may be a full thousand of the unit below.
  const scale = scaleFor(top, unit);
  const suffix = scale.unit === '' ? '' : ` ${scale.unit}`;
  return {
    top,
    ticks: [0, top / 2, top],
    tickText: (value) => (value === 0 ? '0' : `${HUNDREDTH.format(value / scale.divisor)}${suffix}`),
  };
}
