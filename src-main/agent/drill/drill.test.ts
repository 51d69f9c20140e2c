// The drill with ticks made up by hand, then with the real track of typing, which must know no more afterwards than before.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { Drill, Snapshot, State } from '../../../src-preload/contract.ts';
import type { InputEvent, KeystrokeEvent } from '../events.ts';
import { inventEvents, typistByName } from '../collect/synthetic.ts';
import { storedStatistics } from '../graph-model.ts';
import { graphTrack } from '../graph-track.ts';
import { loadGraphPrior } from '../learn/graph-prior.ts';
import { createRandom } from '../learn/random.ts';
import { createPipeline, type Tick } from '../pipeline.ts';
import { openProfiles } from '../profiles/profiles.ts';
import { SNAPSHOT } from '../publish/agent.fixture.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { openMemoryStore } from '../store/open-store.ts';
import { createDrill, type DrillDesk } from './drill.ts';

const START_MS = 1_700_000_000_000;

interface Scene {
  readonly drill: DrillDesk;
  /** A tick at this second of the drill, the handing over lying before 0. */
  readonly tick: (second: number, trust: number | null, to?: State, moved?: readonly [number, number]) => void;
  /** Presses keys, each released at once, from this second on, ten a second. */
  readonly type: (second: number, keys: number) => void;
  readonly at: (second: number) => void;
  readonly snapshot: { current: Snapshot };
  readonly audited: string[];
  /** What there is to show after each change. */
  readonly pushed: (Drill | null)[];
}

function scene(mature = true): Scene {
  let nowMs = START_MS - 5000;
  let state: State = 'NORMAL';
  const snapshot = { current: SNAPSHOT };
  const [audited, pushed]: [string[], (Drill | null)[]] = [[], []];
  const drill = createDrill({
    snapshot: () => snapshot.current,
    nowMs: () => nowMs,
    normal: () => 70,
    pipeline: { mature: () => mature },
    accepting: () => snapshot.current.paused === null && snapshot.current.screen === 'open',
    audit: (kind, text) => audited.push(`${kind}: ${text}`),
    changed: () => pushed.push(drill.view()),
  });
  const at = (second: number): void => void (nowMs = START_MS + 1000 * second);
  return {
    ...{ drill, at, snapshot, audited, pushed },
    tick: (second, trust, to = state, [typing, mouse] = [0, 0]) => {
      at(second);
      const from = state;
      state = to;
      const said = { raw: 0, llr: 0, share: 1, strongest: 'because' };
      const scores: Tick['scores'] = new Map([
        ['keystroke', { ...said, points: typing }],
        ['mouse', { ...said, points: mouse }],
      ]);
      const decision = from === to ? null : { atMs: nowMs, from, to, trust, points: {}, reason: `now ${to}` };
      drill.tick({ point: { atMs: nowMs, trust, low: null, high: null, state }, decision, scores });
    },
    type: (second, keys) => {
      for (let i = 0; i < keys; i += 1) {
        const ts = (START_MS + 1000 * second + 100 * i) * 1000;
        for (const event of ['press', 'release'] as const) drill.accept({ type: 'keystroke', ts, key: 'a', event });
      }
    },
  };
}

test('each alarm with its seconds and keystrokes; what was typed while the keyboard changed hands does not count', () => {
  const { drill, tick, type, audited, pushed } = scene();
  const begun = drill.start(2);
  assert.deepEqual([begun.startedMs, begun.untilMs, begun.endedMs], [START_MS, START_MS + 120_000, null]);
  assert.equal(begun.sentence, 'Hand the keyboard over now.');
  type(-4, 30);
  tick(0, 97);
  assert.equal(drill.view()?.sentence, 'Not noticed so far.');
  type(1, 23);
  tick(4, 80, 'NORMAL', [-10, -3]);
  type(5, 18);
  tick(8, 48, 'MONITORING', [-30, -1]);
  // Noticed by typing: of the 44 points that went, the mouse took 4.
  assert.equal(drill.view()?.sentence, 'Noticed after 8 s and 41 keystrokes: typing did not fit.');
  tick(10, 72, 'NORMAL');
  tick(12, 49, 'MONITORING');
  type(12.5, 2);
  tick(14, 30, 'LOCKDOWN', [-19, 0]);
  const over = drill.view();
  assert.deepEqual(over, {
    ...{ startedMs: START_MS, untilMs: START_MS + 120_000, endedMs: START_MS + 14_000 },
    ...{ keystrokes: 43, lowestTrust: 30 },
    alarms: [
      { state: 'MONITORING', seconds: 8, keystrokes: 41, reason: 'now MONITORING' },
      { state: 'LOCKDOWN', seconds: 14, keystrokes: 43, reason: 'now LOCKDOWN' },
    ],
    sentence:
      'Noticed after 8 s and 41 keystrokes: typing did not fit. Trust stays low until you unlock the screen with your ' +
      'password, or have typed on for a while yourself. Nothing was learned meanwhile.',
  });
  assert.deepEqual(pushed.at(-1), over);
  assert.deepEqual(audited, [
    'drill: An impostor drill of 2 min begins: nothing is learned meanwhile.',
    `drill: The impostor drill is over. ${over?.sentence}`,
  ]);
  type(15, 9);
  tick(16, 20);
  assert.deepEqual(drill.end(), over, 'nothing is added to a drill that is over');
});

