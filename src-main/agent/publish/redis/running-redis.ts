// One address of Redis in, records sent there and events taken from there out, until it is stopped. Loaded when a Redis is named.
import type { RedisView } from '../../../../src-preload/contract.ts';
import type { Alarm } from '../../collect/keep-running.ts';
import type { OutsideCollector } from '../../collect/outside.ts';
import type { OutletRecord } from '../outlets/outlet-record.ts';
import { takeEvents } from './event-channel.ts';
import { openRedisLink, type LinkView, type RedisLink } from './redis-link.ts';
import { channelOf, recordOf, type Sender } from './redis-record.ts';
import { createRedisSender } from './redis-sender.ts';
import { readTarget, redisTravelsInPlain, type RedisSettings } from './redis-target.ts';

export interface RunningRedis {
  readonly take: (record: OutletRecord) => void;
  readonly view: () => Omit<RedisView, 'wanted'>;
  readonly stop: () => Promise<void>;
}

export interface RunningParts {
  readonly settings: RedisSettings;
  readonly dataDir: string;
  readonly sender: Sender;
  /** Of the records of this run, over changes of the settings. */
  readonly nextSeq: () => number;
  readonly takes: OutsideCollector | null;
  readonly notice: (about: string, text: string | null) => void;
  readonly alarm: Alarm;
  readonly random: () => number;
}

/** A first failure is often over with the next try. */
const TOLD_AFTER = 3;
const MIB = 2 ** 20;
const PLAIN =
  'What goes to Redis, and its password, can be read on its way: give it an address that begins with rediss:// (Settings, Redis).';
const OPEN =
  'Events come over Redis without encryption: any program of this machine that stands in for Redis can type here. An address that begins with rediss:// shuts it out (Settings, Redis).';
const FOREIGN = {
  reason: 'events from another machine are not taken without encryption, for anybody on the way could make them',
  fix: 'Give Redis an address that begins with rediss:// (Settings, Redis).',
};

export function startRedis(parts: RunningParts): RunningRedis {
  const { settings, dataDir, sender, nextSeq, takes, notice, alarm, random } = parts;
  const target = () => readTarget(settings, dataDir);
  notice('redis-plain', redisTravelsInPlain(settings.url) ? PLAIN : null);

  const told = (): void => {
    const { status, reason, fix, failures } = standing();
    if (status === 'connected') notice('redis', null);
    else if (reason !== null && (failures >= TOLD_AFTER || status === 'refused'))
      notice('redis', `Nothing goes to Redis now, and waits in memory: ${reason}. ${fix ?? 'It is tried again.'}`);
  };
  const link = openRedisLink({
    ...{ target, alarm, random },
    changed: ({ status }) => {
      told();
      if (status === 'connected') queue.wake();
    },
  });
  const queue = createRedisSender({
    ...{ link, alarm, random, mostBytes: settings.bufferMiB * MIB, changed: told },
    markKey: `seclyzer:sent:${sender.id}:${sender.run}`,
  });
  const events = takes === null ? null : listen(takes);

  /** Over a network nobody may speak for a person without being known; on this machine the user may choose so, and is told. */
  function listen(to: OutsideCollector): RedisLink | null {
    if (redisTravelsInPlain(settings.url)) {
      to.report({ ok: false, ...FOREIGN, final: true });
      return null;
    }
    notice('redis-events', settings.url.startsWith('redis:') ? OPEN : null);
    return takeEvents({ target, alarm, random, takes: to });
  }
  /** What is wrong with the connection is wrong with all; only on one that works is there more to say. */
  function standing(): LinkView {
    const now = link.view();
    const { trouble, failures } = queue.view();
    if (now.status !== 'connected' || trouble === null) return now;
    return { ...trouble, failures, status: trouble.fix === null ? 'waiting' : 'refused' };
  }
  return {
    take: (record) => {
      const seq = nextSeq();
      const made = recordOf(record, sender, seq);
      queue.take({ seq, args: ['PUBLISH', channelOf(made), JSON.stringify(made)] });
    },
    view: () => {
      const { status, reason, fix } = standing();
      const { sent, lastSentMs, waiting, waitingBytes, dropped } = queue.view();
      return { status, reason, fix, sent, lastSentMs, waiting, waitingBytes, dropped };
    },
    stop: async () => {
      events?.close();
      await queue.stop();
      link.close();
    },
  };
}
