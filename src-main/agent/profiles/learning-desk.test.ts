// The acts on what is known of the owner, at a desk with puppets: what is asked before, what is done, and what is written down.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision, Modality } from '../../../src-preload/contract.ts';
import { openMemoryStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Track } from '../track.ts';
import { createLearningDesk, type LearningDesk } from './learning-desk.ts';
import { openProfiles, type Profiles } from './profiles.ts';
import type { Episode } from './vouching.ts';

const NOW_MS = 1_700_000_000_000;

interface Stage {
  readonly desk: LearningDesk;
  readonly store: Store;
  readonly profiles: Profiles;
  readonly did: string[];
  refusal: string | null;
  doubt: string | null;
  episode: Episode | null;
}

function puppet(modality: Modality, did: string[]): Partial<Track> {
  const model = { modality, profile: 1, name: modality, createdMs: 5, why: 'more', events: 9, accuracy: null } as const;
  return {
    modality,
    shared: modality === 'app',
    standing: (profile) => ({
      ...{ maturity: profile === 2 ? 'none' : 'young', have: 7, need: 9, refused: false, trouble: null },
      versions:
        profile === 2
          ? []
          : [
              { ...model, version: 2 },
              { ...model, version: 1 },
            ],
    }),
    useVersion: async (profile, version) => {
      did.push(`${modality} of ${profile} back to ${version}`);
      return `Back to ${version}.`;
    },
    forget: async (profile) => void did.push(`${modality} forgot ${profile}`),
  };
}

function build(): Stage {
  const store = openMemoryStore();
  const profiles = openProfiles({ store });
  profiles.tell(1, 'keystroke', true);
  const did: string[] = [];
  const stage = { did, refusal: null as string | null, doubt: null as string | null, episode: null as Episode | null };
  const desk = createLearningDesk({
    ...{ store, profiles, nowMs: () => NOW_MS, shown: () => true },
    tracks: (['keystroke', 'mouse', 'app'] as const).map((modality) => puppet(modality, did) as Track),
    vouching: {
      tick: () => undefined,
      reauthenticated: () => undefined,
      spoil: () => undefined,
      canTeach: (alarmMs) => stage.episode?.alarmsMs.includes(alarmMs) === true,
      take: (alarmMs) => (stage.episode?.alarmsMs.includes(alarmMs) === true ? stage.episode : null),
    },
    settled: () => Promise.resolve(),
    interrupt: () => did.push('interrupted'),
    refusal: () => stage.refusal,
    doubt: () => stage.doubt,
    retrain: async (modality, _, { profile, why }) => {
      did.push(`${modality} of ${profile} trained, ${why}`);
      return `Trained ${modality}.`;
    },
    audit: (kind, text) => did.push(`${kind}: ${text}`),
    changed: () => did.push('changed'),
  });
  return Object.assign(stage, { desk, store, profiles });
}

const alarm = (secondsAgo: number, to: Decision['to'] = 'RESTRICTED', from: Decision['to'] = 'NORMAL'): Decision => ({
  atMs: NOW_MS - 1000 * secondsAgo,
  ...{ from, to, trust: 40, points: {}, reason: `Fell to ${to}.` },
});

test('without the password nothing is done, and the reason is the answer; only a name may change', async () => {
  const stage = build();
  stage.refusal = 'Password first.';
  const { desk, did } = stage;
  stage.store.addDecision(alarm(60));
  const acts = [
    desk.add('Dock'),
    desk.remove('1'),
    desk.useVersion('1', 'keystroke', 1),
    desk.thatWasMe(NOW_MS - 60_000),
  ];
  for (const act of acts) await assert.rejects(act, { message: 'Password first.' });
  assert.deepEqual(did, []);
  const { profiles } = await desk.rename('1', 'Laptop');
  assert.equal(profiles[0]?.name, 'Laptop');
  stage.doubt = 'In doubt.';
  await assert.rejects(desk.rename('1', 'Sofa'), { message: 'In doubt.' });
  assert.deepEqual(did, ['profile: The profile Usual is called Laptop now.', 'changed']);
});

test('a profile is added and removed with all that it knows, and the view is answered', async () => {
  const { desk, did } = build();
  const added = await desk.add('Dock');
  assert.deepEqual(
    added.profiles.map(({ id, name, status }) => [id, name, status]),
    [
      ['1', 'Usual', 'in-use'],
      ['2', 'Dock', 'learning'],
    ],
  );
  assert.deepEqual(
    added.shared.map(({ modality, versions }) => [modality, versions.map(({ version, inUse }) => [version, inUse])]),
    [
      [
        'app',
        [
          [2, true],
          [1, false],
        ],
      ],
    ],
  );
  await desk.remove('2');
  assert.deepEqual(did, [
    ...['interrupted', 'profile: The profile Dock was added: what comes in from now on teaches it.', 'changed'],
    ...['interrupted', 'keystroke forgot 2', 'mouse forgot 2', 'app forgot 2'],
    ...['profile: The profile Dock was removed, with all that it had learned.', 'changed'],
  ]);
  await assert.rejects(desk.remove('2'), /There is no such profile any more/);
});

