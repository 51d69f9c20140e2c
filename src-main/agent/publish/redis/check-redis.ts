// The settings of Redis and a role in, whether it can be used out, step by step: reached, encrypted, allowed to do all that is needed, the right key of
// a fleet, and how its memory is bounded. Nothing is sent to anybody who listens there, and nothing is written.
import type { UserSettings } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM, type Alarm } from '../../collect/keep-running.ts';
import { evictionWarning, fleetAccess } from '../../roles/fleet-access.ts';
import { OtherFleet, partitionsOf } from '../../roles/fleet-record.ts';
import { linkCalls } from '../../roles/link-calls.ts';
import { maySpeakOn } from '../../stages/may-speak.ts';
import { messageOf } from '../../thrown.ts';
import { openRedisLink, type LinkView, type RedisClient, type RedisLink } from './redis-link.ts';
import { probeRights, type Refused } from './probe-rights.ts';
import { hearingsOf, needsOf, type CheckedRole, type Hearing, type Need } from './redis-needs.ts';
import { EVENTS_CHANNEL } from './redis-record.ts';
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

const MOST_LISTED = 8;
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

export interface CheckParts {
  readonly settings: RedisSettings;
  readonly stages: UserSettings['stages'];
  readonly role: CheckedRole;
  readonly dataDir: string;
  readonly settingsFile: string;
  /** Of this machine, as its collector has it; null where it has never been one. */
  readonly subject: string | null;
}

/** Takes ten seconds at most for each of its steps. Never rejects. */
export async function checkRedis(parts: CheckParts): Promise<RedisCheck> {
  const { settings, dataDir, role } = parts;
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
    const user = settings.user || 'default';
    const steps = [fine(`Connected to ${settings.url}.`), privacyOf(settings.url)];
    for (const need of needsOf(role, settings)) steps.push(await mayDo(link, need, user));
    for (const hearing of hearingsOf(role, parts.stages, parts.subject)) steps.push(await mayHear(link, hearing, user));
    if (role === 'all') steps.push(await mayListen(link));
    if (role === 'scorer' || role === 'collector' || settings.collect) steps.push(...(await fleetOf(link, parts)));
    if (role === 'all' || role === 'collector') steps.push(await memoryOf(link));
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

const isRefusal = (error: unknown): boolean => messageOf(error).startsWith('NOPERM');

const give = (user: string, rights: string): string =>
  `Give it the right, as an administrator of that Redis: ACL SETUSER ${user} ${rights}`;

async function mayDo(link: RedisLink, { may, mayNot, way, commands, rights }: Need, user: string): Promise<CheckStep> {
  try {
    const refused = await probeRights(link, way, commands);
    if (refused === null) return fine('It does not tell what it allows: a Redis from version 7 on does.');
    const [first] = refused;
    if (first === undefined) return fine(`${may}.`);
    if (!isRefusal(first.error)) return refusal(mayNot, first.error);
    return { ok: false, sentence: `${mayNot}: refused are ${listed(refused)}.`, fix: give(user, rights) };
  } catch (error) {
    return refusal(mayNot, error);
  }
}

function listed(refused: readonly Refused[]): string {
  const all = [...new Set(refused.map(({ what }) => what))];
  const more = all.length - MOST_LISTED;
  return `${all.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

async function mayHear(
  link: RedisLink,
  { what, channels, rights, isGuarded }: Hearing,
  user: string,
): Promise<CheckStep> {
  const where = channels.join(' and ');
  try {
    await link.run(async (client: RedisClient) => {
      await client.subscribe([...channels], () => undefined);
      await client.unsubscribe([...channels]);
    });
    const isOpen = isGuarded && (await link.run((client) => maySpeakOn(client, channels[0] ?? ''))) === true;
    if (!isOpen) return fine(`May listen to ${what}, on ${where}.`);
    return {
      ok: false,
      sentence: `It may speak on ${where} as well: any machine of these rights could speak for a scorer.`,
      fix: 'Give that Redis the users of assets/redis/seclyzer-roles.conf, of which scorers alone may publish there.',
    };
  } catch (error) {
    if (!isRefusal(error)) return refusal(`It may not listen to ${what}`, error);
    return { ok: false, sentence: `It may not listen to ${what}, on ${where}.`, fix: give(user, rights) };
  }
}

/** Whether its key is the one that the fleet was begun with, and nothing that waits can be thrown away. */
async function fleetOf(
  link: RedisLink,
  { settings, dataDir, settingsFile }: CheckParts,
): Promise<readonly CheckStep[]> {
  const access = fleetAccess(settings, dataDir, settingsFile);
  if ('reason' in access) return [{ ok: false, sentence: `${capitalised(access.reason)}.`, fix: access.fix }];
  const calls = linkCalls(link);
  try {
    const partitions = await partitionsOf(calls, access.cipher);
    const key =
      partitions === null
        ? 'Has a key of a fleet, and none has been begun in this Redis.'
        : `Has the key of the fleet, which is divided into ${partitions} partitions.`;
    const warning = await evictionWarning(calls);
    return [fine(key), ...(warning === null ? [] : [{ ok: false, sentence: warning, fix: null }])];
  } catch (error) {
    if (error instanceof OtherFleet) return [{ ok: false, sentence: error.message, fix: null }];
    // What it may not do has been said before.
    if (isRefusal(error)) return [];
    return [refusal('The fleet in it can not be read', error)];
  }
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
