// What the roles ask of a connection to Redis: one command at a time, in order. Whoever has one makes this of it; tests may make another.
import { createHash } from 'node:crypto';
import { messageOf } from '../thrown.ts';

export type RedisArgument = string | Uint8Array;
/** Strings come back as bytes. */
export type RedisReply = Buffer | string | number | null | readonly RedisReply[];

export interface RedisCalls {
  /** Rejects where the connection is gone or Redis refuses; then it is not known whether the command was carried out. */
  readonly send: (args: readonly RedisArgument[]) => Promise<RedisReply>;
}

/** A script is carried out as a whole or not at all, and nothing comes between (https://redis.io/docs/latest/develop/interact/programmability/). */
export interface RedisScript {
  readonly text: string;
  readonly sha: string;
}

export const redisScript = (text: string): RedisScript => ({
  text,
  sha: createHash('sha1').update(text).digest('hex'),
});

/** By its digest, and with its text where the server does not know it yet. */
export async function runScript(
  { send }: RedisCalls,
  { text, sha }: RedisScript,
  keys: readonly string[],
  args: readonly (RedisArgument | number)[],
): Promise<RedisReply> {
  const rest = [String(keys.length), ...keys, ...args.map((arg) => (typeof arg === 'number' ? String(arg) : arg))];
  try {
    return await send(['EVALSHA', sha, ...rest]);
  } catch (error) {
    if (!messageOf(error).startsWith('NOSCRIPT')) throw error;
    return await send(['EVAL', text, ...rest]);
  }
}

/** @throws TypeError where the reply is not a list, text or a number: a server that is none of ours. */
export function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  if (Array.isArray(reply)) return reply as readonly RedisReply[];
  throw unexpected(reply);
}

export function bytesOf(reply: RedisReply | undefined): Buffer {
  if (Buffer.isBuffer(reply)) return reply;
  if (typeof reply === 'string') return Buffer.from(reply);
  throw unexpected(reply);
}

export const textOf = (reply: RedisReply | undefined): string => bytesOf(reply).toString('utf8');

export function numberOf(reply: RedisReply | undefined): number {
  const value = typeof reply === 'number' ? reply : Number(textOf(reply));
  if (Number.isFinite(value)) return value;
  throw unexpected(reply);
}

const unexpected = (reply: unknown): TypeError =>
  new TypeError(`Redis answered what was not asked for: ${typeof reply}`);