test('a key that is held down is one keystroke, and what comes after the end does not count', () => {
  const { drill, tick, type } = scene();
  drill.start(0.5);
  const press = (second: number): void =>
    drill.accept({ type: 'keystroke', ts: (START_MS + 1000 * second) * 1000, key: 'x', event: 'press' });
  for (const second of [1, 1.6, 1.63, 1.66]) press(second);
  assert.equal(drill.view()?.keystrokes, 1);
  type(29.9, 5);
  tick(30, 90);
  assert.deepEqual([drill.view()?.keystrokes, drill.view()?.endedMs], [3, START_MS + 30_000]);
});

test('not noticed: how much was typed, and what to do about it', () => {
  const outcome = (keys: number, mature: boolean, statusOfTyping?: 'unavailable'): string => {
    const { drill, tick, type, snapshot } = scene(mature);
    const [typing] = snapshot.current.modalities;
    assert.ok(typing !== undefined);
    const mouse = { ...typing, modality: 'mouse', status: 'waiting' } as const;
    snapshot.current = {
      ...snapshot.current,
      modalities: [
        { ...typing, status: statusOfTyping ?? 'waiting', evidence: { ...typing.evidence, need: 20 } },
        mouse,
      ],
    };
    drill.start(2);
    type(1, keys);
    tick(120, 91);
    return drill.view()?.sentence ?? '';
  };
  assert.match(outcome(310, true), /^Not noticed in 2 min and 310 keystrokes\. SecLyzer took .* raise the thresholds/);
  assert.match(outcome(310, false), /^Not noticed in 2 min and 310 keystrokes\. SecLyzer took .* page You says mature/);
  assert.match(outcome(1, true), /^Not noticed in 2 min and 1 keystroke\. So little .* needs 20 keystrokes within/);
  assert.match(outcome(0, true, 'unavailable'), /^Not noticed in 2 min\. SecLyzer took .* it is not judged here/);
});

test('whatever ends it early is said, with what was seen until then', () => {
  const ended = (by: (parts: Scene) => void): string => {
    const parts = scene();
    parts.drill.start(2);
    parts.tick(0, 97);
    parts.type(1, 30);
    parts.at(40);
    by(parts);
    const { endedMs, sentence } = parts.drill.view() ?? { endedMs: null, sentence: '' };
    assert.equal(endedMs, START_MS + 40_000);
    return sentence.slice(0, sentence.indexOf(' Not noticed in 40 s and 30 keystrokes.'));
  };
  const seen = (change: Partial<Snapshot>) => {
    return ({ drill, snapshot }: Scene): void => {
      snapshot.current = { ...snapshot.current, ...change };
      drill.look();
    };
  };
  assert.equal(
    ended(({ drill }) => void drill.end()),
    'Ended early.',
  );
  assert.equal(ended(seen({ paused: { sinceMs: 0, untilMs: null } })), 'SecLyzer was paused, which ended the drill.');
  assert.equal(ended(seen({ screen: 'locked' })), 'The screen was locked, which ended the drill.');
  assert.equal(
    ended(({ drill }) => drill.stop()),
    'SecLyzer has stopped, which ended the drill.',
  );
  assert.equal(
    ended(({ tick }) => tick(40, null)),
    'There is no score any more, which ended the drill.',
  );
});

