// The whole life of what is learned, with invented typists: enrolment, a second profile, an alarm, the password, "that was me", and the
// way back. Ada is the owner at her laptop; Grace's hand stands in for hers at the dock; heavy Grace is somebody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Learning, Profile } from '../../../src-preload/contract.ts';
import { inventEvents, typistByName } from '../collect/synthetic.ts';
import type { InputEvent } from '../events.ts';
import { createRandom } from '../learn/random.ts';
import { agentByHand, decisionsOf } from './agent-by-hand.fixture.ts';

const START_US = 1_704_704_400_000_000;
type Hand = 'ada' | 'grace' | 'heavy grace';

/** So many keystrokes of work, with the mouse and applications between them. */
function* work(hand: Hand, seed: number, keys: number): Generator<InputEvent> {
  const pressed = new Map<string, number>();
  let typed = 0;
  for (const event of inventEvents(typistByName(hand === 'ada' ? 'ada' : 'grace'), createRandom(seed), START_US)) {
    if (event.type !== 'keystroke') {
      yield event;
      continue;
    }
    if (event.event === 'press') {
      typed += 1;
      if (typed > keys) return;
      pressed.set(event.key, event.ts);
      yield event;
      continue;
    }
    const heldUs = event.ts - (pressed.get(event.key) ?? event.ts);
    yield hand === 'heavy grace' ? { ...event, ts: event.ts + Math.round(1.2 * heldUs) } : event;
  }
}

const profileOf = ({ profiles }: Learning, name: string): Profile => {
  const found = profiles.find((one) => one.name === name);
  assert.ok(found !== undefined, `${name} is not among the profiles`);
  return found;
};
const typingOf = (learning: Learning, name: string): Profile['modalities'][number] => {
  const [typing] = profileOf(learning, name).modalities;
  assert.ok(typing !== undefined);
  return typing;
};
const hasAlarm = (states: readonly string[]): boolean => states.includes('RESTRICTED') || states.includes('LOCKDOWN');
const reasonsOf = (learning: Learning, name: string): readonly string[] =>
  typingOf(learning, name).versions.map(({ why }) => why);

