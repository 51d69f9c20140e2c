// `seclyzer redis`: what goes to Redis, what became of it, and whether the Redis that the settings name can be used.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RedisView } from '../../src-preload/contract.ts';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { layOut } from './table.ts';

const HELP = `
Where it goes is chosen under Settings, Redis, or in the settings file, as in "redis": { "url": "rediss://redis.example:6379" }. Channels:
seclyzer:features:keystroke, seclyzer:features:mouse, seclyzer:features:app, seclyzer:scores, seclyzer:state_change; one JSON object a
message. \`seclyzer run --input-from-redis\` takes events from seclyzer:events. --check makes a connection of its own with the same settings and
tells what is wrong and what to do. Exit codes: 0 it works, or is not wanted; 1 it does not; 2 misused.`;

export function addRedis(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('redis')
    .summary('what goes to a Redis of yours')
    .description('what goes to a Redis of yours, and what became of it')
    .option('--check', 'try the connection: whether it can be made, and what the user may do there')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async (options: { readonly data: string; readonly check?: true; readonly json?: true }) => {
      const dataDir = resolve(options.data);
      const { settings, redis } = await (await linkToAgent(dataDir)).call('settings');
      const { url } = settings.redis;
      if (options.check === true && url !== null) {
        const { checkRedis } = await import('../agent/publish/redis/check-redis.ts');
        const found = await checkRedis({ ...settings.redis, url }, dataDir);
        if (options.json === true) terminal.say(JSON.stringify({ url, ...found }, null, 2));
        else
          for (const { ok, sentence, fix } of found.steps) {
            terminal.say(`${ok ? terminal.paint.good('fine') : terminal.paint.bad('not fine')}  ${sentence}`);
            if (fix !== null) terminal.say(`      ${fix}`);
          }
        return finish(found.ok ? 0 : 1);
      }
      if (options.json === true) terminal.say(JSON.stringify({ url, ...redis }, null, 2));
      else for (const line of describe(url, redis)) terminal.say(line);
      finish(!redis.wanted || redis.status === 'connected' ? 0 : 1);
    });
}

/** In lines; pure. */
export function describe(url: string | null, view: RedisView): readonly string[] {
  if (url === null) return ['Nothing goes to a Redis. To change that: Settings, Redis.'];
  const { sent, lastSentMs, waiting, waitingBytes, dropped } = view;
  return layOut([
    ['Redis', url],
    ['State', redisState(view)],
    ['Taken', `${sent} records${lastSentMs === null ? '' : `, the last ${new Date(lastSentMs).toLocaleString()}`}`],
    ['Waiting', `${waiting} records, ${(waitingBytes / 2 ** 20).toFixed(1)} MiB in memory`],
    ['Let go', `${dropped} records, because too many waited`],
  ]);
}

export const redisState = ({ status, reason, fix }: RedisView): string =>
  [status, reason, fix].filter((part) => part !== null).join('. ');