test('an alarm before the colleague has begun, or an end, is no drill', () => {
  const doubted = scene();
  doubted.drill.start(2);
  doubted.tick(-2, 60, 'MONITORING', [-30, 0]);
  assert.match(doubted.drill.view()?.sentence ?? '', /^No drill: trust fell before it began\. Lock the screen/);
  assert.deepEqual(doubted.drill.view()?.alarms, []);
  const ended = scene();
  ended.drill.start(2);
  assert.equal(ended.drill.end()?.sentence, 'No drill: it was ended before it began.');
});

test('one at a time, and none where it could show nothing', () => {
  const { drill, snapshot, audited } = scene();
  assert.deepEqual([drill.view(), drill.end()], [null, null]);
  snapshot.current = { ...SNAPSHOT, trust: 69 };
  assert.throws(() => drill.start(2), /Trust is 69 of 100, and below 70 there is an alarm as it is/);
  assert.deepEqual([drill.view(), audited], [null, []]);
  snapshot.current = SNAPSHOT;
  drill.start(2);
  assert.throws(() => drill.start(2), /under way already/);
});

test('nothing may be learned from its start until the keyboard was handed back', () => {
  const { drill, at } = scene();
  assert.deepEqual([drill.mayLearn(), drill.refusal()], [true, null]);
  drill.start(2);
  const may = (second: number): boolean => {
    at(second);
    assert.equal(drill.refusal() === null, drill.mayLearn(), 'nor is anything changed by hand');
    return drill.mayLearn();
  };
  assert.deepEqual([may(-5), may(60), may(130)], [false, false, false], 'until somebody has ended it');
  at(130);
  drill.end();
  // A window of half a minute that ends at 160 s holds nothing of before 130 s.
  assert.deepEqual([may(131), may(159), may(160)], [false, false, true]);
});

/** Keystrokes of a typist for so many seconds. */
function* typing(name: string, fromUs: number, seconds: number): Generator<KeystrokeEvent> {
  for (const event of inventEvents(typistByName(name), createRandom(7), fromUs)) {
    if (event.ts > fromUs + seconds * 1e6) return;
    if (event.type === 'keystroke') yield event;
  }
}

test('the model of typing has learned nothing of a colleague who was noticed late or not at all', async () => {
  const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../../models'));
  const store = openMemoryStore();
  const settings = DEFAULT_SETTINGS;
  const profiles = openProfiles({ store });
  const track = graphTrack({ settings, store, prior, seed: 1, profiles });
  let nowUs = START_MS * 1000;
  let drill: DrillDesk | null = null;
  const pipeline = createPipeline({
    ...{ settings, store, tracks: [track], decision: () => settings.decision, watched: () => true },
    mayLearn: () => drill?.mayLearn() ?? true,
    onFailure: (_, reason) => assert.fail(reason),
    onTrained: () => undefined,
    reasonFor: () => 'why',
  });
  drill = createDrill({
    snapshot: () => ({ ...SNAPSHOT, state: pipeline.point(0).state }),
    ...{ nowMs: () => nowUs / 1000, normal: () => 70, pipeline, accepting: () => true },
    ...{ audit: () => undefined, changed: () => undefined },
  });
  const play = async (events: Iterable<InputEvent>, seconds: number): Promise<void> => {
    const endUs = nowUs + seconds * 1e6;
    const tickAt = async (atUs: number): Promise<void> => {
      nowUs = atUs;
      drill.tick(await pipeline.tick(atUs));
      await pipeline.settled();
    };
    for (const event of events) {
      while (nowUs + settings.hopUs <= event.ts) await tickAt(nowUs + settings.hopUs);
      drill.accept(event);
      pipeline.accept(event);
    }
    while (nowUs < endUs) await tickAt(nowUs + settings.hopUs);
    await track.release();
  };
  const learned = (): number =>
    profiles
      .list()
      .reduce((sum, { id: profile }) => sum + (storedStatistics({ store, prior, profile })?.strokes ?? 0), 0);

  await play(typing('ada', nowUs, 1200), 1200);
  assert.equal(track.trained(), true);
  const before = learned();
  // Somebody who types as Ada does, so that trust stays as high as learning asks for.
  drill.start(4);
  await play(typing('ada', nowUs, 235), 245);
  assert.match(drill.view()?.sentence ?? '', /^Not noticed in 4 min and \d{3,} keystrokes\./);
  assert.ok(pipeline.point(0).trust !== null && (pipeline.point(0).trust ?? 0) >= 93, 'trusted all the while');
  await play([], 300);
  assert.equal(learned(), before);
  await play(typing('ada', nowUs, 300), 300);
  assert.ok(learned() > before, 'afterwards it learns again');
});