test('enrolment, a second profile, an alarm, that was me, and back', async (t) => {
  const agent = await agentByHand(t, { startUs: START_US, enrol: { keystroke: 600, mouse: 60, app: 1e6 } });
  const { play, unlock, call, learning, audited } = agent;

  // Enrolment: what comes in teaches the first profile until typing and the mouse have their models.
  await play(work('ada', 1, 300));
  const half = await learning();
  assert.deepEqual([profileOf(half, 'Usual').status, typingOf(half, 'Usual').maturity], ['learning', 'none']);
  assert.equal(typingOf(half, 'Usual').sentence, '50 %, about 2 min of typing to go.');
  await play(work('ada', 2, 1200));
  const enrolled = await learning();
  assert.equal(profileOf(enrolled, 'Usual').status, 'in-use');
  assert.equal(reasonsOf(enrolled, 'Usual').at(-1), 'enrolment');
  assert.ok((profileOf(enrolled, 'Usual').modalities[1]?.have ?? 0) > 10, 'mouse movements');
  assert.match(
    typingOf(enrolled, 'Usual').sentence,
    /^Learned from [\d,]+ keystrokes: there is a score, but too little/,
  );

  // A second profile, after the password. While it is learned nothing speaks against the owner.
  assert.match(enrolled.refusal ?? '', /Show first that this is you/);
  await assert.rejects(call('addProfile', { name: 'Dock' }), /Show first that this is you/);
  unlock();
  const added = await call('addProfile', { name: 'Dock' });
  assert.equal(profileOf(added, 'Dock').status, 'learning');
  const atDock = await play(work('grace', 3, 900));
  assert.deepEqual(decisionsOf(atDock), []);
  const both = await learning();
  assert.equal(typingOf(both, 'Dock').versions.at(-1)?.why, 'enrolment');
  assert.deepEqual(decisionsOf(await play(work('ada', 4, 200))), []);
  assert.equal(profileOf(await learning(), 'Usual').status, 'in-use');
  assert.deepEqual(decisionsOf(await play(work('grace', 5, 200))), []);
  assert.equal(profileOf(await learning(), 'Dock').status, 'in-use');

  // Somebody else, or so it looks: the alarm can be confirmed, but not before the password.
  const before = await learning();
  const fallen = decisionsOf(await play(work('heavy grace', 6, 60)));
  assert.ok(hasAlarm(fallen.slice(-1)), String(fallen));
  const alarmed = await learning();
  const [alarm] = alarmed.alarms;
  assert.deepEqual([alarm?.verdict, alarm?.canTeach], [null, true]);
  assert.ok(alarm !== undefined);
  await assert.rejects(call('thatWasMe', { atMs: alarm.atMs }), /Not while SecLyzer doubts/);
  await play(work('heavy grace', 6, 240));
  unlock();
  await play(work('grace', 7, 300));
  assert.deepEqual(reasonsOf(await learning(), 'Dock'), reasonsOf(before, 'Dock'), 'nothing was learned of it');
  const said = await call('thatWasMe', { atMs: alarm.atMs });
  assert.match(
    said,
    /^[3-5]\d\d keystrokes( and \d+ mouse movements)? around this alarm now count as Dock\. Learned your typing from/,
  );
  const confirmed = await learning();
  assert.deepEqual([confirmed.alarms[0]?.verdict, confirmed.alarms[0]?.canTeach], ['owner', false]);
  assert.equal(reasonsOf(confirmed, 'Dock')[0], 'confirmed');
  assert.equal(reasonsOf(confirmed, 'Usual')[0], reasonsOf(before, 'Usual')[0], 'the other profile is as it was');
  await assert.rejects(call('thatWasMe', { atMs: alarm.atMs }), /marked as a false one already/);

  // The way back takes what was confirmed along.
  const [newest, earlier] = typingOf(confirmed, 'Dock').versions;
  assert.ok(newest !== undefined && earlier !== undefined);
  const { id } = profileOf(confirmed, 'Dock');
  const back = await call('useVersion', { profile: id, modality: 'keystroke', version: earlier.version });
  assert.deepEqual(typingOf(back, 'Dock').versions, [
    { ...earlier, inUse: true },
    ...typingOf(confirmed, 'Dock').versions.slice(2),
  ]);
  const again = decisionsOf(await play(work('heavy grace', 8, 300)));
  assert.ok(hasAlarm(again), String(again));
  unlock();

  // What is not confirmed is forgotten; the verdict can still be noted.
  const late = (await learning()).alarms[0];
  assert.ok(late !== undefined);
  await play(work('grace', 9, 100));
  await agent.wait(31 * 60);
  assert.equal((await learning()).alarms[0]?.canTeach, false);
  unlock();
  assert.match(await call('thatWasMe', { atMs: late.atMs }), /not in memory any more, so nothing was learned from it/);
  assert.equal((await learning()).alarms[0]?.verdict, 'owner');
  assert.deepEqual(reasonsOf(await learning(), 'Dock'), reasonsOf(back, 'Dock'));

  const removed = await call('removeProfile', { id });
  assert.deepEqual(
    removed.profiles.map(({ name }) => name),
    ['Usual'],
  );
  const acts = audited.filter((line) => /^(profile|training): /.test(line));
  const expected = [
    /^profile: The profile Dock was added: what comes in from now on teaches it\.$/,
    /^training: "That was me", said the owner after an alarm\. \d+ keystrokes/,
    /^training: Dock: Typing is judged by version \d+ again, learned from \d+ keystrokes/,
    /^training: "That was me", said the owner after an alarm\. What came in then is not in memory/,
    /^profile: The profile Dock was removed, with all that it had learned\.$/,
  ];
  assert.equal(acts.length, expected.length);
  for (const [i, act] of acts.entries()) assert.match(act, expected[i] ?? /^$/);
});

test('learning anew asks for the password once something is known, and forgets every profile', async (t) => {
  const { play, unlock, call, learning } = await agentByHand(t, {
    startUs: START_US,
    enrol: { keystroke: 300, mouse: 1e6, app: 1e6 },
  });
  await play(work('ada', 1, 100));
  await call('restartEnrolment');
  await play(work('ada', 2, 500));
  await assert.rejects(call('restartEnrolment'), /Show first that this is you/);
  unlock();
  await call('addProfile', { name: 'Dock' });
  await play(work('grace', 3, 100));
  await call('restartEnrolment');
  const { profiles } = await learning();
  assert.deepEqual(
    profiles.map(({ name, status, modalities }) => [name, status, modalities.map(({ have }) => have)]),
    [['Usual', 'learning', [0, 0]]],
  );
});
