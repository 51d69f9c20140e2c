// `seclyzer replay`: recordings through the whole pipeline, as fast as it goes, on the recordings' own clock.
import { resolve } from 'node:path';
import { Argument, Option, type Command } from 'commander';
import { DEFAULT_USER_SETTINGS, MODALITIES, type Modality, type State } from '../../src-preload/contract.ts';
import { STANDARD_INPUT } from '../agent/collect/recording-text.ts';
import { addEnrolOptions, enrolCounts, jsonOption, Misused, type Context, type EnrolOptions } from './context.ts';
import { rowOf, summarise, type TickRow, type TrustSummary } from './replay-report.ts';
import { fixedRow, layOut, type Alignment } from './table.ts';
import { MODALITY_WORDS } from './words.ts';

interface ReplayOptions extends EnrolOptions {
  readonly data?: string;
  readonly outputs?: string;
  readonly json?: true;
}

/** What became of a replay besides its ticks. */
interface Outcome extends TrustSummary {
  readonly events: number;
  /** How many events were refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
  readonly tookS: number;
}

/** A replay has no user who could want more. */
const REPLAYED = MODALITIES.filter((modality) => DEFAULT_USER_SETTINGS.modalities[modality]);
const ALIGNMENT: readonly Alignment[] = ['left', 'right', 'left', 'right', 'right', 'right'];
const WIDTHS = [19, 5, 10, 12, 12, 12];
const HEAD = fixedRow(['time (UTC)', 'trust', 'state', ...REPLAYED.map(heading)], WIDTHS, ALIGNMENT);

export function addReplay(program: Command, context: Context): void {
  const { terminal, places, finish } = context;
  const command = program
    .command('replay')
    .summary('recordings through the whole pipeline')
    .description('take recordings through the whole pipeline, as fast as it goes; learns first, then scores')
    .addArgument(new Argument('<file...>', '.jsonl or .jsonl.gz, in the order of their time; - for standard input'))
    .addOption(new Option('--data <dir>', 'use and keep the models of this folder (default: learn anew, keep nothing)'))
    .addOption(
      new Option(
        '--outputs <file>',
        'write features and scores, a line each, for seclyzer compare: .jsonl, .jsonl.gz, or -',
      ),
    )
    .addOption(jsonOption());
  addEnrolOptions(command).action(async (files: readonly string[], options: ReplayOptions) => {
    const { replayFiles } = await import('../agent/replay-run.ts');
    const rows: TickRow[] = [];
    const startMs = performance.now();
    const json = options.json === true;
    const isPiped = options.outputs === '-';
    if (json && isPiped) throw new Misused('error: --json and --outputs - would both write to standard output');
    const { writeOutputs } = await import('./compare/write-outputs.ts');
    const outputs = options.outputs === undefined ? null : await writeOutputs(options.outputs);
    const place = {
      modelsDir: places.modelsDir,
      enrol: enrolCounts(options),
      ...(options.data === undefined ? {} : { dataDir: resolve(options.data) }),
      ...(outputs === null ? {} : { tap: outputs.tap }),
    };
    const { events, refused, problems } = await replayFiles(
      files.map((file) => (file === STANDARD_INPUT ? file : resolve(file))),
      place,
      (tick) => {
        const row = rowOf(tick);
        rows.push(row);
        if (json || isPiped) {
          terminal.progress(`${timeOf(row.atMs)}  ${rows.length} ticks`);
        } else {
          if (rows.length === 1) terminal.say(HEAD);
          terminal.say(lineOf(row));
        }
        return outputs?.drained();
      },
    );
    await outputs?.close();
    terminal.progress(null);
    const outcome = {
      events,
      refused,
      problems,
      ...summarise(rows),
      tookS: Math.round(performance.now() - startMs) / 1000,
    };
    if (json) terminal.say(JSON.stringify({ summary: outcome, ticks: rows }));
    else for (const line of ['', ...describe(outcome)]) (isPiped ? terminal.warn : terminal.say)(line);
    if (events > 0) return;
    terminal.warn(
      Object.keys(refused).length > 0 ? 'Every line was refused.' : 'There is no event in these recordings.',
    );
    finish(1);
  });
}

function heading(modality: Modality): string {
  return MODALITY_WORDS[modality].toLowerCase();
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
const stateOf = (state: State): string => state.toLowerCase();

function lineOf({ atMs, trust, state, llr }: TickRow): string {
  const ratios = REPLAYED.map((modality) => llr[modality]?.toFixed(2) ?? '—');
  return fixedRow([timeOf(atMs), trust?.toFixed(0) ?? '—', stateOf(state), ...ratios], WIDTHS, ALIGNMENT);
}

/** The summary in lines; pure. */
export function describe({
  events,
  refused,
  problems,
  ticks,
  scored,
  trust,
  stateChanges,
  tookS,
}: Outcome): readonly string[] {
  const reasons = Object.entries(refused);
  const refusedInAll = reasons.reduce((sum, [, count]) => sum + count, 0);
  const level =
    trust === null
      ? '— (still learning)'
      : `${f0(trust.min)} lowest, ${f0(trust.median)} median, ${f0(trust.last)} last`;
  const counts = REPLAYED.map((modality) => `${scored[modality]} ${heading(modality)}`).join(', ');
  return layOut([
    ['Events', `${events} taken, ${refusedInAll} refused`],
    ...reasons.map(([reason, count]) => ['', `${count} × ${reason}`]),
    ['Windows', `${counts} in ${ticks} ticks`],
    ['Trust', level],
    ['Changes', stateChanges.length === 0 ? 'none' : `${stateChanges.length}`],
    ...stateChanges.map(({ atMs, from, to }) => ['', `${timeOf(atMs)}  ${stateOf(from)} → ${stateOf(to)}`]),
    ...problems.map((problem, i) => [i === 0 ? 'Problems' : '', problem]),
    ['Time', `${tookS.toFixed(1)} s`],
  ]);
}

const f0 = (value: number): string => value.toFixed(0);
