// Numbers and times as the page writes them. In: values with their units. Out: short text; `—` stands for what is not known.

export const UNKNOWN = '—';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToTenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const monthDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

/** 0-100 without decimals, rounded down: 69.6 is below a threshold of 70, and 100 would claim to be certain. */
export const score = (value: number | null): string => (value === null ? UNKNOWN : whole.format(Math.floor(value)));
export const quantity = (value: number): string => whole.format(value);
/** `1 alert`, `1,200 alerts`. */
export const counted = (many: number, one: string, several = `${one}s`): string =>
  `${whole.format(many)} ${many === 1 ? one : several}`;
/** A limit is set by somebody, not measured: no figures that say nothing. */
export const limit = (value: number): string => upToTenth.format(value);
/** A share of 1 as a percentage, rounded down: what is unfinished must not look finished. */
export const percent = (share: number): string => `${Math.floor(share * 100)} %`;
/** One decimal below ten, none above: as many figures as a glance can use. */
export const measure = (value: number): string => (value < 9.95 ? tenth.format(value) : whole.format(value));

/** Points of trust with a true sign, as wide as a figure: `+2.1`, `−31`; null when nothing worth a figure has moved. */
export function signedPoints(points: number): string | null {
  const size = Math.abs(points);
  if (size < 0.05) return null;
  return `${points > 0 ? '+' : '−'}${measure(size)}`;
}

/** How much of `need` is there, 0-1; nothing needed is all there. */
export const shareOf = (have: number, need: number): number => (need > 0 ? Math.min(1, Math.max(0, have / need)) : 1);

export const clockTime = (atMs: number): string => clock.format(atMs);
export const clockTimeSeconds = (atMs: number): string => clockSeconds.format(atMs);
/** `Thu 2` */
export const weekdayAndDay = (atMs: number): string => `${weekday.format(atMs)} ${new Date(atMs).getDate()}`;
/** `14 May` */
export const dayAndMonth = (atMs: number): string => monthDay.format(atMs);
/** `Thu 2 May, 14:05` */
export const dayAndTime = (atMs: number): string =>
  `${weekday.format(atMs)} ${monthDay.format(atMs)}, ${clock.format(atMs)}`;
export const fullTime = (atMs: number): string => full.format(atMs);

/** `12 s`, `4 min`, `3 h 05 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} d${rest === 0 ? '' : ` ${rest} h`}`;
}

const dayOf = (atMs: number): string => new Date(atMs).toDateString();

/** From when to when: `14:02:11 to 14:05:30` of today, with the day of any other. */
export function stretch(firstMs: number, lastMs: number, nowMs: number): string {
  const isOneDay = dayOf(firstMs) === dayOf(lastMs);
  const isToday = isOneDay && dayOf(firstMs) === dayOf(nowMs);
  const first = isToday ? clockTimeSeconds(firstMs) : dayAndTime(firstMs);
  if (lastMs - firstMs < 1000) return first;
  const lastText = isToday ? clockTimeSeconds : isOneDay ? clockTime : dayAndTime;
  return `${first} to ${lastText(lastMs)}`;
}

/** `now` within five seconds, else `4 min ago`. */
export const ago = (ms: number): string => (ms < 5000 ? 'now' : `${duration(ms)} ago`);
