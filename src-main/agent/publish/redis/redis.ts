// The way to and from Redis as a part of the agent: there when the settings name one, and nothing of it loaded when they do not. In: the
// settings, the tap, and what takes events where this run is fed from Redis. Out: how it stands.
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { RedisView, UserSettings } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { OutsideCollector } from '../../collect/outside.ts';
import { messageOf } from '../../thrown.ts';
import type { Tap } from '../outlets/tap.ts';
import type { RedisLink } from './redis-link.ts';
import type { RunningRedis } from './running-redis.ts';
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
  let running: { readonly redis: RunningRedis; readonly as: string; readonly deafen: () => void } | null = null;
  let trouble: string | null = null;
  let ended = false;
  let seq = 0;
  let turn: Promise<void> = Promise.resolve();

  async function begin(now: RedisSettings): Promise<void> {
    const { startRedis } = await import('./running-redis.ts');
    const redis = startRedis({
      ...{ settings: now, dataDir, takes, notice, alarm: SYSTEM_ALARM, random: Math.random },
      sender: { host: hostname(), user: userInfo().username, id: id(), run },
      nextSeq: () => (seq += 1),
    });
    running = { redis, as: JSON.stringify(now), deafen: tap.listen(redis.take) };
  }
  async function settle(): Promise<void> {
    const now = settings();
    const as = !ended && now.url !== null ? JSON.stringify(now) : null;
    if (running?.as === as && as !== null) return;
    const before = running;
    running = null;
    before?.deafen();
    await before?.redis.stop();
    trouble = null;
    for (const about of ['redis', 'redis-plain', 'redis-events']) notice(about, null);
    if (as === null || now.url === null) return takes?.report({ ok: false, ...NONE, final: true });
    await begin({ ...now, url: now.url });
  }
  const apply = (): Promise<void> =>
    (turn = turn.then(settle).catch((error: unknown) => {
      trouble = messageOf(error);
      notice('redis', `Redis can't be used: ${trouble}`);
    }));
  return {
    apply,
    view: () => {
      const now = running?.redis.view() ?? NOTHING;
      const wanted = settings().url !== null;
      if (trouble === null) return { ...now, wanted };
      return { ...now, wanted, status: 'refused', reason: trouble, fix: 'Look at the settings of Redis.' };
    },
    run: async (work, withinMs) => {
      if (running === null) throw new Error(NONE.reason);
      return await running.redis.run(work, withinMs);
    },
    stop: async () => {
      ended = true;
      await apply();
    },
  };
}
