// Figures and times in, how a reader wants them out. Pure.

/** Three significant digits, whole numbers in groups of three, millions by their sign. */
export function shortNumber(value: number | null): string {
  if (value === null) return '—';
  const rounded = Number(value.toPrecision(3));
  if (Math.abs(rounded) >= 1e6) return `${rounded / 1e6} M`;
  return Math.abs(rounded) >= 1000 ? rounded.toLocaleString('en-US') : String(rounded);
}

export function minutesOf(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
