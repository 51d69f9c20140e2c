// What this machine does with a Redis in, what it must be allowed there out: the commands as they are sent, and the rights as an ACL names them
// (https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/). The rights are those of assets/redis, part by part.
import type { UserSettings } from '../../../../src-preload/contract.ts';
import { partitionKeys, FLEET_KEY, GROUP, SCORERS_KEY } from '../../roles/partitions.ts';
import { HOSTS, hostKey, NAMES, VIEW } from '../fleet/presence-keys.ts';
import type { Command, Way } from './probe-rights.ts';
import { CHANGES_CHANNEL, FEATURE_CHANNELS, SCORES_CHANNEL, scoredChannel } from './redis-record.ts';

export interface Need {
  /** `May write to the streams of scorers`. */
  readonly may: string;
  /** `It may not write to the streams of scorers`. */
  readonly mayNot: string;
  readonly way: Way;
  readonly commands: readonly Command[];
  /** What `ACL SETUSER name` is followed by. */
  readonly rights: string;
}

export type CheckedRole = 'all' | 'collector' | 'scorer' | 'viewer';

const OUT = [...Object.values(FEATURE_CHANNELS), SCORES_CHANNEL, CHANGES_CHANNEL];
const MARK = 'seclyzer:sent:check';
const HOST = 'check';
const TRANSACTION = '+watch +multi +exec +discard';

const need = (does: string, way: Way, commands: readonly Command[], rights: string): Need => ({
  ...{ may: `May ${does}`, mayNot: `It may not ${does}`, way, commands, rights },
});

const PUBLISH = need(
  `publish to ${OUT.length} channels, and keep its mark`,
  'queued',
  [...OUT.map((channel) => ['PUBLISH', channel, '']), ['WATCH', MARK], ['SET', MARK, '0', 'EX', '1'], ['GET', MARK]],
  `~seclyzer:sent:* &seclyzer:features:* &${SCORES_CHANNEL} &${CHANGES_CHANNEL} +publish +get +set ${TRANSACTION}`,
);

const PRESENCE = need(
  'show this machine in the fleet view, for as long as it is there',
  'queued',
  [
    ['HSET', hostKey(HOST), VIEW, '{}'],
    ['PEXPIRE', hostKey(HOST), '1'],
    ['HSET', NAMES, HOST, '{}'],
    ['ZADD', HOSTS, '0', HOST],
    ['ZRANGEBYSCORE', HOSTS, '-inf', '0'],
    ['DEL', hostKey(HOST)],
    ['ZREM', HOSTS, HOST],
    ['HDEL', NAMES, HOST],
  ],
  `~seclyzer:host:* ~${HOSTS} ~${NAMES} +hset +hdel +pexpire +zadd +zrem +zrangebyscore +del ${TRANSACTION}`,
);

const { entries, taken, counts, lease, fence, subjects, scores, models, windows } = partitionKeys(0);
const KEY = 'check';

const COLLECT = need(
  'write to the streams that scorers read',
  'queued',
  [
    ['GET', FLEET_KEY],
    ['SET', FLEET_KEY, '', 'NX'],
    ['EVAL', 'return 0', '3', entries, taken, counts],
    ['EVALSHA', '0'.repeat(40), '3', entries, taken, counts],
    ['XADD', entries, '*', 's', KEY],
    ['XTRIM', entries, 'MAXLEN', '25000'],
    ['HGET', taken, KEY],
    ['HSET', taken, KEY, ''],
    ['HINCRBY', counts, 'lost', '0'],
  ],
  `"(~${FLEET_KEY} ~seclyzer:{*}:in ~seclyzer:{*}:taken ~seclyzer:{*}:counts -@all +eval +evalsha +xadd +xtrim +hget +hset +hincrby +get +set)"`,
);

