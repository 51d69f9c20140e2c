// `seclyzer evaluate`: how well people are told apart, on recordings and by the rules of a protocol.json.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { nextStopSignal } from '../agent/stop-signal.ts';
import type { Report } from '../evaluate/report.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { addEvaluateLogs } from './evaluate-logs.ts';
import { addEvaluateNab } from './evaluate-nab.ts';
import { describe, windowWords } from './evaluation-table.ts';
import { percent } from './table-numbers.ts';

interface EvaluateOptions {
  readonly background?: true;
  readonly detector?: string;
  readonly shippedPrior?: true;
  readonly writing?: true;
  readonly takeovers: number;
  readonly seed: number;
  readonly plot?: string;
  readonly reliability?: string;
  readonly json?: true;
}

const HELP = `
Without --background a model knows nothing but its owner's enrolment and what ships in models/. Where the shipped prior was made
from the very people of the protocol, it is made anew without those under test, and the result says so.`;

const TAKEOVERS = 6;
/** Any other gives other halves and takeovers, so the published figures name theirs. */
const SEED = 1;

export function addEvaluate(program: Command, context: Context): void {
  const command = program
    .command('evaluate')
    .summary('error rates and time to detection on recordings')
    .description('measure error rates, time to detection and false alarms on recordings')
    .addArgument(
      new Argument('<protocol.json>', 'says who enrols with which recordings and what is scored against whom'),
    )
    .option('--background', 'let models also see the enrolment of people who are not scored as their impostors')
    .option('--detector <name>', 'one detector (default: all of the modality)')
    .option('--writing', 'judge what is written instead of how it is typed, in windows of 20, 40 and 60 words')
    .option('--shipped-prior', 'take the shipped prior even where it was made from the people under test')
    .addOption(
      new Option('--takeovers <n>', 'impostors who take over from each subject; 0: leave the whole chain out')
        .argParser(numberBetween(0, 1000))
        .default(TAKEOVERS),
    )
    .addOption(new Option('--seed <n>', 'of every draw').argParser(numberBetween(0, 2 ** 31)).default(SEED))
    .addOption(new Option('--plot <file>', 'write the DET curves (SVG)').argParser(plotName))
    .addOption(
      new Option('--reliability <file>', 'write how far the ratios can be taken at their word (SVG)').argParser(
        plotName,
      ),
    )
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action((protocol: string, options: EvaluateOptions) => evaluate(protocol, options, context));
  addEvaluateLogs(command, context);
  addEvaluateNab(command, context);
}

function plotName(text: string): string {
  if (!text.endsWith('.svg')) throw new InvalidArgumentError('The name must end in .svg.');
  return resolve(text);
}

async function evaluate(protocol: string, options: EvaluateOptions, context: Context): Promise<void> {
  const { terminal, places, finish } = context;
  const { runEvaluation } = await import('../evaluate/evaluate.ts');
  const { UnknownDetector } = await import('../evaluate/detectors.ts');
  const { Stopped } = await import('../evaluate/worker-pool.ts');
  const stop = new AbortController();
  void nextStopSignal().then(() => stop.abort(new Stopped('stopped before the end')));
  try {
    const report = await runEvaluation({
      protocolFile: resolve(protocol),
      writing: options.writing === true,
      modelsDir: places.modelsDir,
      mode: options.background === true ? 'background' : 'deployed',
      detector: options.detector ?? null,
      shippedPrior: options.shippedPrior === true,
      takeovers: options.takeovers,
      seed: options.seed,
      signal: stop.signal,
      progress: (done, of, doing) => terminal.progress(barOf(done, of, doing)),
    });
    terminal.progress(null);
    const { result } = report;
    await draw(report, options);
    if (options.json === true) terminal.say(JSON.stringify(result, null, 2));
    else for (const line of describe(result, terminal.paint)) terminal.say(line);
    if (result.results.length > 0) return;
    const [reason = 'there is no whole window of anybody'] = result.detectors.flatMap((one) =>
      Object.keys(one.notLearned),
    );
    terminal.warn(`Nobody could be scored: ${reason}.`);
    finish(1);
  } catch (error) {
    if (error instanceof UnknownDetector) throw new Misused(`error: ${error.message}`);
    if (!(error instanceof Stopped)) throw error;
    terminal.warn('Stopped before the end; there is no result.');
    finish(1);
  }
}

async function draw({ result, scores }: Report, { plot, reliability }: EvaluateOptions): Promise<void> {
  const title = `${result.name}, ${result.mode} mode`;
  if (plot !== undefined) {
    const { detPlot } = await import('../evaluate/det-plot.ts');
    const unit = result.results[0]?.window.unit ?? 'keystrokes';
    await writeFile(plot, detPlot({ title, sizeWords: (size) => windowWords(unit, size), scores }));
  }
  const [leading] = result.results;
  if (reliability === undefined || leading === undefined) return;
  const { reliabilityPlot } = await import('../evaluate/reliability-plot.ts');
  const panels = result.results.map(({ window, calibrationError, reliability: bins }) => ({
    head: `${windowWords(window.unit, window.size)}, off by ${percent(calibrationError)} %`,
    bins,
  }));
  await writeFile(reliability, reliabilityPlot({ title: `${title}: reliability`, detector: leading.detector, panels }));
}

const BAR_WIDTH = 24;

function barOf(done: number, of: number, doing: string): string {
  const full = of === 0 ? 0 : Math.floor((BAR_WIDTH * done) / of);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] ${done} of ${of}, ${doing}`;
}
