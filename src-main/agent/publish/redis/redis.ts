// The way to and from Redis as a part of the agent: there when the settings name one, and nothing of it loaded when they do not. In: the
// settings, the tap, and what takes events where this run is fed from Redis. Out: how it stands.
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { RedisView, UserSettings } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { OutsideCollector } from '../../collect/outside.ts';
import { keepInStep, named } from '../outlets/in-step.ts';
import type { Tap } from '../outlets/tap.ts';
import type { RedisLink } from './redis-link.ts';
import type { RedisSettings } from './redis-target.ts';

export interface Redis {
  /** Puts the settings in force into effect. Never rejects: what can't be had is in `view`. */
  readonly apply: () => Promise<void>;
  readonly view: () => RedisView;
  /** See {@link RedisLink.run}; rejects also where no Redis is named. */
  readonly run: RedisLink['run'];
  readonly stop: () => Promise<void>;
}

export interface RedisOptions {
  readonly settings: () => UserSettings['redis'];
  readonly dataDir: string;
  /** Of the installation, see installation.ts. */
  readonly id: () => string;
  readonly tap: Tap;
  /** What takes events from the channel; null: this run watches the devices of this machine, for which nobody else may speak. */
  readonly takes: OutsideCollector | null;
  readonly notice: (about: string, text: string | null) => void;
}

const NOTHING: Omit<RedisView, 'wanted'> = {
  ...{ status: 'off', reason: null, fix: null, sent: 0, lastSentMs: null, waiting: 0, waitingBytes: 0, dropped: 0 },
};
const NONE = { reason: 'no Redis is named', fix: 'Name one under Settings, Redis.' };

export function createRedis({ settings, dataDir, id, tap, takes, notice }: RedisOptions): Redis {
  const run = randomUUID();
  let seq = 0;

  async function begin(now: RedisSettings) {
    const { startRedis } = await import('./running-redis.ts');
    const redis = startRedis({
      ...{ settings: now, dataDir, takes, notice, alarm: SYSTEM_ALARM, random: Math.random },
      sender: { host: hostname(), user: userInfo().username, id: id(), run },
      nextSeq: () => (seq += 1),
    });
    const deafen = tap.listen(redis.take);
    return {
      redis,
      stop: async (): Promise<void> => {
        deafen();
        await redis.stop();
      },
    };
  }
  const { apply, running, trouble, stop } = keepInStep({
    ...{ settings: () => named(settings()), begin },
    cleared: () => {
      for (const about of ['redis', 'redis-plain', 'redis-events']) notice(about, null);
    },
    ended: () => takes?.report({ ok: false, ...NONE, final: true }),
    failed: (message) => notice('redis', `Redis can't be used: ${message}`),
  });
  return {
    ...{ apply, stop },
    view: () => {
      const now = running()?.redis.view() ?? NOTHING;
      const wanted = settings().url !== null;
      const reason = trouble();
      if (reason === null) return { ...now, wanted };
      return { ...now, wanted, status: 'refused', reason, fix: 'Look at the settings of Redis.' };
    },
    run: async (work, withinMs) => {
      const now = running();
      if (now === null) throw new Error(NONE.reason);
      return await now.redis.run(work, withinMs);
    },
  };
}
