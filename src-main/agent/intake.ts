// Events of the collectors in, onto the bounded bus; from there to the pipeline out, in batches. Counts what was lost or refused.
import type { Snapshot } from '../../src-preload/contract.ts';
import { createBus } from './bus/ring-bus.ts';
import { FUTURE_TOLERANCE_US, futureReason, type InputEvent } from './events.ts';

export interface Intake {
  readonly publish: (event: InputEvent) => void;
  readonly refuse: (reason: string) => void;
  /** Hands over what is waiting; called by its own timer and before each tick. */
  readonly drain: () => void;
  readonly counts: () => Snapshot['events'];
  /** Time of the newest event, on its own clock. */
  readonly lastInputMs: () => number;
  readonly stop: () => void;
}

/** Long enough to batch a moving mouse, short enough that nobody sees it. */
const DRAIN_AFTER_MS = 50;

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
  let refused = 0;
  let lastRefusal: string | null = null;
  let lastInputMs = Date.now();

  const refuse = (reason: string): void => {
    refused += 1;
    lastRefusal = reason;
  };
  const drain = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
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
    publish: bus.publish,
    refuse,
    drain,
    counts: () => ({ published: bus.metrics().published, refused, dropped: subscription.metrics.dropped, lastRefusal }),
    lastInputMs: () => lastInputMs,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      subscription.close();
    },
  };
}
