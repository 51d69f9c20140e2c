// Enters: the word of our GNOME Shell extension (assets/gnome-extension) that another application is in front. Leaves: focus events with
// its name. The Shell tells nobody else of windows: an extension is the only way.
import { connectBus, type Bus, type BusTarget } from '../../../dbus.ts';
import { messageOf } from '../../thrown.ts';
import { applicationName } from '../application-name.ts';
import type { Collector, CollectorSink } from '../collector.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';

/** On the Shell's own connection: nobody else can speak there. */
export const EXTENSION: BusTarget = {
  name: 'org.gnome.Shell',
  path: '/io/github/seclyzer/Focus',
  interface: 'io.github.seclyzer.Focus',
};
export const EXTENSION_ID = 'seclyzer-focus@seclyzer.github.io';
const NOT_INSTALLED: Unavailable = {
  ok: false,
  reason: 'GNOME tells of the application in front by an extension alone, and that is not installed or not turned on',
  fix: `Copy assets/gnome-extension to ~/.local/share/gnome-shell/extensions/${EXTENSION_ID}, log in again, then: gnome-extensions enable ${EXTENSION_ID}`,
};
const GONE: Unavailable = {
  ok: false,
  reason: 'the session bus has gone',
  fix: 'Log in again and start SecLyzer there.',
};

export function gnomeFocus(env: NodeJS.ProcessEnv, nowUs: () => number = () => Date.now() * 1000): Collector {
  let following: { readonly stop: () => Promise<void> } | null = null;
  return {
    name: 'application focus',
    modalities: ['app'],
    available: async () => {
      try {
        const bus = await connectBus('session', env);
        const answers = bus.property(EXTENSION, 'Application').then(
          () => true,
          () => false,
        );
        return (await answers.finally(() => bus.close())) ? { ok: true } : NOT_INSTALLED;
      } catch (error) {
        return { ...GONE, reason: messageOf(error) };
      }
    },
    start: async (sink) => {
      const bus = await connectBus('session', env).catch((error: unknown) => {
        throw new UnavailableError({ ...GONE, reason: messageOf(error) }, { cause: error });
      });
      try {
        following = await follow(bus, sink, nowUs);
      } catch (error) {
        await bus.close();
        throw new UnavailableError(NOT_INSTALLED, { cause: error });
      }
    },
    stop: async () => {
      const ending = following;
      following = null;
      await ending?.stop();
    },
  };
}

async function follow(bus: Bus, sink: CollectorSink, nowUs: () => number) {
  let last = '';
  let stopped = false;
  const focus = (given: unknown): void => {
    const name = typeof given === 'string' ? applicationName(given) : '';
    if (name === '' || name === last) return;
    last = name;
    sink.publish({ type: 'app', ts: nowUs(), app_name: name, event: 'focus' });
  };
  const { name: sender, ...rest } = EXTENSION;
  const end = await bus.onSignal({ ...rest, sender, member: 'Focused' }, ({ directed, args }) => {
    // What is sent to us alone may come from anybody.
    if (!directed) focus(args[0]);
  });
  bus.onLost(() => {
    if (!stopped) sink.report(GONE);
  });
  focus(await bus.property(EXTENSION, 'Application'));
  return {
    stop: async () => {
      stopped = true;
      end();
      await bus.close();
    },
  };
}
