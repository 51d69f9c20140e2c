// The screen savers of the desktops. In: the session bus. Out: whether they are active, and a request to lock.
import type { Bus, BusTarget } from '../../dbus.ts';
import { watchWitness, type Locker, type WitnessParts } from './watch-witness.ts';

interface ScreenSaver {
  /** Its name on the bus, and that of its interface. */
  readonly name: string;
  readonly paths: readonly string[];
  /** In a sentence. */
  readonly words: string;
  /** Cinnamon wants a message for the lock screen. */
  readonly lockArguments?: readonly [signature: string, values: readonly unknown[]];
}

/** The desktops' own first: several answer to the common name as well, some of them halfway. */
export const SCREEN_SAVERS: readonly ScreenSaver[] = [
  { name: 'org.gnome.ScreenSaver', paths: ['/org/gnome/ScreenSaver'], words: 'the GNOME screen saver' },
  {
    name: 'org.cinnamon.ScreenSaver',
    paths: ['/org/cinnamon/ScreenSaver'],
    words: 'the Cinnamon screen saver',
    lockArguments: ['s', ['']],
  },
  { name: 'org.mate.ScreenSaver', paths: ['/org/mate/ScreenSaver'], words: 'the MATE screen saver' },
  { name: 'org.xfce.ScreenSaver', paths: ['/org/xfce/ScreenSaver'], words: 'the Xfce screen saver' },
  {
    name: 'org.freedesktop.ScreenSaver',
    paths: ['/org/freedesktop/ScreenSaver', '/ScreenSaver'],
    words: 'the screen saver',
  },
];

export async function watchScreenSaver(
  { name, paths, words, lockArguments = ['', []] }: ScreenSaver,
  parts: Pick<WitnessParts, 'bus' | 'report' | 'graceMs'>,
): Promise<Locker> {
  const { bus } = parts;
  let answering: BusTarget | null = null;
  const ask = async (): Promise<boolean> => {
    answering = null;
    const [target, active] = await firstAnswer(bus, name, paths);
    answering = target;
    return active === true;
  };
  const rule = { interface: name, member: 'ActiveChanged', sender: name };
  const witness = await watchWitness({ ...parts, name, rule, word: ({ args }) => args[0] === true, ask });
  return {
    ...witness,
    way: () => {
      const target = answering;
      if (target === null || !witness.present()) return null;
      const [signature, values] = lockArguments;
      return { by: words, ask: () => bus.call(target, 'Lock', signature === '' ? undefined : signature, values) };
    },
  };
}

async function firstAnswer(bus: Bus, name: string, paths: readonly string[]): Promise<[BusTarget, unknown]> {
  let last: unknown;
  for (const path of paths) {
    const target = { name, path, interface: name };
    try {
      return [target, await bus.call(target, 'GetActive')];
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${name} does not say whether it is active`, { cause: last });
}
