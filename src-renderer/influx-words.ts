// How the way to the database stands in, what is said of it under Settings out.
import type { Ability, InfluxView } from '../src-preload/contract.ts';
import { counted, quantity } from './format.ts';

const MIB = 2 ** 20;

export function influxSentence({ wanted, sent, waitingBytes, dropped, rejected, rejection }: InfluxView): string {
  if (!wanted) return 'Empty, nothing leaves this machine.';
  const parts = [`${counted(sent, 'line')} taken since the start`];
  if (waitingBytes > 0) parts.push(`${(waitingBytes / MIB).toFixed(1)} MiB wait on the disk`);
  if (dropped > 0) parts.push(`${quantity(dropped)} let go because too many waited`);
  if (rejected > 0) parts.push(`${quantity(rejected)} never taken and kept aside (seclyzer influx --rejected)`);
  const last = rejection === null ? '' : ` The last of them: ${rejection}.`;
  return `${parts.join(', ')}.${last}`;
}

/** Beside the address: it can be had, but may not work as it stands. */
export const influxAbility = ({ reason, fix, status }: InfluxView): Ability => ({
  available: true,
  reason,
  fix: reason === null ? null : (fix ?? (status === 'waiting' ? 'It is tried again by itself.' : null)),
});
