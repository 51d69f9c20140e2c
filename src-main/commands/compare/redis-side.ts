// The channels of a Redis in, the outputs that come over them out, for as long as somebody listens.
import { once } from 'node:events';
import type { UserSettings } from '../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../../agent/collect/keep-running.ts';
import { parseOutput } from '../../agent/compare/output-line.ts';
import { openRedisLink } from '../../agent/publish/redis/redis-link.ts';
import { readTarget } from '../../agent/publish/redis/redis-target.ts';
import { OUTPUT_CHANNELS } from '../../agent/compare/output-channels.ts';
import type { OutputSide } from './side.ts';

/** @param settings of Redis, whose `url` is the one that is listened to */
export function redisSide(settings: UserSettings['redis'] & { readonly url: string }, dataDir: string): OutputSide {
  return {
    ...{ words: settings.url, isLive: true, isAnonymous: false },
    run: async (sink, signal) => {
      const refused: Record<string, number> = {};
      const lost = Promise.withResolvers<never>();
      let wasConnected = false;
      const take = (text: string): void => {
        const parsed = parseOutput(text);
        if ('record' in parsed) sink(parsed.record).catch(lost.reject);
        else refused[parsed.refused] = (refused[parsed.refused] ?? 0) + 1;
      };
      const link = openRedisLink({
        ...{ target: () => readTarget(settings, dataDir), alarm: SYSTEM_ALARM, random: Math.random },
        connected: async (client) => await client.subscribe([...OUTPUT_CHANNELS], take),
        changed: ({ status, reason, fix }) => {
          if (status === 'connected') wasConnected = true;
          // What came meanwhile is not known, so the rest would be a comparison with a hole in it.
          else if (status === 'waiting' || status === 'refused') {
            const what = wasConnected ? 'The connection was lost' : 'There is no connection';
            lost.reject(
              new Error([`${what}: ${reason ?? 'unknown reason'}`, fix].filter((part) => part !== null).join('. ')),
            );
          }
        },
      });
      try {
        if (!signal.aborted) await Promise.race([once(signal, 'abort'), lost.promise]);
      } finally {
        link.close();
      }
      return { refused, problems: [] };
    },
  };
}
