// For tests of what is shown of learning: an owner with two profiles and versions, alarms, and curves of known shape.
import type { Accuracy, Learning, ModelVersion } from '../../../src-preload/contract.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * [FAR, FRR] of an owner at 0 and others at `apart`, of logistic scores: the odds of either error change by the same factor from one
 * threshold to the next, and at the middle one both errors are alike.
 */
function curveOf(apart: number): Accuracy['det'] {
  const share = (score: number): number => 1 / (1 + Math.exp(-score));
  return Array.from({ length: 41 }, (_, i) => {
    const threshold = -6 + (i * 12) / 40;
    return [share(threshold - apart), share(-threshold - apart)];
  });
}

const around = (value: number, spread: number) => ({
  value,
  low: Math.max(0, value - spread),
  high: Math.min(1, value + spread),
});

function accuracyOf(window: string, apart: number, trials: number): Accuracy {
  const equal = 1 / (1 + Math.exp(apart));
  return {
    ...{ window, genuineTrials: trials, impostorTrials: 20 * trials },
    ...{ eer: around(equal, 0.012), far: around(equal / 2, 0.006), frr: around(2 * equal, 0.02) },
    det: curveOf(apart),
  };
}

/** @param nowMs everything lies before it */
export function learningFixture(nowMs: number): Learning {
  const version = (number: number, daysAgo: number, more: Partial<ModelVersion>): ModelVersion => ({
    ...{ version: number, createdMs: nowMs - daysAgo * DAY_MS, why: 'more', events: 1500 * number },
    ...{ accuracy: accuracyOf('50 keystrokes', 3 + number / 4, 60 * number), inUse: false, ...more },
  });
  return {
    profiles: [
      {
        ...{ id: 'laptop', name: 'Laptop', createdMs: nowMs - 24 * DAY_MS, status: 'in-use' },
        modalities: [
          {
            ...{ modality: 'keystroke', maturity: 'mature', have: 6120, need: 1500, unit: 'keystrokes' },
            sentence: 'Learned. It goes on learning while trust is high.',
            versions: [
              version(4, 1, { why: 'drift', inUse: true }),
              version(3, 6, { why: 'confirmed' }),
              version(2, 14, {}),
              version(1, 23, { why: 'enrolment', accuracy: null }),
            ],
          },
          {
            ...{ modality: 'mouse', maturity: 'young', have: 184, need: 300, unit: 'mouse movements' },
            sentence: '61 %, about 6 min of mouse use to go.',
            versions: [
              version(1, 9, {
                ...{ why: 'asked', events: 184, inUse: true },
                accuracy: accuracyOf('15 s of use', 2, 30),
              }),
            ],
          },
        ],
      },
      {
        ...{ id: 'dock', name: 'At the dock', createdMs: nowMs - 2 * DAY_MS, status: 'resting' },
        modalities: [
          {
            ...{ modality: 'keystroke', maturity: 'none', have: 930, need: 1500, unit: 'keystrokes' },
            ...{ sentence: '62 %, about 4 min of typing to go.', versions: [] },
          },
          {
            ...{ modality: 'mouse', maturity: 'none', have: 0, need: 300, unit: 'mouse movements' },
            ...{ sentence: '0 %, about 15 min of mouse use to go.', versions: [] },
          },
        ],
      },
    ],
    shared: [
      {
        ...{ modality: 'app', maturity: 'mature', have: 412, need: 150, unit: 'application switches' },
        sentence: 'Learned.',
        versions: [version(1, 12, { why: 'enrolment', events: 412, accuracy: null, inUse: true })],
      },
    ],
    alarms: [
      {
        ...{ atMs: nowMs - 25 * MINUTE_MS, to: 'LOCKDOWN', verdict: null, canTeach: true },
        reason:
          'Trust fell: somebody else seems to be at the keyboard. Typing: hold times of the left hand 2.4 sd longer than yours.',
      },
      {
        ...{ atMs: nowMs - 5 * DAY_MS, to: 'RESTRICTED', verdict: 'owner', canTeach: false },
        reason: 'Trust fell: this is probably not the owner. Mouse movement: slower starts, 1.9 sd from yours.',
      },
      {
        ...{ atMs: nowMs - 17 * DAY_MS, to: 'RESTRICTED', verdict: null, canTeach: false },
        reason: 'Trust fell: this is probably not the owner. Typing: times before a space 2.1 sd longer than yours.',
      },
    ],
    refusal: null,
  };
}
