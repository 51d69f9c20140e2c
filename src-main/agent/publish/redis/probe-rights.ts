// A connection and commands in, which of them its user may not do out. None of them is done: Redis looks at the rights before.
import { RESP_TYPES } from '@redis/client';
import { messageOf } from '../../thrown.ts';
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
  return await link.run(async (client) => {
    const refused: Refused[] = [];
    const send = async (all: readonly Command[]): Promise<void> => {
      const answers = await Promise.allSettled(all.map((args) => client.sendCommand([...args])));
      for (const [i, answer] of answers.entries())
        if (answer.status === 'rejected') refused.push({ what: nameOf(all[i] ?? []), error: answer.reason as unknown });
    };
    if (way === 'done') await send(commands);
    else {
      // What is watched is so before a transaction.
      await send([...commands.filter(isWatch), ['MULTI']]);
      // Without one they would be done.
      if (refused.some(({ what }) => what === 'multi')) return refused;
      await send([...commands.filter((command) => !isWatch(command)), ['DISCARD']]);
    }
    return refused;
  });
}

const isWatch = ([name]: Command): boolean => name === 'WATCH';

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
