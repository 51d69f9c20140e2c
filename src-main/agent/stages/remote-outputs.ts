// The channels of Redis in, what others have made of this very installation out. Has a connection of its own, and is loaded when it is wanted.
import type { Alarm } from '../collect/keep-running.ts';
import type { Comparable } from '../compare/comparable.ts';
import { parseOutput } from '../compare/output-line.ts';
import { FEATURE_CHANNELS, SCORES_CHANNEL } from '../publish/redis/redis-record.ts';
import { openRedisLink, type RedisLink } from '../publish/redis/redis-link.ts';
import { readTarget, type RedisSettings } from '../publish/redis/redis-target.ts';

export interface RemoteParts {
  readonly settings: RedisSettings;
  readonly dataDir: string;
  /** Of this installation. */
  readonly id: string;
  readonly wants: { readonly features: boolean; readonly scores: boolean };
  readonly take: (record: Comparable) => void;
  readonly alarm: Alarm;
  readonly random: () => number;
}

export function listenForOutputs(parts: RemoteParts): RedisLink {
  const { settings, dataDir, id, wants, take, alarm, random } = parts;
  const channels = [
    ...(wants.features ? [FEATURE_CHANNELS.keystroke, FEATURE_CHANNELS.mouse] : []),
    ...(wants.scores ? [SCORES_CHANNEL] : []),
  ];
  const hear = (text: string): void => {
    // All machines of a site speak here, and most of it is not about this one.
    if (!text.includes(id)) return;
    const parsed = parseOutput(text);
    // What bears no maker is what this agent has sent itself.
    if ('record' in parsed && parsed.about === id && parsed.record.by !== '') take(parsed.record);
  };
  return openRedisLink({
    ...{ target: () => readTarget(settings, dataDir), alarm, random },
    connected: (client) => client.subscribe(channels, hear),
  });
}
