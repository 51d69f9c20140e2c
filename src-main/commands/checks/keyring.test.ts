import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bus } from '../../dbus.ts';
import { keyringState } from '../../secret-service.ts';
import { found } from './keyring.ts';

interface Service {
  readonly runs?: boolean;
  readonly startable?: readonly string[];
  readonly alias?: unknown;
  readonly locked?: unknown;
}

/** The answers of the Secret Service's specification; another question is an error. */
function bus({
  runs = true,
  startable = [],
  alias = '/org/freedesktop/secrets/collection/login',
  locked,
}: Service): Bus {
  const answers: Record<string, unknown> = { ListActivatableNames: startable, ReadAlias: alias };
  return {
    hasOwner: (name: string) => Promise.resolve(runs && name === 'org.freedesktop.secrets'),
    call: (_target: unknown, member: string) =>
      member in answers ? Promise.resolve(answers[member]) : Promise.reject(new Error(`nobody asks ${member}`)),
    property: ({ path, interface: owner }: { path: string; interface: string }, name: string) => {
      assert.deepEqual([path, owner, name], [alias, 'org.freedesktop.Secret.Collection', 'Locked']);
      return Promise.resolve(locked);
    },
  } as unknown as Bus;
}

test('how the keyring stands is found out without starting or asking it', async () => {
  assert.equal(await keyringState(bus({ runs: false })), 'none');
  assert.equal(await keyringState(bus({ runs: false, startable: ['org.freedesktop.secrets'] })), 'asleep');
  assert.equal(await keyringState(bus({ alias: '/' })), 'unmade');
  assert.equal(await keyringState(bus({ alias: '/org/freedesktop/secrets/collection/session' })), 'unmade');
  assert.equal(await keyringState(bus({ locked: true })), 'locked');
  assert.equal(await keyringState(bus({ locked: false })), 'open');
});

test('where the key lies is said, with what to do where that is not the keyring', () => {
  const says = (...[state, place]: [Parameters<typeof found>[0], Parameters<typeof found>[1]]) =>
    found(state, place, 'a service');
  assert.deepEqual(says('open', 'keyring'), {
    state: 'works',
    detail: 'a service; the key to the data lies in it',
    fix: null,
  });
  assert.deepEqual(says('open', 'none'), {
    state: 'works',
    detail: 'a service; the tray application keeps the key to the data in it',
    fix: null,
  });
  assert.deepEqual(says('locked', 'keyring'), {
    state: 'partly',
    detail: 'a service, locked; it asks for its password; the key to the data lies in it',
    fix: null,
  });
  const still = says('open', 'file');
  assert.deepEqual([still.state, still.detail], ['partly', 'a service; the key to the data still lies beside it']);
  assert.match(still.fix ?? '', /^Start the tray application while the keyring is open/);
  const gone = says('none', 'keyring');
  assert.deepEqual(
    [gone.state, gone.detail],
    ['missing', 'no secret service on the session bus; the key to the data lies in a keyring'],
  );
  assert.match(gone.fix ?? '', /^Start SecLyzer in the desktop that it was first started in/);
  assert.match(says('none', 'file').fix ?? '', /apt-get install gnome-keyring/);
});
