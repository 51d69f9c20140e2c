// How the way to Redis stands in, what is said of it under Settings out.
import type { Ability, RedisView } from '../src-preload/contract.ts';
import { counted, quantity } from './format.ts';

export function redisSentence({ wanted, sent, waiting, dropped }: RedisView): string {
  if (!wanted) return 'Empty, nothing goes there. With rediss:// nobody on the way can read along.';
  const parts = [`${counted(sent, 'record')} taken since the start`];
  if (waiting > 0) parts.push(`${quantity(waiting)} waiting in memory`);
  if (dropped > 0) parts.push(`${quantity(dropped)} let go because too many waited`);
  return `${parts.join(', ')}.`;
}

/** Beside the address: it can be had, but may not work as it stands. */
export const redisAbility = ({ reason, fix, status }: RedisView): Ability => ({
  available: true,
  reason,
  fix: reason === null ? null : (fix ?? (status === 'waiting' ? 'It is tried again by itself.' : null)),
});
