// /sys/class/power_supply enters; whether the machine runs on its battery, and how full that is, leaves. A mouse has a battery as well, and so
// has a UPS, which feeds the machine through its mains: neither says anything here.
// https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-power.
import type { PowerView } from '../../../src-preload/contract.ts';
import type { ProcFiles } from '../collect/host/proc-files.ts';

export type Power = Pick<PowerView, 'source' | 'batteryPercent'>;

const FOLDER = '/sys/class/power_supply';
/** Feeds the machine from outside. A charger at a USB port is of type USB. */
const LINES: ReadonlySet<string> = new Set(['Mains', 'USB', 'Wireless']);

/** unknown: no battery of the machine's own, or no such folder: then it hangs on the mains, and nobody need know. */
export function readPower(files: Pick<ProcFiles, 'list' | 'readOnce'>): Power {
  const own = files.list(FOLDER).flatMap((name) => {
    const field = (file: string): string | null => files.readOnce(`${FOLDER}/${name}/${file}`)?.trim() ?? null;
    return field('scope') === 'Device' ? [] : [{ type: field('type') ?? '', field }];
  });
  const lines = own.filter(({ type }) => LINES.has(type)).map(({ field }) => field('online'));
  const batteries = own
    .filter(({ type, field }) => type === 'Battery' && field('present') !== '0')
    .map(({ field }) => ({
      status: field('status'),
      percent: numberOf(field('capacity')),
      // By this the batteries of one machine are weighed; both in micro units, and only compared with each other.
      size: numberOf(field('energy_full')) ?? numberOf(field('charge_full')) ?? 1,
    }));
  if (batteries.length === 0) return { source: 'unknown', batteryPercent: null };
  const known = batteries.filter(({ percent }) => percent !== null);
  const size = known.reduce((sum, one) => sum + one.size, 0);
  const full = known.reduce((sum, { percent, size: of }) => sum + (percent ?? 0) * of, 0);
  const batteryPercent = known.length === 0 ? null : Math.min(100, Math.max(0, full / size));
  return { source: sourceOf(lines, batteries), batteryPercent };
}

/** A battery that is discharging while a charger is plugged in has a weak charger, but one that is there. */
function sourceOf(
  lines: readonly (string | null)[],
  batteries: readonly { readonly status: string | null }[],
): Power['source'] {
  if (lines.includes('1')) return 'mains';
  if (batteries.some(({ status }) => status === 'Discharging')) return 'battery';
  if (batteries.some(({ status }) => status === 'Charging' || status === 'Full')) return 'mains';
  // The battery does not say; a line that is there and gives nothing does.
  return lines.includes('0') ? 'battery' : 'unknown';
}

function numberOf(text: string | null): number | null {
  const value = text === null || text === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
