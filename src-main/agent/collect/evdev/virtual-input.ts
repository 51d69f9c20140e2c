// Who types and points, device by device, in; out: word that a program does, by a device that it has made (uinput), or through the one
// that the X server keeps for programs (XTEST). Pure.
// Key remappers (keyd, kmonad, input-remapper) take the real keyboard for themselves and hand its keys on through such a device; then no
// real one is heard. Remote desktops and on-screen keyboards use XTEST, mostly alone. A virtual device beside a real one that is in use is another thing.
import { DOUBTFUL, inSeconds, type InjectedFinding } from '../../infer/injected-finding.ts';
import type { DeviceKind } from './input-devices.ts';

/** By what means a program types or points. */
export type MadeBy = 'uinput' | 'xtest';

export interface TypingDevice {
  readonly name: string;
  /** null: a real one. */
  readonly madeBy: MadeBy | null;
}

export interface VirtualInput {
  /** One keystroke, movement or click. @returns a finding at most once a second, grown while the device goes on. */
  readonly accept: (device: TypingDevice, kind: DeviceKind, atUs: number) => InjectedFinding | null;
}

/** A device that rests longer than this begins a new episode. */
const EPISODE_GAP_US = 60_000_000;
const TELL_EVERY_US = 1_000_000;
const WITH_A_REAL_ONE = 0.9;

const WORDS = { keyboard: 'keystrokes', pointer: 'movements and clicks' } as const satisfies Record<DeviceKind, string>;

const MEANS = {
  uinput: { device: 'a device that a program has made (uinput)', honest: 'a key remapper is such a program' },
  xtest: {
    device: 'through which programs type and point (XTEST)',
    honest: 'a remote desktop or an on-screen keyboard does that',
  },
} as const satisfies Record<MadeBy, { readonly device: string; readonly honest: string }>;

interface Episode {
  readonly firstUs: number;
  lastUs: number;
  toldUs: number;
  events: number;
}

export function createVirtualInput(): VirtualInput {
  /** Kinds of which a real device is in use. */
  const real = new Set<DeviceKind>();
  const episodes = new Map<string, Episode>();

  const episodeOf = (key: string, atUs: number): Episode => {
    const before = episodes.get(key);
    if (before !== undefined && atUs - before.lastUs < EPISODE_GAP_US) return before;
    const episode = { firstUs: atUs, lastUs: atUs, toldUs: Number.NEGATIVE_INFINITY, events: 0 };
    episodes.set(key, episode);
    return episode;
  };
  return {
    accept: ({ name, madeBy }, kind, atUs) => {
      if (madeBy === null) {
        real.add(kind);
        return null;
      }
      const besideReal = real.has(kind);
      const episode = episodeOf(`${kind} ${besideReal} ${name}`, atUs);
      episode.events += 1;
      episode.lastUs = atUs;
      if (atUs - episode.toldUs < TELL_EVERY_US) return null;
      episode.toldUs = atUs;
      const { firstUs, events } = episode;
      const beside = besideReal
        ? `while a real ${kind === 'keyboard' ? 'keyboard' : 'mouse'} is in use`
        : `and from no other; ${MEANS[madeBy].honest}`;
      const evidence = `${events} ${WORDS[kind]} in ${inSeconds(atUs - firstUs)} came from "${name}", ${MEANS[madeBy].device}, ${beside}`;
      const confidence = besideReal ? WITH_A_REAL_ONE : DOUBTFUL;
      return { kind: 'virtual device', evidence, confidence, firstUs, lastUs: atUs, events };
    },
  };
}
