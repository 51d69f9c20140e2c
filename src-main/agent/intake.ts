// Events of the collectors in, onto the bounded bus; from there to the pipeline out, in batches. Counts what was lost or refused.
import type { Snapshot } from '../../src-preload/contract.ts';
import { createBus, DEFAULT_CAPACITY } from './bus/ring-bus.ts';
import { FUTURE_TOLERANCE_US, futureReason, type InputEvent } from './events.ts';

export interface Intake {
  readonly publish: (event: InputEvent) => void;
  readonly refuse: (reason: string) => void;
  /** Hands over what is waiting; called before each tick, and where none comes or very much waits by itself. */
  readonly drain: () => void;
  readonly counts: () => Snapshot['events'];
  /** Time of the newest event, on its own clock. */
  readonly lastInputMs: () => number;
  readonly stop: () => void;
}

/** The tick takes what waits, once a second: more often would wake the processor for what nobody looks at before. */
const DRAIN_AFTER_MS = 1000;
/** But not more than this may wait: what floods the bus would else push out what is older. */
const MOST_WAITING = DEFAULT_CAPACITY / 4;

export interface IntakeParts {
  readonly accept: (event: InputEvent) => void;
  /** The present on the clock of the events; one that is ahead of it would sit in the windows until the clock comes by. */
  readonly nowUs: () => number;
  /** Something new was handed over. */
  readonly drained: () => void;
  /** `accept` failed on an event. */
  readonly onLost: (error: unknown) => void;
}

export function createIntake({ accept, nowUs, drained, onLost }: IntakeParts): Intake {
  const bus = createBus<InputEvent>(undefined, (_, error) => onLost(error));
  const subscription = bus.subscribe('features');
  let timer: NodeJS.Timeout | null = null;
  let soon: NodeJS.Immediate | null = null;
  let waiting = 0;
  let refused = 0;
  let lastRefusal: string | null = null;
  let lastInputMs = Date.now();

  const refuse = (reason: string): void => {
    refused += 1;
    lastRefusal = reason;
  };
  const silence = (): void => {
    if (timer !== null) clearTimeout(timer);
    if (soon !== null) clearImmediate(soon);
    [timer, soon] = [null, null];
  };
  const drain = (): void => {
    silence();
    waiting = 0;
    const presentUs = nowUs();
    const drainedEvents = subscription.drain((event) => {
      if (event.ts > presentUs + FUTURE_TOLERANCE_US) return refuse(futureReason(event.ts - presentUs));
      lastInputMs = event.ts / 1000;
      return accept(event);
    });
    if (drainedEvents > 0) drained();
  };
  bus.onPending(() => {
    timer ??= setTimeout(drain, DRAIN_AFTER_MS);
  });
  return {
    publish: (event) => {
      bus.publish(event);
      waiting += 1;
      if (waiting >= MOST_WAITING) soon ??= setImmediate(drain);
    },
    refuse,
    drain,
    counts: () => ({ published: bus.metrics().published, refused, dropped: subscription.metrics.dropped, lastRefusal }),
    lastInputMs: () => lastInputMs,
    stop: () => {
      silence();
      subscription.close();
    },
  };
}
