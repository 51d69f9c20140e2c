// `seclyzer compare`: features and scores of two implementations or versions on the same stream, figure by figure.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { ComparedKind, Side } from '../agent/compare/comparable.ts';
import { ruleOf, rulesOf, type Rule } from '../agent/compare/tolerances.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { messageOf } from '../agent/thrown.ts';
import { describe, timeOf } from './compare/comparison-table.ts';
import type { SideOptions } from './compare/choose-sides.ts';
import { settingsFile } from './logs-options.ts';
import {
  addEnrolOptions,
  dataOption,
  enrolCounts,
  jsonOption,
  Misused,
  numberBetween,
  type Context,
  type EnrolOptions,
} from './context.ts';
import { fitted } from './help-text.ts';

interface CompareOptions extends SideOptions, EnrolOptions {
  readonly aSubject?: string;
  readonly bSubject?: string;
  readonly aBy?: string;
  readonly bBy?: string;
  readonly ignoreMissing?: true;
  readonly only?: 'features' | 'scores';
  readonly tolerance: readonly Rule[];
  readonly tolerances?: string;
  readonly skewMs: number;
  readonly seconds?: number;
  readonly json?: true;
}

const HELP = `
A and B are each one of
  local       this version, on the recordings of --recording; it learns anew, or has the models of --models
  FILE        recorded outputs, .jsonl or .jsonl.gz, or - for standard input: what seclyzer replay --outputs writes, and what
              the channels of Redis carry
  redis       the Redis of the settings, live: seclyzer:features:* and seclyzer:scores, until --seconds have passed or Ctrl-C
  redis://…   another Redis, or rediss://… with TLS; password and certificates as the settings name them
or a command, with --a-command or --b-command: it reads the events of --recording on its standard input and writes outputs on its
standard output, as an older version does with --b-command 'npm run -s --prefix OTHER seclyzer -- replay - --outputs -', where OTHER is its
checkout. What shortens learning here (--enrol-keystrokes and the like) must be given to the command as well.

Outputs are matched by subject, modality and end of the window, at most --skew-ms apart. Where one side is a recording, there is but
one subject. Tolerances, unless --tolerance NAME=ABS[,REL] or a file of them says otherwise; the kinder of ABS and REL (of the larger
value) holds, NAME may hold *, the last that fits counts:
  *=1e-6,1e-6              float32 on both sides (1.2e-7) and seven digits in a line (5e-7)
  *.events=0               strokes are counted
  *.llr=1e-5               a ratio of -8 to 3, of such figures
  *.points, trust, low, high=0.05   an hour of rounded ratios, where trust is steepest; a twentieth of what is shown
Not known on both sides is the same, on one side it is outside; so is what one side lacks. States and decisions must agree.
Exit codes: 0 within, 1 outside or failed, 2 misused.`;

export function addCompare(program: Command, context: Context): void {
  const command = program
    .command('compare')
    .summary('two implementations or versions on the same stream')
    .description('features and scores of two implementations or versions on the same stream, with tolerances')
    .addArgument(new Argument('[sides...]', 'A and B: local, a file of outputs, redis, or an address of one'))
    .addOption(new Option('--recording <file...>', 'events for local and for commands, .jsonl or .jsonl.gz'))
    .addOption(new Option('--a-command <command>', 'reads events, writes outputs: is A'))
    .addOption(new Option('--b-command <command>', 'reads events, writes outputs: is B'))
    .addOption(
      new Option(
        '--models <dir>',
        'local: have the models of this data folder (of a copy of it: nothing there changes)',
      ),
    )
    .addOption(new Option('--a-subject <name>', 'only this one of A, as user@host'))
    .addOption(new Option('--b-subject <name>', 'only this one of B'))
    .addOption(
      new Option('--a-by <who>', 'only what these made of A: agent, scorer, or another name that stands under "by"'),
    )
    .addOption(new Option('--b-by <who>', 'the same of B'))
    .addOption(
      new Option(
        '--ignore-missing',
        'what one side lacks is not outside: it works in longer hops, or knows fewer figures',
      ),
    )
    .addOption(new Option('--only <what>', 'nothing else').choices(['features', 'scores']))
    .addOption(
      new Option('--tolerance <name=abs[,rel]>', 'of one figure, or of all that * fits; may be repeated')
        .argParser(takeRule)
        .default([], 'those below'),
    )
    .addOption(
      new Option('--tolerances <file>', 'many of them, as {"mouse.*": 0.001, "trust": {"abs": 1, "rel": 0.01}}'),
    )
    .addOption(
      new Option('--skew-ms <ms>', 'ends of one window may lie so far apart')
        .argParser(numberBetween(0, 60_000))
        .default(500),
    )
    .addOption(
      new Option('--seconds <n>', 'of a live side (default: until Ctrl-C)').argParser(numberBetween(1, 604_800)),
    )
    .addOption(dataOption(context.env))
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP));
  addEnrolOptions(command).action((names: readonly string[], options: CompareOptions) =>
    compare(names, options, context),
  );
}

