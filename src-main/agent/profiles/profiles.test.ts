import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemoryStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { openProfiles, type Profiles } from './profiles.ts';

const MINUTE_US = 60e6;
const NOW_MS = 1_700_000_000_000;

interface Opened {
  readonly profiles: Profiles;
  readonly store: Store;
  unlocksSeen: boolean;
}

function open(store: Store = openMemoryStore()): Opened {
  const opened = { store, unlocksSeen: true };
  const profiles = openProfiles({ store, nowMs: () => NOW_MS, unlocksSeen: () => opened.unlocksSeen });
  return Object.assign(opened, { profiles });
}

/** The first profile is known by its typing. */
function known(store?: Store): Opened {
  const opened = open(store);
  opened.profiles.tell(1, 'keystroke', true);
  return opened;
}

const names = ({ list }: Profiles): readonly string[] => list().map(({ id, name }) => `${id} ${name}`);

test('there is one profile to begin with, and it is taught until it is known', () => {
  const { profiles } = open();
  assert.deepEqual(profiles.list(), [{ id: 1, name: 'Usual', createdMs: NOW_MS, use: 1 }]);
  assert.deepEqual([profiles.taught(), profiles.inUse(), profiles.learning()], [1, null, null]);
  profiles.tell(1, 'keystroke', true);
  assert.deepEqual([profiles.taught(), profiles.inUse(), profiles.unjudged('keystroke')], [1, 1, false]);
  assert.equal(profiles.weigh(0, new Map([[1, -0.7]])), -0.7);
});

test('names, numbers and the one being learned survive a restart; numbers are not given twice', () => {
  const { profiles, store } = known();
  assert.equal(profiles.add(' Dock ', NOW_MS), 2);
  profiles.rename(1, 'Laptop');
  const again = known(store).profiles;
  assert.deepEqual([names(again), again.learning()], [['1 Laptop', '2 Dock'], 2]);
  again.remove(2);
  assert.equal(again.learning(), null);
  assert.equal(again.add('Sofa', NOW_MS), 3);
  again.reset();
  assert.deepEqual(names(again), ['1 Usual']);
});

test('what makes no sense is refused in plain words', () => {
  const fresh = open().profiles;
  assert.throws(() => fresh.add('Dock', NOW_MS), /Nothing is known of Usual yet/);
  assert.throws(() => fresh.remove(1), /This is the only profile/);
  const { profiles } = known();
  assert.throws(() => profiles.add('USUAL', NOW_MS), /There is a profile of the name Usual already/);
  assert.throws(() => profiles.rename(7, 'x'), /There is no such profile any more/);
  profiles.add('Dock', NOW_MS);
  assert.throws(() => profiles.rename(2, 'usual'), /of the name Usual already/);
  profiles.rename(2, 'DOCK');
  assert.throws(() => profiles.add('Sofa', NOW_MS), /DOCK is still being learned/);
  profiles.tell(2, 'keystroke', true);
  for (const id of [3, 4, 5]) {
    profiles.add(`More ${id}`, NOW_MS);
    profiles.tell(id, 'keystroke', true);
  }
  assert.throws(() => profiles.add('Sixth', NOW_MS), /There are 5 profiles already/);
});

test('a new profile is taught by all that comes in, unjudged, until its typing is known', () => {
  const { profiles } = known();
  profiles.tell(1, 'mouse', true);
  profiles.add('Dock', NOW_MS);
  const now = (): unknown[] => [
    profiles.taught(),
    profiles.learning(),
    profiles.unjudged('keystroke'),
    profiles.unjudged('mouse'),
  ];
  assert.deepEqual(now(), [2, 2, true, true]);
  profiles.tell(2, 'mouse', true);
  assert.deepEqual(now(), [2, 2, true, false], 'the mouse is known, the typing is not');
  profiles.tell(2, 'keystroke', true);
  assert.deepEqual(now().slice(1), [null, false, false]);
  assert.equal(profiles.weight(1) + profiles.weight(2), 1);
});

test('where profiles are told by the mouse alone, the mouse completes one', () => {
  const { profiles } = open();
  profiles.tell(1, 'mouse', true);
  profiles.add('Dock', NOW_MS);
  profiles.tell(2, 'mouse', true);
  assert.equal(profiles.learning(), null);
});

