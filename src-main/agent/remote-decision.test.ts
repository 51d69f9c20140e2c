// A scorer elsewhere decides while it is there; where it goes, this machine stands where it would have stood without it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Modality, TrustPoint } from '../../src-preload/contract.ts';
import { decodeEvidence } from './decide/evidence-format.ts';
import { replayDecision } from './decide/replay-decision.ts';
import { createPipeline } from './pipeline.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { remoteScore } from './stages/remote-score.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Track } from './track.ts';

const S = 1e6;
const T0 = 1_700_000_000 * S;

/** A pipeline whose typing says what it is told, second by second. */
function machine(withRemote: boolean) {
  let llr = 0;
  const learnable: boolean[] = [];
  const track = {
    ...{
      modality: 'mouse' as Modality,
      shared: false,
      needsTrust: () => true,
      trained: () => true,
      mature: () => true,
    },
    tick: (_: number, may: boolean) => {
      learnable.push(may);
      return Promise.resolve({ raw: llr, llr, share: 1, strongest: 'because' });
    },
    ...{ wantsTraining: () => false, accept: () => undefined, interrupt: () => undefined },
  } as unknown as Track;
  const store = openMemoryStore();
  const decisions: { readonly evidence: Uint8Array | undefined; readonly reason: string }[] = [];
  const kept: typeof store = {
    ...store,
    addDecision: (decision, evidence) => {
      decisions.push({ evidence, reason: decision.reason });
      if (evidence !== undefined)
        assert.equal(
          decision.reason.startsWith('The screen') ? null : replayDecision(decodeEvidence(evidence), decision),
          null,
        );
      store.addDecision(decision, evidence);
    },
  };
  const remote = remoteScore(
    () => 15 * S,
    () => 70,
  );
  const pipeline = createPipeline({
    ...{ settings: DEFAULT_SETTINGS, decision: () => DEFAULT_SETTINGS.decision, watched: () => true, store: kept },
    ...{ tracks: [track], onFailure: assert.fail, onTrained: () => undefined, reasonFor: (_, to) => `now ${to}.` },
    ...(withRemote ? { remote: () => remote } : {}),
  });
  let nowUs = T0;
  return {
    ...{ pipeline, decisions, learnable },
    /** @param central what the scorer says each second; null: nothing */
    tick: async (n: number, own: number, central: number | null = null): Promise<TrustPoint> => {
      llr = own;
      let last: TrustPoint = pipeline.point(nowUs / 1000);
      for (let i = 0; i < n; i += 1) {
        nowUs += S;
        if (central !== null) remote.take({ ts: nowUs, trust: central, low: central - 1, high: central + 1 }, nowUs);
        last = (await pipeline.tick(nowUs)).point;
      }
      return last;
    },
    nowMs: () => nowUs / 1000,
  };
}

test('the trust from elsewhere is shown and decides, after three of its scores', async () => {
  const one = machine(true);
  assert.equal((await one.tick(5, 1, 95)).trust, 95);
  assert.equal((await one.tick(2, 1, 20)).state, 'NORMAL');
  const { state, trust, low, high } = await one.tick(1, 1, 20);
  assert.deepEqual({ state, trust, low, high }, { state: 'LOCKDOWN', trust: 20, low: 19, high: 21 });
  assert.equal(one.decisions.at(-1)?.reason, 'now LOCKDOWN. So says the scorer elsewhere, which decides.');
  assert.notEqual(one.decisions.at(-1)?.evidence, undefined);
});

test('the same score seen at many ticks counts once', async () => {
  const one = machine(true);
  await one.tick(5, 1, 95);
  await one.tick(1, 1, 20);
  assert.equal((await one.tick(10, 1)).state, 'NORMAL');
});

test('when it is silent this machine decides at once, and stands where it would have stood alone', async () => {
  const [central, alone] = [machine(true), machine(false)];
  for (const one of [central, alone]) await one.tick(10, 2, one === central ? 95 : null);
  // Somebody else takes over; the scorer notices nothing and then dies.
  for (const one of [central, alone]) await one.tick(8, -3, one === central ? 95 : null);
  assert.equal((await central.tick(15, -3)).state, 'NORMAL', 'its last score is still fresh');
  await alone.tick(15, -3);
  const [a, b] = [await central.tick(1, -3), await alone.tick(1, -3)];
  assert.deepEqual(a, b);
  assert.equal(a.state, 'LOCKDOWN');
  assert.equal(
    central.decisions.at(-1)?.reason,
    'The scorer elsewhere says nothing any more, so the score of this machine decides. now LOCKDOWN.',
  );
});

test('nothing is learned while either of the two is in doubt', async () => {
  const one = machine(true);
  await one.tick(10, 2, 95);
  assert.equal(one.learnable.at(-1), true);
  await one.tick(4, 2, 20);
  assert.equal(one.learnable.at(-1), false);
  const other = machine(true);
  await other.tick(10, 2, 95);
  await other.tick(10, -3, 95);
  assert.equal(other.learnable.at(-1), false);
});

test('the password counts more than a scorer that has not heard of it', async () => {
  const one = machine(true);
  await one.tick(5, 1, 95);
  assert.equal((await one.tick(4, 1, 20)).state, 'LOCKDOWN');
  assert.equal(one.pipeline.reauthenticated(one.nowMs()).point.state, 'NORMAL');
  assert.equal((await one.tick(20, 1, 20)).state, 'NORMAL');
  assert.equal((await one.tick(5, 1, 90)).trust, 90);
  assert.equal((await one.tick(3, 1, 20)).state, 'LOCKDOWN');
});
