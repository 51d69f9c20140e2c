// Other people's hands at the owner's keyboard, with real recordings: whatever they type, nothing of it is in what is known of the owner.
// Theirs is marked: the recordings tell milliseconds, and every event of the others is moved by some microseconds, no two near ones by
// the same, so that no time between two of their events is a whole number of milliseconds, and every one of the owner's is.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { statisticsJson } from '../graph-basis.ts';
import { readRecording } from '../collect/recording.ts';
import type { InputEvent } from '../events.ts';
import { secondsOf } from '../features/graphs.ts';
import type { Tick } from '../pipeline.ts';
import { agentByHand, decisionsOf, type AgentByHand } from './agent-by-hand.fixture.ts';
import { isAlarm } from './vouching.ts';

const recordings = path.resolve(import.meta.dirname, '../../../../shared/recordings/bbmas');
const skip = existsSync(recordings) ? false : 'no recordings beside the repository (../shared/recordings)';
const OWNER = 'bb001';
const OTHERS = ['bb003', 'bb004', 'bb006', 'bb007'];
/** More events than lie between the two ends of any time that is measured. */
const MARKS = 499;

async function typed(subject: string, file: 'enrol-1' | 'test-1'): Promise<readonly InputEvent[]> {
  const events: InputEvent[] = [];
  for await (const item of readRecording(path.join(recordings, subject, `${file}.jsonl.gz`))) {
    if ('event' in item) events.push(item.event);
  }
  return events;
}

const marked = (events: readonly InputEvent[]): readonly InputEvent[] =>
  events.map((event, k) => ({ ...event, ts: event.ts + 1 + (k % MARKS) })).toSorted((a, b) => a.ts - b.ts);

/** The times in what is known of the owner's typing, in microseconds. */
async function timesKnown({ tracks, store }: AgentByHand): Promise<readonly number[]> {
  for (const { release } of tracks) await release();
  const { types } = JSON.parse(statisticsJson(store.get('keystroke-statistics 1') ?? '')) as {
    types: { values: number[] }[][];
  };
  return types.flatMap((samples, type) =>
    samples.flatMap(({ values }) => values.map((value) => Math.round(1e6 * secondsOf(type, value)))),
  );
}

const isForeign = (us: number): boolean => us % 1000 !== 0;

async function enrolled(
  t: TestContext,
): Promise<{ readonly agent: AgentByHand; readonly later: readonly InputEvent[] }> {
  const enrol = await typed(OWNER, 'enrol-1');
  const agent = await agentByHand(t, {
    startUs: enrol[0]?.ts ?? 0,
    enrol: { keystroke: 500, mouse: 1e6, app: 1e6 },
  });
  await agent.play(enrol);
  return { agent, later: await typed(OWNER, 'test-1') };
}

const alarmsIn = (ticks: readonly Tick[]): number =>
  ticks.filter(({ decision }) => decision !== null && isAlarm(decision)).length;

test(
  'after an hour with four takeovers, what is known of the owner holds nothing of anybody else',
  { skip },
  async (t) => {
    const { agent, later } = await enrolled(t);
    const before = (await timesKnown(agent)).length;
    let alarms = 0;
    for (const other of OTHERS) {
      for (let i = 0; i < 2; i += 1) await agent.play(later);
      const stranger = marked(await typed(other, 'test-1'));
      assert.ok(stranger.length > 200);
      alarms += alarmsIn(await agent.play(stranger));
      agent.unlock();
    }
    await agent.play(later);
    const times = await timesKnown(agent);
    assert.equal(times.filter(isForeign).length, 0);
    assert.ok(alarms >= OTHERS.length, `${alarms} alarms`);
    assert.ok(times.length > before, 'the owner did teach it meanwhile');
    for (const { why } of (await agent.learning()).profiles[0]?.modalities[0]?.versions ?? [])
      assert.ok(why === 'enrolment' || why === 'more');
  },
);

test(
  'what somebody typed between the alarm and the password is learned when it is confirmed, and only then',
  { skip },
  async (t) => {
    const { agent, later } = await enrolled(t);
    await agent.play(later);
    const ticks = await agent.play(marked(await typed('bb003', 'test-1')));
    assert.ok(decisionsOf(ticks).length > 0);
    agent.unlock();
    const [alarm] = (await agent.learning()).alarms;
    assert.equal(alarm?.canTeach, true);
    await agent.play(later);
    assert.equal((await timesKnown(agent)).filter(isForeign).length, 0);
    agent.unlock();
    await agent.call('thatWasMe', { atMs: alarm.atMs });
    assert.ok((await timesKnown(agent)).filter(isForeign).length > 100, 'the mark shows what was learned');
    // And the way back takes it out again, for good.
    const typing = (await agent.learning()).profiles[0]?.modalities[0]?.versions ?? [];
    assert.equal(typing[0]?.why, 'confirmed');
    await agent.call('useVersion', { profile: '1', modality: 'keystroke', version: typing[1]?.version ?? 0 });
    await agent.play(later);
    await agent.call('train');
    assert.equal((await timesKnown(agent)).filter(isForeign).length, 0);
  },
);

test(
  'what a colleague typed in an impostor drill is learned by nothing, the alarm that it raised confirmed or not',
  { skip },
  async (t) => {
    const { agent, later } = await enrolled(t);
    await agent.play(later);
    agent.unlock();
    await agent.call('startDrill', { minutes: 30 });
    // The password was typed a moment ago, but somebody else sits there now.
    await assert.rejects(agent.call('addProfile', { name: 'Colleague' }), /Not during an impostor drill/);
    await assert.rejects(agent.call('restartEnrolment'), /Not during an impostor drill/);
    await agent.wait(6);
    await agent.play(marked(await typed('bb003', 'test-1')));
    const drill = await agent.call('endDrill');
    assert.match(drill?.sentence ?? '', /^Noticed after \d+ s and \d+ keystrokes: typing did not fit\./);
    agent.unlock();
    const { startedMs, endedMs } = drill ?? { startedMs: 0, endedMs: 0 };
    const raised = (await agent.learning()).alarms.filter(({ atMs }) => atMs >= startedMs && atMs <= (endedMs ?? 0));
    assert.ok(raised.length > 0);
    for (const { atMs, canTeach } of raised) {
      assert.equal(canTeach, false);
      assert.match(await agent.call('thatWasMe', { atMs }), /nothing was learned from it/);
    }
    await agent.play(later);
    await agent.call('train');
    assert.equal((await timesKnown(agent)).filter(isForeign).length, 0);
  },
);
