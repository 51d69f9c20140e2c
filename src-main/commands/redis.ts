// `seclyzer redis`: what goes to Redis, what became of it, and whether the Redis that the settings name can be used.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { RedisView } from '../../src-preload/contract.ts';
import type { CheckedRole } from '../agent/publish/redis/redis-needs.ts';
import { readSubject } from '../agent/roles/subject-file.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, Misused, type Context, type ExitCode } from './context.ts';
import { fitted } from './help-text.ts';
import { settingsFile } from './logs-options.ts';
import { settingsIn, settingsInForce } from './settings-in-force.ts';
import { layOut } from './table.ts';

const HELP = `
Where it goes is chosen under Settings, Redis, or in the settings file, as in "redis": { "url": "rediss://redis.example:6379" }. Channels:
seclyzer:features:keystroke, seclyzer:features:mouse, seclyzer:features:app, seclyzer:scores, seclyzer:state_change; one JSON object a
message. \`seclyzer run --input-from-redis\` takes events from seclyzer:events. --check makes a connection of its own with the settings in force (of
the running agent, else of the settings file) and goes through all that they need: channels, fleet view, stages, the streams of a collector or,
with --role, of a scorer, the list of a viewer; a line each with what the user lacks and the ACL line that gives it. Exit codes: 0 it works, or is not wanted; 1 it does not; 2 misused.`;

interface RedisOptions {
  readonly data: string;
  readonly check?: true;
  readonly role?: CheckedRole;
  readonly json?: true;
}

export function addRedis(program: Command, context: Context): void {
  const { terminal, env, finish } = context;
  program
    .command('redis')
    .summary('what goes to a Redis of yours')
    .description('what goes to a Redis of yours, and what became of it')
    .option('--check', 'try the connection: whether it can be made, and all that the user must be allowed there')
    .addOption(
      new Option('--role <role>', 'what is checked for (default: what the settings say)').choices([
        ...(['all', 'collector', 'scorer', 'viewer'] as const satisfies readonly CheckedRole[]),
      ]),
    )
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async (options: RedisOptions) => {
      if (options.check === true) return finish(await check(options, context));
      if (options.role !== undefined) throw new Misused('error: --role needs --check');
      const { settings, redis } = await (await linkToAgent(resolve(options.data))).call('settings');
      const { url } = settings.redis;
      if (options.json === true) terminal.say(JSON.stringify({ url, ...redis }, null, 2));
      else for (const line of describe(url, redis)) terminal.say(line);
      finish(!redis.wanted || redis.status === 'connected' ? 0 : 1);
    });
}

async function check({ role, data, json }: RedisOptions, context: Context): Promise<ExitCode> {
  const { terminal, env } = context;
  const dataDir = role === 'viewer' && data === defaultDataFolder(env, homedir()) ? viewerFolder(env) : resolve(data);
  const file = settingsFile(data, context);
  // Scorers and viewers read the file.
  const isAgent = role !== 'scorer' && role !== 'viewer';
  const { settings, view } = isAgent
    ? await settingsInForce(dataDir, file)
    : { settings: settingsIn(file), view: null };
  const { redis, stages } = settings;
  const { url } = redis;
  // It may have been started in that role.
  const isCollector = redis.collect || view?.collecting.wanted === true;
  if (url === null) {
    if (json === true) terminal.say(JSON.stringify({ url, ok: true, steps: [] }, null, 2));
    else terminal.say(NONE);
    return 0;
  }
  const { checkRedis } = await import('../agent/publish/redis/check-redis.ts');
  const found = await checkRedis({
    ...{ settings: { ...redis, url }, stages, role: role ?? (isCollector ? 'collector' : 'all'), dataDir },
    ...{ settingsFile: file, subject: await readSubject(dataDir) },
  });
  if (json === true) terminal.say(JSON.stringify({ url, ...found }, null, 2));
  else
    for (const { ok, sentence, fix } of found.steps) {
      terminal.say(`${ok ? terminal.paint.good('fine') : terminal.paint.bad('not fine')}  ${sentence}`);
      if (fix !== null) terminal.say(`      ${fix}`);
    }
  return found.ok ? 0 : 1;
}

const viewerFolder = (env: NodeJS.ProcessEnv): string => defaultDataFolder(env, homedir(), 'viewer');

const NONE = 'Nothing goes to a Redis. To change that: Settings, Redis.';

/** In lines; pure. */
export function describe(url: string | null, view: RedisView): readonly string[] {
  if (url === null) return [NONE];
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
