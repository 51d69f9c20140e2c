// The result of an evaluation in, lines for the terminal out. Pure.
import type { ChainSummary } from '../evaluate/chain-summary.ts';
import type { PriorUse, Report, WindowResult } from '../evaluate/report.ts';
import { layOut, type Alignment } from './table.ts';
import type { Paint } from './terminal.ts';

type Result = Report['result'];
type Interval = readonly [number, number];

const EER_HEAD = ['detector', 'window', 'EER %', '95 %', 'sd', 'pooled %', '95 %', 'AUC', '95 %', 'mean AUC'];
const RATES_HEAD = ['detector', 'window', 'FAR %', '95 %', 'FRR %', '95 %', 'people', 'genuine', 'impostor'];
const ALIGNMENT: readonly Alignment[] = [
  ...(['left', 'right', 'right', 'left', 'right'] as const),
  ...(['right', 'left', 'right', 'left', 'right'] as const),
];
const RATES_ALIGNMENT: readonly Alignment[] = [
  ...(['left', 'right', 'right', 'left', 'right', 'left'] as const),
  ...(['right', 'right', 'right'] as const),
];

export const windowWords = (unit: WindowResult['window']['unit'], size: number): string =>
  unit === 'keystrokes' ? `${size} keystrokes` : `${size} s of activity`;

export function describe(result: Result, paint: Paint): readonly string[] {
  const { name, modality, mode, detectors, chain, prior, seed, tookS } = result;
  const results = detectors.flatMap((detector) => detector.results);
  return [
    `${name}: ${modality}, ${mode} mode, seed ${seed}, ${tookS.toFixed(0)} s`,
    ...priorLines(prior).map(paint.dim),
    '',
    ...layOut([EER_HEAD.map(paint.dim), ...results.map((one) => eerRow(one, paint))], ALIGNMENT),
    ...[
      'EER: mean and standard deviation over people, each with the threshold that suits him best afterwards.',
      'Pooled: one threshold for all. 95 %: of 1,000 drawings of people.',
    ].map(paint.dim),
    '',
    ...layOut([RATES_HEAD.map(paint.dim), ...results.map((one) => ratesRow(one, paint))], RATES_ALIGNMENT),
    paint.dim('Impostors accepted and owner refused at the shipped threshold, a log-likelihood ratio of 0; trials.'),
    '',
    ...notes(result),
    ...(chain === null ? [] : ['', ...chainLines(chain, modality, paint)]),
  ];
}

type Row = (one: WindowResult, paint: Paint) => readonly string[];

const head = ({ detector, window }: WindowResult): readonly string[] => [
  detector,
  `${window.size} ${window.unit === 'keystrokes' ? 'keys' : 's'}`,
];

const rate = (
  one: WindowResult,
  key: 'eerMean' | 'eerPooled' | 'farAtThreshold' | 'frrAtThreshold',
  paint: Paint,
): readonly string[] => [percent(one[key]), paint.dim(range(one.intervals[key], percent))];

const eerRow: Row = (one, paint) => [
  ...head(one),
  ...rate(one, 'eerMean', paint),
  percent(one.eerSd),
  ...rate(one, 'eerPooled', paint),
  one.aucPooled.toFixed(3),
  paint.dim(range(one.intervals.aucPooled, (x) => x.toFixed(3))),
  one.aucMean.toFixed(3),
];

const ratesRow: Row = (one, paint) => [
  ...head(one),
  ...rate(one, 'farAtThreshold', paint),
  ...rate(one, 'frrAtThreshold', paint),
  ...[one.subjects, one.genuineTrials, one.impostorTrials].map((count) => count.toLocaleString('en-US')),
];

function priorLines({ kind, knows, leftOut, missing }: PriorUse): readonly string[] {
  if (knows) return ['Prior: as shipped, although it was made from these very people: the figures flatter.'];
  if (kind === 'shipped') return ['Prior: as shipped; nobody of these people is in it.'];
  return [
    `Prior: ${leftOut.join(', ')} made anew without the people under test (two halves, swapped; impostors of the same half).`,
    ...(missing.length === 0 ? [] : [`Not found beside the protocol, so left out of it: ${missing.join(', ')}.`]),
  ];
}

