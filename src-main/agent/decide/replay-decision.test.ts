// Decisions put into bytes and made again: the same, or what is otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision, Modality } from '../../../src-preload/contract.ts';
import { unknownTrust, type Evidence } from '../fuse/trust-filter.ts';
import { createRandom } from '../learn/random.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { decodeEvidence, encodeEvidence } from './evidence-format.ts';
import { createEvidenceRecorder } from './evidence-recorder.ts';
import { replayDecision } from './replay-decision.ts';
import { levelOf, step, type Standing, type StepSettings } from './step.ts';

const { fusion, decision } = DEFAULT_SETTINGS;
const settings: StepSettings = { fusion, decision };
const PEOPLE = 1000;

interface Made {
  readonly decision: Decision;
  readonly bytes: Uint8Array | undefined;
}

/** Somebody whom the crowd explains ever better types, with the mouse now and then; as the pipeline goes through it. */
function decisionsOf(people: number, steps: number, now: Partial<Standing> = {}): readonly Made[] {
  const random = createRandom(5);
  const recorder = createEvidenceRecorder('1.0.0');
  let standing: Standing = {
    trust: unknownTrust(fusion),
    machine: { state: 'LEARNING', recent: [] },
    points: new Map(),
    ...now,
  };
  const made: Made[] = [];
  for (let n = 0; n < steps; n++) {
    const against = Float64Array.from({ length: people }, () => Math.fround(random.normal() + (n > 10 ? 1 : -2)));
    const said: Evidence[] = n % 3 === 2 ? [] : [{ modality: 'keystroke', share: 0.2, against }];
    if (n % 5 === 4) said.push({ modality: 'mouse', share: 0.1, llr: 0.1 * random.normal() });
    const scored: Modality[] = [...said.map(({ modality }) => modality), 'linguistic'];
    const input = { dtS: 1 + n / 7, ready: n > 2, evidence: said, scored };
    recorder.add(standing, input, settings);
    const { after } = step(standing, input, settings);
    const [from, to] = [standing.machine.state, after.machine.state];
    standing = after;
    if (from === to) continue;
    const points = Object.fromEntries(after.points);
    const trust = levelOf(after.trust, input.ready);
    made.push({ decision: { atMs: n, from, to, trust, points, reason: '' }, bytes: recorder.take(n) });
    standing = { ...standing, points: new Map() };
  }
  return made;
}

const evidenceOf = ({ bytes }: Made) => decodeEvidence(bytes ?? new Uint8Array());

test('decisions are made again, against a crowd and without one', () => {
  for (const people of [1, 2, PEOPLE]) {
    const made = decisionsOf(people, 60);
    assert.ok(made.some(({ decision: { to } }) => to === 'LOCKDOWN'));
    for (const one of made) assert.equal(replayDecision(evidenceOf(one), one.decision), null);
  }
});

test('what is kept of a decision is some tens of kilobytes at most', () => {
  for (const { bytes } of decisionsOf(PEOPLE, 60))
    assert.ok((bytes?.byteLength ?? 0) < 32_000, `${bytes?.byteLength} B`);
  // A mouse alone, without anybody it might be instead.
  for (const { bytes } of decisionsOf(1, 60)) assert.ok((bytes?.byteLength ?? 0) < 2_000, `${bytes?.byteLength} B`);
});

test('evidence comes back bit by bit', () => {
  const others = Float64Array.of(1 / 3, 2 / 3);
  const evidence = {
    ...{ version: '1.2.3', kind: 'ticks' as const },
    from: {
      trust: { logit: 0.1 + 0.2, sd: 1 / 7, others },
      machine: { state: 'NORMAL' as const, recent: ['MONITORING' as const] },
      points: new Map<Modality, number>([['mouse', -1 / 3]]),
    },
    steps: [
      {
        input: {
          ...{ dtS: 1 / 3, ready: true, scored: ['keystroke', 'mouse'] as const },
          evidence: [
            { modality: 'keystroke' as const, share: 0.1, against: Float64Array.of(Math.fround(0.1), -3) },
            { modality: 'mouse' as const, share: 0.7, llr: 1 / 9 },
          ],
        },
        settings,
      },
      {
        input: { dtS: 5, ready: false, scored: [], evidence: [] },
        settings: { ...settings, fusion: { ...fusion, unknown: 0.5 } },
      },
    ],
  };
  assert.deepEqual(decodeEvidence(encodeEvidence(evidence)), evidence);
});