test('who left for a quarter of an hour has to show again who he is before the new profile goes on', () => {
  const { profiles } = known();
  profiles.add('Dock', NOW_MS);
  const startUs = NOW_MS * 1000;
  profiles.seen(startUs + 14 * MINUTE_US);
  profiles.seen(startUs + 28 * MINUTE_US);
  assert.equal(profiles.unjudged('keystroke'), true);
  profiles.seen(startUs + 44 * MINUTE_US);
  assert.deepEqual([profiles.unjudged('keystroke'), profiles.taught(), profiles.learning()], [false, 1, 2]);
  profiles.seen(startUs + 45 * MINUTE_US);
  assert.equal(profiles.unjudged('keystroke'), false, 'typing on does not help');
  profiles.reauthenticated(startUs + 46 * MINUTE_US);
  profiles.seen(startUs + 47 * MINUTE_US);
  assert.deepEqual([profiles.unjudged('keystroke'), profiles.taught()], [true, 2]);
});

test('after a restart it goes on with the next password; where none can be seen, at once', () => {
  const { store, profiles } = known();
  profiles.add('Dock', NOW_MS);
  const again = known(store);
  assert.equal(again.profiles.unjudged('keystroke'), false);
  again.unlocksSeen = false;
  assert.equal(again.profiles.unjudged('keystroke'), true);
});

/** Two that are known. */
function two(): Opened {
  const opened = known();
  opened.profiles.add('Dock', NOW_MS);
  opened.profiles.tell(2, 'keystroke', true);
  return opened;
}

test('only the one that is clearly in use is taught', () => {
  const { profiles } = two();
  assert.equal(profiles.taught(), null, 'nothing has been seen yet');
  const say = (one: number, other: number, atS: number): void =>
    void profiles.weigh(
      atS * 1e6,
      new Map([
        [1, one],
        [2, other],
      ]),
    );
  say(0, 1, 0);
  assert.deepEqual([profiles.inUse(), profiles.taught()], [2, null]);
  say(0, 4, 2);
  assert.deepEqual([profiles.inUse(), profiles.taught()], [2, 2]);
  profiles.interrupt();
  assert.equal(profiles.taught(), null, 'another sitting, perhaps at the other keyboard');
  say(9, 0, 4);
  assert.equal(profiles.taught(), 1);
});

test('the one that was used of late is expected, the other never ruled out', () => {
  const { profiles, store } = two();
  const expected = (): readonly number[] => {
    profiles.interrupt();
    return [profiles.weight(1), profiles.weight(2)];
  };
  // The new one is expected as much as a second of two would be: 1/2 of 1 + 1/2, and a tenth for each at least.
  const share = 0.1 + 0.8 * (0.5 / 1.5);
  assert.ok(Math.abs((expected()[1] ?? 0) - share) < 1e-12);
  for (let i = 0; i < 120_000; i += 1)
    profiles.weigh(
      i * 1e6,
      new Map([
        [1, -3],
        [2, 3],
      ]),
    );
  const [first = 0, second = 0] = expected();
  assert.ok(first > 0.1 && first < 0.15 && second > 0.85, `${first} and ${second}`);
  const kept = JSON.parse(store.get('profiles') ?? '') as { profiles: { use: number }[] };
  assert.ok((kept.profiles[1]?.use ?? 0) > 0.9, 'kept for the next start');
});

test('the typing of one and the mouse of another: what one modality says counts for both', () => {
  const { profiles } = two();
  profiles.tell(1, 'mouse', true);
  profiles.weigh(
    0,
    new Map([
      [1, 0],
      [2, 6],
    ]),
  );
  // The mouse knows the first alone; of the second it assumes anybody.
  const ratio = profiles.weigh(0, new Map([[1, -8]]));
  assert.ok(ratio > -0.1, `${ratio}: the dock's mouse is not the laptop's`);
});

test('the owner is confirmed by a password until nobody is there for a quarter of an hour; where none can be seen, always', () => {
  const opened = open();
  const { profiles } = opened;
  assert.equal(profiles.confirmed(), false);
  profiles.reauthenticated(0);
  profiles.seen(MINUTE_US);
  assert.equal(profiles.confirmed(), true);
  profiles.seen(17 * MINUTE_US);
  assert.equal(profiles.confirmed(), false);
  opened.unlocksSeen = false;
  assert.equal(profiles.confirmed(), true);
});
