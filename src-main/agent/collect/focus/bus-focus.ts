// A desktop that tells of the active application on the session bus, and how to listen to it, in; a collector of focus events out.
import { connectBus, type Bus } from '../../../dbus.ts';
import { messageOf } from '../../thrown.ts';
import { applicationName } from '../application-name.ts';
import type { Availability, Collector, CollectorSink } from '../collector.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';

export interface FocusTelling {
  /** Whether the desktop can be asked. A rejection is put into words of the bus. */
  readonly whether: (bus: Bus) => Promise<Availability>;
  /**
   * Begins to listen; `focus` takes what the desktop calls the application. Rejects when the desktop does not go along.
   * @returns what ends it; the bus is closed afterwards
   */
  readonly follow: (
    bus: Bus,
    focus: (name: string) => void,
    gone: (found: Unavailable) => void,
  ) => Promise<() => Promise<void>>;
  /** What a rejection of `follow` comes to. */
  readonly refused: (error: unknown) => Unavailable;
}

const LOG_IN = 'Log in again and start SecLyzer there.';
const BUS_GONE: Unavailable = { ok: false, reason: 'the session bus has gone', fix: LOG_IN };
const noBus = (error: unknown): Unavailable => ({ ok: false, reason: messageOf(error), fix: LOG_IN });

/** @param nowUs what is told bears no time */
export function busFocus(
  telling: FocusTelling,
  env: NodeJS.ProcessEnv,
  nowUs = (): number => Date.now() * 1000,
): Collector {
  let end: (() => Promise<void>) | null = null;
  return {
    name: 'application focus',
    modalities: ['app'],
    available: async () => {
      try {
        const bus = await connectBus('session', env);
        return await telling.whether(bus).finally(() => bus.close());
      } catch (error) {
        return noBus(error);
      }
    },
    start: async (sink) => {
      const bus = await connectBus('session', env).catch((error: unknown) => {
        throw new UnavailableError(noBus(error), { cause: error });
      });
      let stopped = false;
      const gone = (found: Unavailable): void => {
        if (!stopped) sink.report(found);
      };
      bus.onLost(() => gone(BUS_GONE));
      try {
        const unfollow = await telling.follow(bus, focusOn(sink, nowUs), gone);
        end = async () => {
          stopped = true;
          await unfollow();
          await bus.close();
        };
      } catch (error) {
        stopped = true;
        await bus.close();
        throw new UnavailableError(telling.refused(error), { cause: error });
      }
    },
    stop: async () => {
      const ending = end;
      end = null;
      await ending?.();
    },
  };
}

/** Each application once, when it comes to the front. */
function focusOn({ publish }: Pick<CollectorSink, 'publish'>, nowUs: () => number): (given: string) => void {
  let last = '';
  return (given) => {
    const name = applicationName(given);
    if (name === '' || name === last) return;
    last = name;
    publish({ type: 'app', ts: nowUs(), app_name: name, event: 'focus' });
  };
}
