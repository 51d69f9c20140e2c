// The result of an evaluation in, lines for the terminal out. Pure.
import type { PriorUse, Report, WindowResult } from '../evaluate/report.ts';
import { describeChain } from './chain-table.ts';
import { layOut, type Alignment } from './table.ts';
import { percent, range } from './table-numbers.ts';
import type { Paint } from './terminal.ts';

type Result = Report['result'];

const EER_HEAD = ['detector', 'window', 'EER %', '95 %', 'sd', 'pooled %', '95 %', 'AUC', '95 %', 'mean AUC'];
const RATES_HEAD = [
  ...['detector', 'window', 'FAR %', '95 %', 'FRR %', '95 %', 'off by %', '95 %'],
  ...['people', 'genuine', 'impostor'],
];
const ALIGNMENT: readonly Alignment[] = [
  ...(['left', 'right', 'right', 'left', 'right'] as const),
  ...(['right', 'left', 'right', 'left', 'right'] as const),
];
const RATES_ALIGNMENT: readonly Alignment[] = [
  ...(['left', 'right', 'right', 'left', 'right', 'left', 'right', 'left'] as const),
  ...(['right', 'right', 'right'] as const),
];

const SHORT_UNITS = {
  keystrokes: 'keys',
  words: 'words',
  active_seconds: 's',
} as const satisfies Record<WindowResult['window']['unit'], string>;

export const windowWords = (unit: WindowResult['window']['unit'], size: number): string =>
  unit === 'active_seconds' ? `${size} s of activity` : `${size} ${unit}`;

export function describe(result: Result, paint: Paint): readonly string[] {
  const { name, modality, mode, detectors, chain, chainPlainAverage, prior, seed, tookS } = result;
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
    ...[
      'Impostors accepted and owner refused at the shipped threshold, a log-likelihood ratio of 0; trials.',
      'Off by: expected calibration error, how far what a ratio says is from what was, at equal priors.',
    ].map(paint.dim),
    '',
    ...notes(result),
    ...(chain === null || chainPlainAverage === null
      ? []
      : [
          '',
          ...describeChain(
            [
              ['as shipped', chain],
              ['plain average', chainPlainAverage],
            ],
            modality,
            paint,
          ),
        ]),
  ];
}

type Row = (one: WindowResult, paint: Paint) => readonly string[];

const head = ({ detector, window }: WindowResult): readonly string[] => [
  detector,
  `${window.size} ${SHORT_UNITS[window.unit]}`,
];

const rate = (
  one: WindowResult,
  key: 'eerMean' | 'eerPooled' | 'farAtThreshold' | 'frrAtThreshold' | 'calibrationError',
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
  ...rate(one, 'calibrationError', paint),
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