test('the way back asks for what there is', async () => {
  const { desk, did } = build();
  await assert.rejects(desk.useVersion(null, 'mouse', 1), /Name the profile whose model of mouse movement it is/);
  await assert.rejects(
    desk.useVersion('1', 'app', 1),
    /All profiles share what is known of application use: name none/,
  );
  await assert.rejects(desk.useVersion('1', 'mouse', 3), /There is no version 3 of mouse movement any more/);
  await assert.rejects(desk.useVersion('9', 'mouse', 1), /There is no such profile/);
  await desk.useVersion('1', 'mouse', 1);
  await desk.useVersion(null, 'app', 1);
  assert.deepEqual(did, [
    ...['mouse of 1 back to 1', 'training: Usual: Back to 1.', 'changed'],
    ...['app of 0 back to 1', 'training: Back to 1.', 'changed'],
  ]);
});

test('alarms are falls to restricted or lower of 30 days, newest first, fifty at most', () => {
  const { desk, store } = build();
  store.addDecision(alarm(40 * 86_400));
  for (let i = 60; i > 0; i -= 1) store.addDecision(alarm(10 * i));
  store.addDecision(alarm(4, 'MONITORING'));
  store.addDecision(alarm(3, 'LOCKDOWN'));
  store.addDecision(alarm(2, 'RESTRICTED', 'LOCKDOWN'));
  store.addDecision(alarm(1, 'NORMAL', 'RESTRICTED'));
  const { alarms } = desk.view();
  assert.equal(alarms.length, 50);
  assert.deepEqual(alarms[0], {
    ...{ atMs: NOW_MS - 3000, to: 'LOCKDOWN', reason: 'Fell to LOCKDOWN.', verdict: null, canTeach: false },
  });
});

test('that was me: all that came in around the alarm teaches its profile, and each alarm of the fall is marked', async () => {
  const stage = build();
  const { desk, store, did } = stage;
  for (const one of [alarm(60), alarm(50, 'LOCKDOWN', 'RESTRICTED')]) store.addDecision(one);
  const alarmsMs = [NOW_MS - 60_000, NOW_MS - 50_000];
  const part = (modality: Modality, events: number) => ({
    ...{ modality, events },
    teach: (profile: number) => did.push(`${events} ${modality} to ${profile}`),
  });
  stage.episode = { alarmsMs, profile: 1, unlearned: [part('keystroke', 40), part('keystroke', 2), part('mouse', 5)] };
  assert.deepEqual(
    desk.view().alarms.map(({ canTeach }) => canTeach),
    [true, true],
  );
  const sentence = await desk.thatWasMe(NOW_MS - 50_000);
  assert.equal(
    sentence,
    '42 keystrokes and 5 mouse movements around this alarm now count as Usual. Trained keystroke. Trained mouse.',
  );
  assert.deepEqual(did, [
    ...['40 keystroke to 1', '2 keystroke to 1', '5 mouse to 1'],
    ...['keystroke of 1 trained, confirmed', 'mouse of 1 trained, confirmed'],
    `training: "That was me", said the owner after an alarm. ${sentence}`,
    'changed',
  ]);
  assert.deepEqual([...store.verdicts(0).keys()], alarmsMs);
  assert.ok(desk.view().alarms.every(({ verdict, canTeach }) => verdict === 'owner' && !canTeach));
  await assert.rejects(desk.thatWasMe(NOW_MS - 60_000), /marked as a false one already/);
  await assert.rejects(desk.thatWasMe(1), /There was no alarm at this moment/);
});

test('a new alarm is among them at once; one that is out of memory is marked all the same', async () => {
  const { desk, store } = build();
  assert.deepEqual(desk.view().alarms, []);
  const decision = alarm(5);
  store.addDecision(decision);
  desk.tick({ point: { atMs: NOW_MS, trust: 40, low: 1, high: 60, state: 'RESTRICTED' }, decision });
  assert.equal(desk.view().alarms.length, 1);
  assert.match(
    await desk.thatWasMe(decision.atMs),
    /nothing was learned from it\. The alarm is marked as a false one\.$/,
  );
  assert.equal(desk.view().alarms[0]?.verdict, 'owner');
});

test('what is confirmed for a profile that has no model yet waits for its enrolment', async () => {
  const stage = build();
  stage.profiles.add('Dock', NOW_MS);
  stage.store.addDecision(alarm(60));
  const taught: number[] = [];
  const unlearned = [{ modality: 'keystroke', events: 3, teach: (profile: number) => taught.push(profile) } as const];
  stage.episode = { alarmsMs: [NOW_MS - 60_000], profile: 2, unlearned };
  assert.equal(await stage.desk.thatWasMe(NOW_MS - 60_000), '3 keystrokes around this alarm now count as Dock.');
  assert.deepEqual([taught, stage.did.some((line) => line.includes('trained'))], [[2], false]);
});