const SCORE = need(
  'take entries out of the streams, keep models, and answer',
  'asked',
  [
    ...[['GET', FLEET_KEY], ['SET', FLEET_KEY, '', 'NX'], ['EVALSHA', '0'.repeat(40), '0'], ['TIME']],
    ...[
      ['ZADD', SCORERS_KEY, '0', KEY],
      ['ZREM', SCORERS_KEY, KEY],
      ['ZRANGE', SCORERS_KEY, '0', '-1'],
    ],
    ...[
      ['ZREMRANGEBYSCORE', SCORERS_KEY, '-inf', '0'],
      ['EXISTS', lease],
      ['INCR', fence],
      ['SET', lease, KEY],
    ],
    ...[
      ['GET', fence],
      ['DEL', lease],
      ['XINFO', 'GROUPS', entries],
      ['XINFO', 'CONSUMERS', entries, GROUP],
    ],
    ['XGROUP', 'CREATE', entries, GROUP, '0', 'MKSTREAM'],
    ['XGROUP', 'DELCONSUMER', entries, GROUP, KEY],
    ['XREADGROUP', 'GROUP', GROUP, KEY, 'COUNT', '1', 'STREAMS', entries, '>'],
    ['XAUTOCLAIM', entries, GROUP, KEY, '0', '0-0'],
    ...[
      ['XACK', entries, GROUP, '1-1'],
      ['XDEL', entries, '1-1'],
      ['XLEN', entries],
      ['XRANGE', entries, '-', '+'],
    ],
    ...[
      ['HGET', subjects, KEY],
      ['HMGET', subjects, KEY],
      ['HSET', subjects, KEY, ''],
      ['HDEL', subjects, KEY],
    ],
    ...[
      ['HINCRBY', counts, 'scored', '0'],
      ['XADD', scores, '*', 's', KEY],
      ['HSET', models(KEY), KEY, ''],
    ],
    ...[
      ['RPUSH', windows(KEY, KEY), ''],
      ['LTRIM', windows(KEY, KEY), '0', '0'],
      ['LRANGE', windows(KEY, KEY), '0', '0'],
    ],
    ...[
      ['PUBLISH', SCORES_CHANNEL, ''],
      ['PUBLISH', scoredChannel(KEY), ''],
    ],
  ],
  `~${FLEET_KEY} ~${SCORERS_KEY} ~seclyzer:{*}:* &${SCORES_CHANNEL} &seclyzer:scored:* +eval +evalsha +publish +time +get +set +del +exists +incr ` +
    '+hget +hmget +hset +hdel +hincrby +lrange +rpush +ltrim +zadd +zrem +zrange +zremrangebyscore +xadd +xlen +xack +xdel +xrange +xreadgroup ' +
    '+xautoclaim +xinfo|groups +xinfo|consumers +xgroup|create +xgroup|delconsumer',
);

const SEE = need(
  'read where the machines of the fleet tell of themselves',
  'done',
  [
    ['ZRANGE', HOSTS, '0', '0'],
    ['ZCARD', HOSTS],
    ['HGET', hostKey(HOST), VIEW],
    ['HGET', NAMES, HOST],
  ],
  `%R~seclyzer:host:* %R~${HOSTS} %R~${NAMES} +zrange +zcard +hget`,
);

/** A role does all that it does with the settings in force. */
export function needsOf(role: CheckedRole, { collect }: Pick<UserSettings['redis'], 'collect'>): readonly Need[] {
  switch (role) {
    case 'scorer':
      return [SCORE];
    case 'viewer':
      return [SEE];
    case 'all':
    case 'collector':
      return [PUBLISH, PRESENCE, ...(role === 'collector' || collect ? [COLLECT] : [])];
  }
}

/** Channels that are listened to, and the rights to them: to listen, and not to speak. */
export interface Hearing {
  readonly what: string;
  readonly channels: readonly string[];
  readonly rights: string;
  /** On which nobody like this one may speak. */
  readonly isGuarded: boolean;
}

/** @param subject of this machine, as its collector has it; null where it has never been one. */
export function hearingsOf(
  role: CheckedRole,
  { features, scoring }: UserSettings['stages'],
  subject: string | null,
): readonly Hearing[] {
  if (role === 'scorer' || role === 'viewer') return [];
  const rightsTo = (channels: string): string => `"(resetchannels ${channels} -@all +subscribe +unsubscribe)"`;
  const own = scoredChannel(subject ?? '*');
  return [
    ...(scoring === 'local'
      ? []
      : [
          {
            ...{ what: 'the answers of scorers', channels: [scoredChannel(subject ?? KEY)], isGuarded: true },
            rights: rightsTo(`&${own}`),
          },
        ]),
    ...(features === 'local'
      ? []
      : [
          {
            ...{ what: 'windows that others have measured', isGuarded: false },
            channels: [FEATURE_CHANNELS.keystroke, FEATURE_CHANNELS.mouse],
            rights: rightsTo('&seclyzer:features:*'),
          },
        ]),
  ];
}
