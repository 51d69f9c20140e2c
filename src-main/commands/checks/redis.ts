// The settings in force in, whether the Redis that they name can be used for all that they want of it out.
import { readSubject } from '../../agent/roles/subject-file.ts';
import type { InForce } from '../settings-in-force.ts';
import type { Check } from './capability.ts';

export const redis =
  (dataDir: string, settingsFile: string, inForce: () => Promise<InForce>): Check =>
  async () => {
    const { settings, view } = await inForce();
    const { url, collect } = settings.redis;
    if (url === null) return { state: 'works', detail: 'none is named, so nothing goes to one', fix: null };
    const { checkRedis } = await import('../../agent/publish/redis/check-redis.ts');
    const isCollector = collect || view?.collecting.wanted === true;
    const { steps } = await checkRedis({
      ...{ settings: { ...settings.redis, url }, stages: settings.stages, role: isCollector ? 'collector' : 'all' },
      ...{ dataDir, settingsFile, subject: await readSubject(dataDir) },
    });
    const wrong = steps.filter(({ ok }) => !ok);
    const [first] = wrong;
    if (first === undefined) return { state: 'works', detail: `${url} allows all that the settings want`, fix: null };
    const more = wrong.length === 1 ? [] : [`That is the first of ${wrong.length}: seclyzer redis --check`];
    const fix = [...(first.fix === null ? [] : [first.fix]), ...more].join('\n');
    // The first step is the connection.
    const state = steps[0]?.ok === true ? 'partly' : 'missing';
    return { state, detail: first.sentence.replace(/\.$/, ''), fix: fix === '' ? null : fix };
  };
