// A connection and commands in, which of them its user may not do out. None of them is done: Redis looks at the rights before.
import { messageOf } from '../../thrown.ts';
import { RESP_TYPES } from '@redis/client';
import type { RedisLink } from './redis-link.ts';

export type Command = readonly string[];

/** queued: put into a transaction that is thrown away. asked: a script asks. done: they change nothing, and are done. */
export type Way = 'queued' | 'asked' | 'done';

export interface Refused {
  /** `hset seclyzer:hosts`; of a way that is itself refused, its own command. */
  readonly what: string;
  readonly error: unknown;
}

const NO_RIGHT = /NOPERM/;
/** Since Redis 7 (https://redis.io/docs/latest/develop/programmability/lua-api/#redis.acl_check_cmd). 2: it can't say. */
const ASK = `
local answers = {}
for i, text in ipairs(ARGV) do
  local ok, may = pcall(redis.acl_check_cmd, unpack(cjson.decode(text)))
  answers[i] = not ok and 2 or may and 1 or 0
end
return answers`;

const nameOf = ([name = '', ...words]: Command): string => {
  const place = words.find((word) => word.includes(':'));
  return place === undefined ? name.toLowerCase() : `${name.toLowerCase()} ${place}`;
};

/** @returns those that are refused, in their order; null where this Redis can't say. Rejects where the connection is lost. */
export async function probeRights(
  link: Pick<RedisLink, 'run'>,
  way: Way,
  commands: readonly Command[],
): Promise<readonly Refused[] | null> {
  if (way === 'asked') return await askFor(link, commands);
  const all = way === 'done' ? commands : [['MULTI'], ...commands, ['DISCARD']];
  const answers = await link.run((client) => Promise.allSettled(all.map((args) => client.sendCommand([...args]))));
  const refused = answers.flatMap((answer, i) =>
    answer.status === 'rejected' ? [{ what: nameOf(all[i] ?? []), error: answer.reason as unknown }] : [],
  );
  // Without the transaction they would all be refused for another reason, or have been done.
  return refused[0]?.what === 'multi' ? refused.slice(0, 1) : refused;
}

async function askFor(link: Pick<RedisLink, 'run'>, commands: readonly Command[]): Promise<readonly Refused[] | null> {
  const asked = ['EVAL', ASK, '0', ...commands.map((words) => JSON.stringify(words))];
  let answers: unknown;
  try {
    answers = await link.run((client) => client.sendCommand(asked, { typeMapping: { [RESP_TYPES.NUMBER]: Number } }));
  } catch (error) {
    if (!NO_RIGHT.test(messageOf(error))) throw error;
    return [{ what: 'eval', error }];
  }
  const list = Array.isArray(answers) ? (answers as readonly unknown[]).map(Number) : [];
  if (list.length === 0 || list.includes(2)) return null;
  return commands.flatMap((words, i) =>
    list[i] === 0 ? [{ what: nameOf(words), error: new Error(`NOPERM ${nameOf(words)}`) }] : [],
  );
}