function notes({ detectors }: Result): readonly string[] {
  return detectors.flatMap(({ name, results, notLearned, enrolMsMean }) => [
    ...Object.entries(notLearned).map(([reason, count]) => `${name}: ${count} people not learned (${reason})`),
    ...results
      .filter(({ unscored }) => unscored.genuine + unscored.impostor > 0)
      .map(({ window, unscored: { genuine, impostor } }) => {
        const words = windowWords(window.unit, window.size);
        return `${name}: too little in ${genuine} genuine and ${impostor} impostor windows of ${words}; they count as 0`;
      }),
    ...(enrolMsMean === null ? [] : [`${name}: ${(enrolMsMean / 1000).toFixed(2)} s to learn a person`]),
  ]);
}

function chainLines(chain: ChainSummary, modality: Result['modality'], paint: Paint): readonly string[] {
  const actions = modality === 'keystroke' ? 'keystrokes' : 'movements';
  const { takeovers, detected, falseAlarms, notLearned, genuineHours, genuineActions, mostOfOne } = chain;
  const share = takeovers === 0 ? '—' : `${percent(detected / takeovers)} % of ${takeovers} takeovers`;
  const anga = chain.anga === null ? `at least ${whole(chain.angaLow)}` : whole(chain.anga);
  return [
    `The whole product, ${chain.subjects} subjects`,
    ...Object.entries(notLearned).map(([reason, count]) => `  ${count} people not learned: ${reason}`),
    ...layOut([
      ['  noticed', share + streamWords(chain, actions)],
      ['  after', reachedWords(chain, actions, paint)],
      ['  ANIA', `${detected < takeovers ? 'at least ' : ''}${whole(chain.ania)} ${actions}`],
      [
        '  false alarms',
        `${falseAlarms} in ${genuineHours.toFixed(1)} h, ${whole(genuineActions)} ${actions}; at most ${mostOfOne} of one person`,
      ],
      ['', `${rateOf(chain.falseAlarmsPer8h, chain.falseAlarmsPer8hInterval)} in 8 h of nothing else`],
      ...perKeystrokes(chain),
      ['  ANGA', `${anga} ${actions}`],
    ]),
    ...[
      '  Noticed: the state falls to RESTRICTED or worse. A rate of false alarms has the exact interval of its count.',
      '  Nothing is repeated, so what comes after the end of a stream is not known.',
    ].map(paint.dim),
  ];
}

const streamWords = ({ streamMedian }: ChainSummary, actions: string): string =>
  streamMedian === null
    ? ''
    : `; half of the streams end after ${whole(streamMedian.actions)} ${actions}, ${whole(streamMedian.seconds)} s`;

function reachedWords(chain: ChainSummary, actions: string, paint: Paint): string {
  const { detectActionsMedianInterval: interval } = chain;
  if (chain.detectActionsMedian === null) return 'half of the takeovers: not reached';
  const each = (
    [
      ['median', chain.detectActionsMedian, chain.detectSecondsMedian],
      ['three quarters', chain.detectActionsP75, chain.detectSecondsP75],
      ['nine tenths', chain.detectActionsP90, chain.detectSecondsP90],
    ] as const
  ).map(([name, count, seconds]) =>
    count === null ? `${name} not reached` : `${name} ${whole(count)} ${actions}, ${whole(seconds)} s`,
  );
  return `${each.join('; ')}${interval === null ? '' : paint.dim(`; 95 % of the median ${range(interval, whole)}`)}`;
}

function perKeystrokes(chain: ChainSummary): readonly (readonly string[])[] {
  const { falseAlarmsPer20000Keystrokes: rate, falseAlarmsPer20000KeystrokesInterval: interval } = chain;
  return rate === null || interval === null ? [] : [['', `${rateOf(rate, interval)} in 20,000 keystrokes`]];
}

const rateOf = (rate: number, interval: Interval): string =>
  `${rate.toFixed(2)} ${range(interval, (x) => x.toFixed(2))}`;
const range = ([low, high]: Interval, text: (x: number) => string): string => `[${text(low)}, ${text(high)}]`;
/** Without its sign: the columns are in per cent throughout. */
const percent = (share: number): string => (100 * share).toFixed(1);
const whole = (x: number | null): string =>
  x === null || !Number.isFinite(x) ? 'not reached' : Math.round(x).toLocaleString('en-US');
