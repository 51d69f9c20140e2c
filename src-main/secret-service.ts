// The session bus in. Out: how the keyring of the desktop stands (the Secret Service of GNOME's keyring, KWallet or KeePassXC), found out
// without a question to the user. As specifications.freedesktop.org/secret-service has it.
import { isReachable, type Bus, type BusTarget } from './dbus.ts';

/**
 * none: nobody keeps secrets. asleep: the bus starts it when it is first used. unmade: it has no lasting keyring yet, and
 * asks for a password of a new one. locked: it asks for its password. open: it answers without a question.
 */
export type KeyringState = 'none' | 'asleep' | 'unmade' | 'locked' | 'open';

const NAME = 'org.freedesktop.secrets';
const SERVICE: BusTarget = {
  name: NAME,
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
};
/** Where programs put what they keep when they name no other place. */
const DEFAULT = 'default';
const NO_OBJECT = '/';
/** What lies in it is gone at the end of the session. */
const FLEETING = '/org/freedesktop/secrets/collection/session';

/** @throws Error where it does not answer. */
export async function keyringState(bus: Bus): Promise<KeyringState> {
  if (!(await bus.hasOwner(NAME))) return (await isReachable(bus, NAME)) ? 'asleep' : 'none';
  const collection = await bus.call(SERVICE, 'ReadAlias', 's', [DEFAULT]);
  if (typeof collection !== 'string' || collection === NO_OBJECT || collection === FLEETING) return 'unmade';
  const target = { name: NAME, path: collection, interface: 'org.freedesktop.Secret.Collection' };
  return (await bus.property(target, 'Locked')) === false ? 'open' : 'locked';
}
