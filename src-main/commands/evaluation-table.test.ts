import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChainSummary } from '../evaluate/chain-summary.ts';
import type { WindowResult } from '../evaluate/report.ts';
import { describe } from './evaluation-table.ts';

const plain = (text: string): string => text;
const paint = { good: plain, caution: plain, bad: plain, dim: plain };
const interval = [0.01, 0.1234] as const;

const RESULT: WindowResult = {
  ...{ detector: 'scorer', window: { unit: 'keystrokes', size: 50 }, subjects: 58, genuineTrials: 759 },
  ...{ impostorTrials: 43_263, unscored: { genuine: 0, impostor: 2 } },
  ...{ eerMean: 0.04, eerSd: 0.05, eerPooled: 0.06, aucPooled: 0.9876, aucMean: 0.99 },
  ...{ farAtThreshold: 0.07, frrAtThreshold: 0.08, reliability: [], calibrationError: 0.03 },
  intervals: {
    ...{ eerMean: interval, eerSd: interval, eerPooled: interval, aucPooled: interval, aucMean: interval },
    ...{ farAtThreshold: interval, frrAtThreshold: interval, calibrationError: interval },
  },
};

const CHAIN: ChainSummary = {
  ...{ subjects: 3, notLearned: { 'too little': 2 }, ania: 50.4, anga: null, angaLow: 5420, takeovers: 8, detected: 6 },
  ...{ detectSecondsMedian: 20, detectSecondsP75: 31, detectSecondsP90: null },
  ...{ detectActionsMedian: 40, detectActionsP75: 60, detectActionsP90: null },
  ...{ detectActionsMedianInterval: [30, Infinity], streamMedian: { actions: 240, seconds: 64 } },
  ...{ genuineActions: 20_000, genuineHours: 8, falseAlarms: 0, mostOfOne: 0 },
  ...{ falseAlarmsPer8h: 0, falseAlarmsPer8hInterval: [0, 3.689] },
  ...{ falseAlarmsPer20000Keystrokes: 0, falseAlarmsPer20000KeystrokesInterval: [0, 3.689] },
};

/** The same people, and more false alarms than takeovers noticed. */
const PLAIN: ChainSummary = {
  ...{ ...CHAIN, ania: 90, anga: 4000, detected: 4, falseAlarms: 5, mostOfOne: 3 },
  ...{ detectSecondsMedian: 55, detectSecondsP75: null, detectActionsMedian: 110, detectActionsP75: null },
  ...{ detectActionsMedianInterval: [80, 200], falseAlarmsPer8h: 5, falseAlarmsPer8hInterval: [1.624, 11.668] },
  ...{ falseAlarmsPer20000Keystrokes: 5, falseAlarmsPer20000KeystrokesInterval: [1.624, 11.668] },
};

const COMMON = {
  name: 'set',
  modality: 'keystroke',
  mode: 'deployed',
  results: [RESULT],
  seed: 1,
  tookS: 33.3,
} as const;
const DETECTORS = [{ name: 'scorer', results: [RESULT], enrolMsMean: 670, notLearned: {} }];

test('figures beside their intervals, in per cent, and what limits them', () => {
  const prior = { kind: 'left-out', knows: false, leftOut: ['prior-x.json'], missing: ['other'] } as const;
  const lines = describe({ ...COMMON, detectors: DETECTORS, chain: CHAIN, chainPlainAverage: PLAIN, prior }, paint);
  const has = (text: string): void => assert.ok(lines.includes(text), `${text}\n---\n${lines.join('\n')}`);
  has('set: keystroke, deployed mode, seed 1, 33 s');
  has('Prior: prior-x.json made anew without the people under test (two halves, swapped; impostors of the same half).');
  has('Not found beside the protocol, so left out of it: other.');
  has('scorer    50 keys    4.0  [1.0, 12.3]  5.0       6.0  [1.0, 12.3]  0.988  [0.010, 0.123]     0.990');
  has('scorer    50 keys    7.0  [1.0, 12.3]    8.0  [1.0, 12.3]       3.0  [1.0, 12.3]      58      759    43,263');
  has('scorer: too little in 0 genuine and 2 impostor windows of 50 keystrokes; they count as 0');
  has('scorer: 0.67 s to learn a person');
  has('The whole product, 3 subjects');
  has('  2 people not learned: too little');
  has("  half of the impostors' streams end after 240 keystrokes, 64 s");
  has('  the owners work for 8.0 h, 20,000 keystrokes');
  has('                            as shipped                  plain average');
  has('  noticed                   75.0 % of 8 takeovers       50.0 % of 8 takeovers');
  has('  median after              40 keystrokes, 20 s         110 keystrokes, 55 s');
  has('    95 %                    [30, not reached]           [80, 200]');
  has('  three quarters            60 keystrokes, 31 s         not reached');
  has('  nine tenths               not reached                 not reached');
  has('  ANIA                      at least 50 keystrokes      at least 90 keystrokes');
  has('  false alarms              0, at most 0 of one person  5, at most 3 of one person');
  has('    in 8 h of nothing else  0.00 [0.00, 3.69]           5.00 [1.62, 11.67]');
  has('    in 20,000 keystrokes    0.00 [0.00, 3.69]           5.00 [1.62, 11.67]');
  has('  ANGA                      at least 5,420 keystrokes   4,000 keystrokes');
});

test('a prior that knows the people under test is owned up to', () => {
  const prior = { kind: 'shipped', knows: true, leftOut: [], missing: [] } as const;
  const [, line] = describe({ ...COMMON, detectors: DETECTORS, chain: null, chainPlainAverage: null, prior }, paint);
  assert.equal(line, 'Prior: as shipped, although it was made from these very people: the figures flatter.');
});
