// A folder of the Numenta Anomaly Benchmark enters; the results in the layout that its own scorer reads, and the scores by its published
// rules, leave: of the whole detector, of each channel alone, and of all but that one.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { anomalyScores, NAB_CHANNELS, rawScores, type NabChannel } from './nab-detector.ts';
import { readNab, type NabSeries } from './nab-files.ts';
import { crossValidated, type NabFolds } from './nab-folds.ts';
import { NAB_PROFILES, nabScore, probationRows, type NabProfileName, type NabScore } from './nab-score.ts';

export interface NabTask {
  /** Holds data/ and labels/. */
  readonly dataDir: string;
  readonly outDir: string;
  /** Into how many parts the files are split to choose thresholds on the others; null: not at all. */
  readonly folds: number | null;
  readonly progress: (done: number, of: number, doing: string) => void;
}

export interface NabChannelReport {
  readonly channel: NabChannel;
  /** Standard profile, at the alarm threshold of the product. */
  readonly alone: number;
  readonly aloneBest: number;
  readonly without: number;
  /** Rows that it alone raises to an alarm. */
  readonly alarms: number;
}

export interface NabReport {
  readonly files: number;
  readonly points: number;
  readonly windows: number;
  /** Of recorded time that counts: without the beginnings of the files. */
  readonly days: number;
  /** With the threshold that suits best afterwards, as the benchmark does it. */
  readonly best: Readonly<Record<NabProfileName, NabScore>>;
  /** With the threshold of the product. */
  readonly fixed: Readonly<Record<NabProfileName, NabScore>>;
  readonly channels: readonly NabChannelReport[];
  readonly folds: NabFolds | null;
  readonly microsecondsPerPoint: number;
  readonly folder: string;
}

const DETECTOR_NAME = 'seclyzer';
const ALARM = 0.5;

export async function runNab({ dataDir, outDir, folds, progress }: NabTask): Promise<NabReport> {
  const all = await readNab(dataDir);
  const whole: Float64Array[] = [];
  let spentMs = 0;
  for (const [i, series] of all.entries()) {
    progress(i, 2 * all.length, 'scoring');
    const startMs = performance.now();
    whole.push(rawScores(series));
    spentMs += performance.now() - startMs;
    await nextTurn();
  }
  const scores = whole.map(anomalyScores);
  const folder = join(outDir, DETECTOR_NAME);
  await Promise.all(all.map((series, i) => writeResult(folder, series, scores[i] ?? new Float64Array())));
  const parts = await eachChannel(all, (done) => progress(all.length + done, 2 * all.length, 'each channel alone'));
  const points = all.reduce((sum, { values }) => sum + values.length, 0);
  return {
    files: all.length,
    points,
    windows: all.reduce((sum, { windows }) => sum + windows.length, 0),
    days: all.reduce((sum, series) => sum + countedDays(series), 0),
    best: byProfile(all, scores, null),
    fixed: byProfile(all, scores, ALARM),
    channels: ablation(all, parts),
    folds: folds === null ? null : crossValidated(all, parts, folds),
    microsecondsPerPoint: (1000 * spentMs) / points,
    folder,
  };
}

function byProfile(all: readonly NabSeries[], scores: readonly Float64Array[], threshold: number | null) {
  const scored = all.map(({ windows }, i) => ({ windows, scores: scores[i] ?? new Float64Array() }));
  const of = (name: NabProfileName): NabScore => nabScore(scored, NAB_PROFILES[name], threshold);
  return {
    standard: of('standard'),
    lowFalsePositives: of('lowFalsePositives'),
    lowFalseNegatives: of('lowFalseNegatives'),
  };
}

const MS_PER_DAY = 86_400_000;

function countedDays({ timestamps }: NabSeries): number {
  const atMs = (row: number): number => Date.parse(`${timestamps[row]?.replace(' ', 'T')}Z`);
  return (atMs(timestamps.length - 1) - atMs(Math.ceil(probationRows(timestamps.length)))) / MS_PER_DAY;
}

async function eachChannel(all: readonly NabSeries[], progress: (done: number) => void): Promise<Float64Array[][]> {
  const parts: Float64Array[][] = [];
  for (const [i, series] of all.entries()) {
    progress(i);
    parts.push(NAB_CHANNELS.map((channel) => rawScores(series, [channel])));
    await nextTurn();
  }
  return parts;
}

/** The whole is the greatest of its channels at each point, so each needs to be run only once. */
function ablation(all: readonly NabSeries[], raw: readonly Float64Array[][]): NabChannelReport[] {
  const scoreOf = (channels: readonly NabChannel[], threshold: number | null): number => {
    const wanted = NAB_CHANNELS.map((channel) => channels.includes(channel));
    const scored = all.map(({ windows }, i) => {
      const parts = (raw[i] ?? []).filter((_, channel) => wanted[channel]);
      return { windows, scores: anomalyScores(greatest(parts)) };
    });
    return nabScore(scored, NAB_PROFILES.standard, threshold).score;
  };
  return NAB_CHANNELS.map((channel, k) => ({
    channel,
    alone: scoreOf([channel], ALARM),
    aloneBest: scoreOf([channel], null),
    without: scoreOf(
      NAB_CHANNELS.filter((other) => other !== channel),
      ALARM,
    ),
    alarms: raw.reduce(
      (sum, parts) => sum + anomalyScores(parts[k] ?? new Float64Array()).filter((score) => score >= ALARM).length,
      0,
    ),
  }));
}

function greatest(parts: readonly Float64Array[]): Float64Array {
  const [first = new Float64Array(), ...others] = parts;
  return first.map((score, i) => Math.max(score, ...others.map((other) => other[i] ?? 0)));
}

async function writeResult(folder: string, series: NabSeries, scores: Float64Array): Promise<void> {
  const { name, timestamps, values, windows } = series;
  const lines = timestamps.map((timestamp, i) => {
    const label = windows.some(([first, last]) => i >= first && i <= last) ? 1 : 0;
    return `${timestamp},${values[i]},${scores[i]},${label}`;
  });
  const file = join(folder, dirname(name), `${DETECTOR_NAME}_${basename(name)}`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, ['timestamp,value,anomaly_score,label', ...lines, ''].join('\n'));
}
