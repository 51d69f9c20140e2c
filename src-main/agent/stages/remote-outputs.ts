// The channels of Redis in, what others have made of this very installation out. Has a connection of its own, and is loaded when it is wanted.
// Scores come over a channel of this subject's own, on which only scorers may speak; windows over those that all speak on.
import type { Alarm } from '../collect/keep-running.ts';
import type { Comparable } from '../compare/comparable.ts';
import { parseOutput } from '../compare/output-line.ts';
import { FEATURE_CHANNELS, scoredChannel } from '../publish/redis/redis-record.ts';
import { openRedisLink, type RedisClient, type RedisLink } from '../publish/redis/redis-link.ts';
import { readTarget, type RedisSettings } from '../publish/redis/redis-target.ts';
import { subjectId, type SubjectFacts } from '../roles/partitions.ts';
import { maySpeakOn } from './may-speak.ts';

export interface RemoteParts {
  readonly settings: RedisSettings;
  readonly dataDir: string;
  /** Whose outputs are listened to. */
  readonly names: SubjectFacts;
  readonly wants: { readonly features: boolean; readonly scores: boolean };
  readonly take: (record: Comparable) => void;
  /** On the channel of this subject, what no scorer says. */
  readonly refuse: () => void;
  /** With each connection: whether this agent, and so any other of its rights, could speak for a scorer; null where Redis does not say. */
  readonly isOpen: (open: boolean | null) => void;
  readonly alarm: Alarm;
  readonly random: () => number;
}

export function listenForOutputs(parts: RemoteParts): RedisLink {
  const { settings, dataDir, names, wants, take, refuse, isOpen, alarm, random } = parts;
  const { id } = names;
  const own = scoredChannel(subjectId(names));
  const hearFeatures = (text: string): void => {
    // All machines of a site speak here, and most of it is not about this one.
    if (!text.includes(id)) return;
    const parsed = parseOutput(text);
    // What bears no maker is what this agent has sent itself.
    if ('record' in parsed && parsed.about === id && parsed.record.by !== '') take(parsed.record);
  };
  const hearScores = (text: string): void => {
    const parsed = parseOutput(text);
    const isMeant = 'record' in parsed && parsed.record.kind === 'scores' && parsed.about === id;
    if (isMeant && parsed.record.by !== '') take(parsed.record);
    else refuse();
  };
  async function connected(client: RedisClient): Promise<void> {
    if (wants.features)
      await client.subscribe([FEATURE_CHANNELS.keystroke, FEATURE_CHANNELS.mouse], (text) => hearFeatures(text));
    if (!wants.scores) return isOpen(false);
    isOpen(await maySpeakOn(client, own));
    await client.subscribe(own, (text) => hearScores(text));
  }
  return openRedisLink({ ...{ target: () => readTarget(settings, dataDir), alarm, random, connected } });
}
