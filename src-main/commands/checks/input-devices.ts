// Whether keyboards and mice can be read from the kernel, which Wayland leaves as the only way; by what right, what that right means
// for everybody's secrets, and how to give it. Nothing is changed here.
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileOf, isReadable, SYSTEM_PLACES, type EvdevPlaces } from '../../agent/collect/evdev/device-access.ts';
import { readInputDevices, type InputDevice } from '../../agent/collect/evdev/input-devices.ts';
import { isWayland } from '../../agent/collect/x-display.ts';
import type { Check } from './capability.ts';

export interface InputRights {
  readonly env: NodeJS.ProcessEnv;
  /** The folder of package.json. */
  readonly root: string;
  readonly places?: EvdevPlaces;
  /** Group numbers of this process, and its user. */
  readonly groups?: readonly number[];
  readonly uid?: number;
}

const OF_THE_SEAT = 'every program of whoever sits at the machine can read what is typed, passwords included';
const ALWAYS = 'every program of this user can read what is typed, at any time, also while somebody else sits there';

export const inputDevices =
  ({
    env,
    root,
    places = SYSTEM_PLACES,
    groups = process.getgroups?.() ?? [],
    uid = process.getuid?.() ?? -1,
  }: InputRights): Check =>
  async () => {
    if (process.platform !== 'linux')
      return { state: 'works', detail: 'the system tells of input by itself', fix: null };
    const devices = await readInputDevices(places.list).catch(() => []);
    const readable = devices.filter((device) => isReadable(places, device));
    const count = `${readable.length} of ${devices.length} keyboards and mice can be read`;
    const [first] = readable;
    if (first !== undefined) {
      const state = readable.length === devices.length ? 'works' : 'partly';
      return { state, detail: `${count} ${rightTo(first, { places, groups, uid })}`, fix: null };
    }
    if (!isWayland(env)) {
      const told = 'under X11 the X server tells of input';
      const detail =
        (env['DISPLAY'] ?? '') === '' ? `not asked: there is no desktop here; ${told}` : `not needed: ${told}`;
      return { state: 'works', detail, fix: null };
    }
    if (devices.length === 0)
      return { state: 'missing', detail: 'the kernel tells of no keyboard and no mouse', fix: 'Connect one.' };
    return { state: 'missing', detail: `${count}, and Wayland tells nobody of input`, fix: waysToAllow(root) };
  };

function rightTo(
  device: InputDevice,
  { places, groups, uid }: { readonly places: EvdevPlaces; readonly groups: readonly number[]; readonly uid: number },
): string {
  if (uid === 0) return 'by root, who can read everything';
  const { mode, gid } = statSync(fileOf(places, device));
  // An access list shows in the bits of the group as its mask, so that the group counts only for its members.
  if ((mode & 0o040) !== 0 && groups.includes(gid)) return `by their group: ${ALWAYS}`;
  if ((mode & 0o004) !== 0) return 'by everybody: every program of every user can read what is typed. Mend that';
  return `by the right of the seat (uaccess): ${OF_THE_SEAT}`;
}

const waysToAllow = (root: string): string =>
  [
    'Better, and at once:',
    `  sudo cp '${join(root, 'assets', '70-seclyzer-input.rules')}' /etc/udev/rules.d/`,
    '  sudo udevadm control --reload && sudo udevadm trigger --action=change --subsystem-match=input',
    `It means: ${OF_THE_SEAT}, until another session comes to the front.`,
    'Or, where logind does not manage seats, and from the next login on:',
    `  sudo usermod -aG input ${userInfo().username}`,
    `It means: ${ALWAYS}.`,
    'Under X11 every program of a session can read what is typed there without being asked; an X11 session needs neither.',
  ].join('\n');
