// The channel `seclyzer:events` in, its events as if they happened now out: what is malformed is counted and refused with a reason, and how
// the channel stands is told. Has a connection of its own, so that what goes out never waits behind what comes in.
import type { Alarm } from '../../collect/keep-running.ts';
import type { OutsideCollector } from '../../collect/outside.ts';
import { parseEventLine } from '../../events.ts';
import { createEventTimes } from './event-times.ts';
import { openRedisLink, type LinkParts, type RedisLink } from './redis-link.ts';
import { EVENTS_CHANNEL } from './redis-record.ts';

interface ChannelParts extends Pick<LinkParts, 'target' | 'random'> {
  readonly alarm: Alarm;
  readonly takes: OutsideCollector;
}

/** No event is nearly as long. */
const MOST_CHARACTERS = 1000;

export function takeEvents({ target, alarm, random, takes }: ChannelParts): RedisLink {
  const times = createEventTimes();
  function take(text: string): void {
    if (text.length > MOST_CHARACTERS) return takes.refuse(`it is longer than ${MOST_CHARACTERS} characters`);
    const parsed = parseEventLine(text);
    if (!parsed.ok) return takes.refuse(parsed.reason);
    const time = times.take(parsed.event.ts, Date.now() * 1000);
    if (!time.ok) return takes.refuse(time.reason);
    const refused = takes.take({ ...parsed.event, ts: time.ts });
    if (refused !== null) takes.refuse(refused);
  }
  return openRedisLink({
    ...{ target, alarm, random },
    connected: (client) => client.subscribe(EVENTS_CHANNEL, take),
    changed: ({ status, reason, fix }) => {
      if (status === 'connected') takes.report({ ok: true, through: `Redis, ${EVENTS_CHANNEL}` });
      // It comes back by itself.
      else if (reason !== null)
        takes.report({ ok: false, reason, fix: fix ?? 'It is tried again by itself.', final: true });
    },
  });
}