function takeRule(text: string, before: readonly Rule[]): readonly Rule[] {
  const rule = ruleOf(text);
  if (rule === null) throw new InvalidArgumentError('It must be NAME=ABS or NAME=ABS,REL, with numbers of at least 0.');
  return [...before, rule];
}

async function rulesIn(file: string | undefined): Promise<readonly Rule[]> {
  if (file === undefined) return [];
  try {
    return rulesOf(await readFile(resolve(file), 'utf8'));
  } catch (error) {
    throw new Misused(`error: the tolerances in ${file} can't be used: ${messageOf(error)}`);
  }
}

async function compare(names: readonly string[], options: CompareOptions, context: Context): Promise<void> {
  const { terminal, places, finish } = context;
  const { compareTogether, SeveralSubjects } = await import('./compare/together.ts');
  // With it comes the client of Redis, which no other command is to wait for.
  const { chooseSides } = await import('./compare/choose-sides.ts');
  const rules = [...(await rulesIn(options.tolerances)), ...options.tolerance];
  const sides = chooseSides(
    names,
    options,
    { modelsDir: places.modelsDir, enrol: enrolCounts(options) },
    settingsFile(options.data, context),
  );
  const isLive = sides.A.isLive || sides.B.isLive;
  if (options.seconds !== undefined && !isLive)
    throw new Misused('error: --seconds is for a live side, and neither is');
  const stop = new AbortController();
  void nextStopSignal().then(() => stop.abort());
  const timer = options.seconds === undefined ? undefined : setTimeout(() => stop.abort(), options.seconds * 1000);
  const kinds = { features: 'features', scores: 'scores' } as const satisfies Record<string, ComparedKind>;
  try {
    const { comparison, ends, records } = await compareTogether({
      sides,
      subjects: { A: options.aSubject ?? null, B: options.bSubject ?? null },
      by: { A: options.aBy ?? null, B: options.bBy ?? null },
      only: options.only === undefined ? null : kinds[options.only],
      options: {
        rules,
        skewUs: options.skewMs * 1000,
        missing: options.ignoreMissing === true ? 'ignored' : 'outside',
      },
      signal: stop.signal,
      progress: ({ A, B }, newestUs) => terminal.progress(`${timeOf(newestUs)}  ${A} records in A, ${B} in B`),
    });
    terminal.progress(null);
    if (stop.signal.aborted && !isLive) {
      terminal.warn('Stopped before the end; there is no result.');
      return finish(1);
    }
    const words = { A: sides.A.words, B: sides.B.words } satisfies Record<Side, string>;
    if (options.json === true)
      terminal.say(JSON.stringify({ ...comparison, sides: words, read: records, ends }, null, 2));
    else for (const line of describe({ words, comparison, ends, records })) terminal.say(line);
    const problems = [...ends.A.problems, ...ends.B.problems];
    finish(comparison.within && problems.length === 0 ? 0 : 1);
  } catch (error) {
    if (error instanceof SeveralSubjects) throw new Misused(`error: ${error.message}`);
    if (!stop.signal.aborted) throw error;
    terminal.warn('Stopped before the end; there is no result.');
    finish(1);
  } finally {
    clearTimeout(timer);
  }
}
