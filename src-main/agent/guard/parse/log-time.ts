// Times as logs write them in, milliseconds since the epoch out. RFC 3164 leaves out the year and the zone: the year follows from
// the order of the lines and a moment that none of them can be after, the zone is that of the process.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Clocks of two machines may differ, so a line may be a little ahead. */
const AHEAD_MS = DAY_MS;
/** A step back of more than this is the turn of a year; less is a clock that was set, or lines out of order. */
const TURN_MS = 183 * DAY_MS;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_OF = new Map(MONTHS.map((name, month) => [name, month]));

/** Moment and where in the text it ends; reused, so read it before the next call. */
export interface Found {
  atMs: number;
  end: number;
}
const found: Found = { atMs: 0, end: 0 };

const digit = (text: string, at: number): number => {
  const code = text.charCodeAt(at) - 48;
  return code >= 0 && code <= 9 ? code : NaN;
};
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/** Milliseconds of `HH:MM:SS`; NaN for anything else. A leap second counts as the one before it. */
function clockMs(text: string, at: number): number {
  const [hours, minutes, seconds] = [two(text, at), two(text, at + 3), two(text, at + 6)];
  if (text[at + 2] !== ':' || text[at + 5] !== ':' || !(hours < 24 && minutes < 60 && seconds < 61)) return NaN;
  return hours * HOUR_MS + minutes * MINUTE_MS + Math.min(seconds, 59) * 1000;
}

let utcKey = -1;
let utcMs = 0;
/** Midnight of a day in UTC; NaN for a day that does not exist. */
function utcDay(year: number, month: number, day: number): number {
  const key = (year * 12 + month) * 32 + day;
  if (key === utcKey) return utcMs;
  const date = new Date(Date.UTC(year, month, day));
  utcMs = date.getUTCDate() === day && date.getUTCMonth() === month ? date.getTime() : NaN;
  utcKey = Number.isNaN(key) ? -1 : key;
  return utcMs;
}

let localKey = -1;
let localMs = 0;
/** The beginning of an hour of local time. Of an hour that comes twice the first; one that is left out is the next. */
function localHour(year: number, month: number, day: number, hour: number): number {
  const key = ((year * 12 + month) * 32 + day) * 24 + hour;
  if (key === localKey) return localMs;
  localMs = new Date(year, month, day, hour).getTime();
  localKey = key;
  return localMs;
}

/**
 * `2024-01-05T10:11:12.123456+01:00`, with `Z`, `+0100` or nothing for local time, and `T` or a space in the middle.
 * @returns null where there is no such time; the answer is reused.
 */
export function readIso(text: string, at: number): Found | null {
  const year = two(text, at) * 100 + two(text, at + 2);
  const month = two(text, at + 5) - 1;
  const day = two(text, at + 8);
  const midnight = utcDay(year, month, day);
  const clock = clockMs(text, at + 11);
  if (Number.isNaN(midnight + clock)) return null;
  let end = at + 19;
  let fraction = 0;
  if (text[end] === '.' || text[end] === ',') {
    let scale = 100;
    for (end += 1; !Number.isNaN(digit(text, end)); end += 1, scale /= 10) fraction += digit(text, end) * scale;
  }
  const sign = text[end];
  if (sign === 'Z') return done(midnight + clock + fraction, end + 1);
  if (sign === '+' || sign === '-') {
    const minutesAt = text[end + 3] === ':' ? end + 4 : end + 3;
    const offset = two(text, end + 1) * HOUR_MS + two(text, minutesAt) * MINUTE_MS;
    if (Number.isNaN(offset)) return null;
    return done(midnight + clock + fraction - (sign === '+' ? offset : -offset), minutesAt + 2);
  }
  const intoHour = clock % HOUR_MS;
  return done(localHour(year, month, day, Math.floor(clock / HOUR_MS)) + intoHour + fraction, end);
}

function done(atMs: number, end: number): Found {
  found.atMs = Math.floor(atMs);
  found.end = end;
  return found;
}

/** Tells the years of lines that leave theirs out. */
export interface YearClock {
  /** `Dec 10 06:55:46`, also with a year after the day. @returns null where there is no such time; the answer is reused. */
  readonly read: (text: string, at: number) => Found | null;
}

/** @param notAfterMs no line was written after this: the present, or when the file was last written to. */
export function yearClock(notAfterMs: () => number): YearClock {
  let lastMs: number | null = null;
  let year = 0;

  const momentIn = (inYear: number, month: number, day: number, clock: number): number => {
    const atMs = localHour(inYear, month, day, Math.floor(clock / HOUR_MS)) + (clock % HOUR_MS);
    // The 29th of February of a year that has none.
    return day < 29 || new Date(atMs).getMonth() === month ? atMs : NaN;
  };
  /** The last year in which the day exists and that does not put the line into the future. */
  const latest = (month: number, day: number, clock: number): number => {
    const limitMs = notAfterMs() + AHEAD_MS;
    const from = new Date(limitMs).getFullYear();
    for (let candidate = from; candidate > from - 9; candidate -= 1) {
      const atMs = momentIn(candidate, month, day, clock);
      if (atMs <= limitMs) return candidate;
    }
    return from;
  };
  const place = (month: number, day: number, clock: number): number => {
    if (lastMs === null) year = latest(month, day, clock);
    let atMs = momentIn(year, month, day, clock);
    if (lastMs !== null && !(atMs > lastMs - TURN_MS)) {
      const next = momentIn(year + 1, month, day, clock);
      if (next <= notAfterMs() + AHEAD_MS) year += 1;
      else year = latest(month, day, clock);
      atMs = momentIn(year, month, day, clock);
    } else if (lastMs !== null && atMs > lastMs + TURN_MS) {
      // A straggler of the old year: the clock stays in the new one.
      return momentIn(year - 1, month, day, clock);
    }
    lastMs = atMs;
    return atMs;
  };

  return {
    read: (text, at) => {
      const month = MONTH_OF.get(text.slice(at, at + 3));
      if (month === undefined || text[at + 3] !== ' ') return null;
      // RFC 3164 pads the day with a space; some write one digit alone.
      let dayAt = at + 4;
      if (text[dayAt] === ' ') dayAt += 1;
      const wide = !Number.isNaN(digit(text, dayAt + 1));
      const day = wide ? two(text, dayAt) : digit(text, dayAt);
      let clockAt = dayAt + (wide ? 3 : 2);
      if (!(day >= 1 && day <= 31) || text[clockAt - 1] !== ' ') return null;
      const named = two(text, clockAt) * 100 + two(text, clockAt + 2);
      const withYear = named >= 1970 && text[clockAt + 4] === ' ';
      if (withYear) clockAt += 5;
      const clock = clockMs(text, clockAt);
      if (Number.isNaN(clock)) return null;
      const atMs = withYear ? momentIn(named, month, day, clock) : place(month, day, clock);
      return Number.isNaN(atMs) ? null : done(atMs, clockAt + 8);
    },
  };
}
