// The settings of Redis in, a connection for what this host tells of itself out: opened and closed with them, and nothing of it loaded where they
// name none.
import type { UserSettings } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { RedisLink } from '../redis/redis-link.ts';

export interface PresenceLink extends Pick<RedisLink, 'run'> {
  /** Puts the settings in force into effect. */
  readonly apply: () => Promise<void>;
  readonly stop: () => void;
}

export function createPresenceLink(settings: () => UserSettings['redis'], dataDir: string): PresenceLink {
  let open: { readonly as: string; readonly link: RedisLink } | null = null;
  const close = (): void => {
    open?.link.close();
    open = null;
  };
  return {
    run: async (work, withinMs) => {
      if (open === null) throw new Error('no Redis is named');
      return await open.link.run(work, withinMs);
    },
    apply: async () => {
      const { url, ...rest } = settings();
      const as = JSON.stringify({ url, ...rest });
      if (open?.as === as) return;
      close();
      if (url === null) return;
      const [{ openRedisLink }, { readTarget }] = await Promise.all([
        import('../redis/redis-link.ts'),
        import('../redis/redis-target.ts'),
      ]);
      const target = () => readTarget({ ...rest, url }, dataDir);
      open = { as, link: openRedisLink({ target, alarm: SYSTEM_ALARM, random: Math.random }) };
    },
    stop: close,
  };
}
