// `seclyzer evaluate nab`: the anomaly detector of the host monitor on the Numenta Anomaly Benchmark.
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { NabReport } from '../evaluate/nab.ts';
import type { NabProfileName, NabScore } from '../evaluate/nab-score.ts';
import { jsonOption, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';

interface NabOptions {
  readonly data: string;
  readonly out: string;
  readonly folds?: number;
  readonly json?: true;
}

const HELP = `
The folder is that of the benchmark: data/<category>/<file>.csv and labels/combined_windows.json. Files are read row by row; nothing looks
ahead. The results are written as <out>/seclyzer/<category>/seclyzer_<file>.csv, which the benchmark's own scorer reads; the scores shown
here are computed by its published rules.`;

export function addEvaluateNab(evaluate: Command, { terminal }: Context): void {
  evaluate
    .command('nab')
    .description('judge the anomaly detector of the host monitor on the Numenta Anomaly Benchmark')
    .requiredOption('--data <dir>', 'folder of the benchmark')
    .requiredOption('--out <dir>', 'where the results are written')
    .addOption(
      new Option('--folds <n>', 'also choose the thresholds of each part of the files on the others').argParser(
        numberBetween(2, 20, 'whole'),
      ),
    )
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async ({ data, out, folds, json }: NabOptions) => {
      const { runNab } = await import('../evaluate/nab.ts');
      const progress = (done: number, of: number, doing: string) =>
        terminal.progress(`${done} of ${of} files, ${doing}`);
      const report = await runNab({ dataDir: resolve(data), outDir: resolve(out), folds: folds ?? null, progress });
      terminal.progress(null);
      if (json === true) terminal.say(JSON.stringify(report, null, 2));
      else for (const line of describeNab(report, terminal.paint)) terminal.say(line);
    });
}

const PROFILES = {
  standard: 'standard',
  lowFalsePositives: 'few false alarms',
  lowFalseNegatives: 'few misses',
} as const satisfies Record<NabProfileName, string>;

/** Aligned lines; pure. */
export function describeNab(report: NabReport, paint: Paint): readonly string[] {
  const { files, points, windows, days, best, fixed, channels, folds, microsecondsPerPoint, folder } = report;
  const counts = ({ windowsFound, falseAlarms }: NabScore): string =>
    `${windowsFound} of ${windows} windows, ${falseAlarms} false alarms in ${days.toFixed(0)} days: ${(falseAlarms / days).toFixed(2)} a day`;
  const names = Object.keys(PROFILES) as readonly NabProfileName[];
  const one = (score: number): string => score.toFixed(1);
  return [
    `${files} files, ${points.toLocaleString('en-US')} points, ${microsecondsPerPoint.toFixed(1)} µs a point`,
    '',
    ...layOut(
      [
        ['profile', 'score', 'at our threshold', ''].map(paint.dim),
        ...names.map((name) => [PROFILES[name], one(best[name].score), one(fixed[name].score), counts(fixed[name])]),
      ],
      ['left', 'right', 'right', 'left'],
    ),
    paint.dim('Score: with the one threshold that suits all files best afterwards, as the benchmark does it.'),
    '',
    ...layOut(
      [
        ['channel', 'alone', 'best alone', 'all but it', 'earns', 'alarms'].map(paint.dim),
        ...channels.map(({ channel, alone, aloneBest, without, alarms }) => [
          ...[channel, one(alone), one(aloneBest), one(without)],
          ...[one(fixed.standard.score - without), String(alarms)],
        ]),
      ],
      ['left', 'right', 'right', 'right', 'right', 'right'],
    ),
    paint.dim('Standard profile at our threshold; best alone: with the threshold that suits that channel best.'),
    ...(folds === null
      ? []
      : [
          '',
          `Thresholds chosen on the other files, in ${folds.folds} parts: standard ${one(folds.scores.standard.score)}, ` +
            `few false alarms ${one(folds.scores.lowFalsePositives.score)}, few misses ${one(folds.scores.lowFalseNegatives.score)}; ` +
            counts(folds.scores.standard),
        ]),
    '',
    `Written to ${folder}`,
  ];
}
