// The settings of Redis in, whether it can be used out, step by step: reached, encrypted, allowed to do what is needed, and how its memory is
// bounded. Nothing is sent to anybody who listens there.
import { SYSTEM_ALARM, type Alarm } from '../../collect/keep-running.ts';
import { messageOf } from '../../thrown.ts';
import { openRedisLink, type LinkView, type RedisClient, type RedisLink } from './redis-link.ts';
import { CHANGES_CHANNEL, EVENTS_CHANNEL, FEATURE_CHANNELS, SCORES_CHANNEL } from './redis-record.ts';
import { readTarget, redisTravelsInPlain, type RedisSettings } from './redis-target.ts';
import { troubleOf } from './redis-trouble.ts';

export interface CheckStep {
  readonly ok: boolean;
  readonly sentence: string;
  readonly fix: string | null;
}

export interface RedisCheck {
  readonly ok: boolean;
  readonly steps: readonly CheckStep[];
}

const OUT = [...Object.values(FEATURE_CHANNELS), SCORES_CHANNEL, CHANGES_CHANNEL];
const MARK = 'seclyzer:sent:check';
const START = 'Start Redis there, or look at the address under Settings, Redis.';
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const fine = (sentence: string): CheckStep => ({ ok: true, sentence, fix: null });

/** A command that waits for an answer does not end before it has one. */
const PATIENT: Alarm = {
  nowMs: SYSTEM_ALARM.nowMs,
  after: (ms, ring) => {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
};

/** Takes ten seconds at most for each of its steps. Never rejects. */
export async function checkRedis(settings: RedisSettings, dataDir: string): Promise<RedisCheck> {
  const settled = Promise.withResolvers<LinkView>();
  const link = openRedisLink({
    ...{ target: () => readTarget(settings, dataDir), alarm: PATIENT, random: Math.random },
    changed: settled.resolve,
  });
  try {
    const { status, reason, fix } = await settled.promise;
    if (status !== 'connected')
      return {
        ok: false,
        steps: [{ ok: false, sentence: `${capitalised(reason ?? 'no connection')}.`, fix: fix ?? START }],
      };
    const steps = [
      fine(`Connected to ${settings.url}.`),
      privacyOf(settings.url),
      await mayPublish(link),
      await mayListen(link),
      await memoryOf(link),
    ];
    return { ok: steps.every(({ ok }) => ok), steps };
  } finally {
    link.close();
  }
}

function privacyOf(url: string): CheckStep {
  if (url.startsWith('rediss:')) return fine('Encrypted, and the certificate was checked with its name.');
  if (!redisTravelsInPlain(url)) return fine('Not encrypted, but it does not leave this machine.');
  return {
    ok: false,
    sentence: 'What is sent, and the password, can be read on its way.',
    fix: 'Give Redis a certificate (assets/redis/seclyzer-redis.conf shows how), and the address rediss:// in place of redis://.',
  };
}

/** Redis looks at the rights when a command is put into a transaction; this one is then thrown away. */
async function mayPublish(link: RedisLink): Promise<CheckStep> {
  const within = [...OUT.map((channel) => ['PUBLISH', channel, '']), ['SET', MARK, '0'], ['GET', MARK]];
  const asked = [['WATCH', MARK], ['MULTI'], ...within, ['DISCARD']];
  const answers: readonly PromiseSettledResult<unknown>[] = await link
    .run((client) => Promise.allSettled(asked.map((args) => client.sendCommand(args))))
    .catch((error: unknown) => [{ status: 'rejected' as const, reason: error }]);
  const refused = answers.find((answer): answer is PromiseRejectedResult => answer.status === 'rejected');
  if (refused === undefined) return fine(`May publish to ${OUT.length} channels, and keep its mark.`);
  return refusal('It may not publish', refused.reason);
}

async function mayListen(link: RedisLink): Promise<CheckStep> {
  try {
    await link.run((client: RedisClient) => client.subscribe(EVENTS_CHANNEL, () => undefined));
    await link.run((client: RedisClient) => client.unsubscribe(EVENTS_CHANNEL));
    return fine(`May listen to ${EVENTS_CHANNEL}, as seclyzer run --input-from-redis does.`);
  } catch (error) {
    // Most do not need it, and may well not be allowed to.
    return fine(
      `May not listen to ${EVENTS_CHANNEL} (${messageOf(error)}); only seclyzer run --input-from-redis does.`,
    );
  }
}

async function memoryOf(link: RedisLink): Promise<CheckStep> {
  try {
    const text = await link.run((client) => client.info());
    const of = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(text)?.[1] ?? 'unknown';
    const most = Number(of('maxmemory'));
    const bound = most > 0 ? `up to ${Math.round(most / 2 ** 20)} MiB` : 'no bound of its memory (maxmemory)';
    return fine(`Redis ${of('redis_version')}: ${bound}, ${of('maxmemory_policy')}.`);
  } catch (error) {
    return fine(`It does not tell how its memory is bounded: ${messageOf(error)}.`);
  }
}

function refusal(what: string, error: unknown): CheckStep {
  const { reason, fix } = troubleOf(error, 'Redis');
  return { ok: false, sentence: `${what}: ${reason}.`, fix };
}