test('other evidence, or another standing to begin with, makes another decision, and says so', () => {
  const alarm = decisionsOf(PEOPLE, 60).find(({ decision: { to } }) => to === 'LOCKDOWN');
  assert.ok(alarm);
  const evidence = evidenceOf(alarm);
  assert.ok(evidence.kind === 'ticks');
  const { from, steps } = evidence;
  const calm = steps.map((one) => ({ ...one, input: { ...one.input, evidence: [] } }));
  assert.match(replayDecision({ ...evidence, steps: calm }, alarm.decision) ?? '', /^it began at \w+ and not at \w+$/);
  const surer = { ...from, trust: { ...from.trust, logit: from.trust.logit + 0.01 } };
  assert.match(
    replayDecision({ ...evidence, from: surer }, alarm.decision) ?? '',
    /^(trust comes|the points of keystroke come) out as [\d.-]+ and not as [\d.-]+$/,
  );
  const { points } = alarm.decision;
  assert.match(
    replayDecision(evidence, { ...alarm.decision, points: { ...points, app: 1 } }) ?? '',
    /^the points of app come out as unknown and not as 1\.00$/,
  );
  assert.match(
    replayDecision(evidence, { ...alarm.decision, trust: null }) ?? '',
    /^trust comes out as .* and not as unknown$/,
  );
});

test('a threshold that was moved makes another decision', () => {
  const [, , fall] = decisionsOf(PEOPLE, 60);
  assert.ok(fall);
  const evidence = evidenceOf(fall);
  assert.ok(evidence.kind === 'ticks');
  const lax = { ...settings, decision: { ...decision, normal: 3, monitoring: 2, restricted: 1 } };
  const steps = evidence.steps.map((one) => ({ ...one, settings: lax }));
  assert.notEqual(replayDecision({ ...evidence, steps }, fall.decision), null);
});

test('the password ends an alarm, and again when it is made again', () => {
  const recorder = createEvidenceRecorder('1.0.0');
  const evidence = decodeEvidence(recorder.unlocked({ state: 'LOCKDOWN', recent: ['LOCKDOWN'] }, true, settings));
  const made = { atMs: 1, from: 'LOCKDOWN', to: 'NORMAL', trust: 90, points: {}, reason: '' } as const;
  assert.equal(replayDecision(evidence, made), null);
  assert.match(replayDecision(evidence, { ...made, to: 'MONITORING' }) ?? '', /leads to NORMAL/);
});

test('of a session that flaps not all is kept', () => {
  const recorder = createEvidenceRecorder('1.0.0');
  const standing: Standing = {
    trust: unknownTrust(fusion),
    machine: { state: 'NORMAL', recent: [] },
    points: new Map(),
  };
  const kept = Array.from({ length: 300 }, (_, n) => {
    recorder.add(standing, { dtS: 1, ready: true, evidence: [], scored: [] }, settings);
    return recorder.take(60_000 * n);
  });
  // One a minute for five hours: a hundred in any hour would be more than come.
  assert.ok(kept.every((bytes) => bytes !== undefined));
  const fast = Array.from({ length: 300 }, (_, n) => recorder.take(1e9 + 1000 * n));
  assert.equal(fast.filter((bytes) => bytes !== undefined).length, 100);
  assert.notEqual(recorder.take(1e9 + 3_700_000), undefined);
});
