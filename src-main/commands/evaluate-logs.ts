// `seclyzer evaluate logs`: the log guard on a log of real daemons whose attacks are known, and the recording of such a log.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { LogDays } from '../evaluate/log-days.ts';
import type { LogDetection } from '../evaluate/log-detection.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { stamp } from '../agent/guard/alert/report.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';

const HELP = `
The folder holds auth.log and labels.json. With --record they are made first: a server of its own on loopback (Linux namespaces; the
machine stays as it is), with the sshd, PAM, sudo, su, shadow, cron and rsyslog that are installed here. Its people log in, mistype
passwords, use sudo and change passwords; then one attack a day of each kind comes between. The lines are those that the daemons wrote;
only their times are put forward, so that days take minutes. Recording needs root on Debian.`;

interface Options {
  readonly data: string;
  readonly record?: true;
  readonly quietDays: number;
  readonly rounds: number;
  readonly seed: number;
  readonly json?: true;
}

export function addEvaluateLogs(evaluate: Command, { terminal }: Context): void {
  evaluate
    .command('logs')
    .description('judge the log guard on a log whose attacks are known; with --record, make one with the real daemons')
    .requiredOption('--data <dir>', 'folder of auth.log and labels.json')
    .option('--record', 'make them first (root, some minutes)')
    .option('--quiet-days <n>', 'days before the first attack', numberBetween(1, 1000), 14)
    .option('--rounds <n>', 'attacks of each kind', numberBetween(1, 100), 2)
    .option('--seed <n>', 'of what happens when', numberBetween(0, 2 ** 31), 1)
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async (options: Options) => {
      const folder = resolve(options.data);
      if (options.record === true) await record(folder, options, (line) => terminal.progress(line));
      terminal.progress(null);
      if (!existsSync(join(folder, 'auth.log')) || !existsSync(join(folder, 'labels.json')))
        throw new Error(`There is no auth.log with labels.json in ${folder}. As root, --record makes them.`);
      const { detectIn } = await import('../evaluate/log-detection.ts');
      const { guardConfig } = await import('../agent/guard/profile.ts');
      const { DEFAULT_USER_SETTINGS } = await import('../../src-preload/contract.ts');
      const lines = readFileSync(join(folder, 'auth.log'), 'utf8').trimEnd().split('\n');
      const labels = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as LogDays;
      const found = await detectIn(lines, labels, guardConfig(DEFAULT_USER_SETTINGS.guard));
      if (options.json === true) terminal.say(JSON.stringify(found, null, 2));
      else for (const line of describeDetection(found, terminal.paint)) terminal.say(line);
    });
}

async function record(
  folder: string,
  { quietDays, rounds, seed }: Options,
  say: (line: string) => void,
): Promise<void> {
  const { missingForLogStage } = await import('../evaluate/log-stage.ts');
  const missing = missingForLogStage('rsyslog');
  if (missing !== null) throw new Misused(`error: a log can't be recorded here: ${missing}`);
  const { planDays } = await import('../evaluate/log-days.ts');
  const { recordLog } = await import('../evaluate/record-log.ts');
  const { createRandom } = await import('../agent/learn/random.ts');
  const days = planDays(Date.UTC(2026, 1, 2), quietDays, rounds, createRandom(seed));
  const work = mkdtempSync(join(tmpdir(), 'seclyzer-stage-'));
  try {
    const lines = await recordLog(days, work, (done, of) => say(`${done} of ${of} steps recorded`));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'auth.log'), `${lines.join('\n')}\n`);
    const { attacks, fromMs, toMs, quietToMs } = days;
    writeFileSync(join(folder, 'labels.json'), `${JSON.stringify({ fromMs, toMs, quietToMs, attacks }, null, 2)}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(0)} %`);

/** Aligned lines; pure. */
function describeDetection(found: LogDetection, paint: Paint): readonly string[] {
  const { lines, unparsed, days, attacks, levels, falseAlerts, quietDays, quietAlerts, quietWorst } = found;
  const rightly = attacks.filter(({ rightTechnique }) => rightTechnique).length;
  return [
    `${lines.toLocaleString('en-US')} lines of ${days.toFixed(0)} days, ${unparsed} not understood; ${attacks.length} attacks`,
    `Quiet days: ${quietDays.toFixed(0)}, alerts ${quietAlerts}, the worst of them ${quietWorst ?? 'none'}`,
    `With the right technique: ${rightly} of ${attacks.length} attacks`,
    '',
    ...layOut(
      [
        ['alerts of', 'alerts', 'precision', 'attacks found', 'recall', 'false a day'].map(paint.dim),
        ...levels.map((one) => [
          ...[`${one.risk} and worse`, String(one.alerts), percent(one.precision)],
          ...[`${one.found} of ${attacks.length}`, percent(one.recall), one.falseADay.toFixed(2)],
        ]),
      ],
      ['left', 'right', 'right', 'right', 'right', 'right'],
    ),
    '',
    ...layOut(
      [
        ['attack', 'told as', 'technique', 'after'].map(paint.dim),
        ...attacks.map(({ name, risk, rightTechnique, afterS }) => [
          ...[name, risk ?? 'missed', risk === null ? '–' : rightTechnique ? 'right' : 'another'],
          afterS === null ? '–' : `${afterS.toFixed(0)} s`,
        ]),
      ],
      ['left', 'left', 'left', 'right'],
    ),
    ...(falseAlerts.length === 0 ? [] : ['', paint.dim('alerts about no attack')]),
    ...falseAlerts
      .slice(0, 20)
      .map(({ atMs, risk, explanation }) => `${stamp(atMs)}  ${risk.padEnd(8)}  ${explanation}`),
    ...(falseAlerts.length > 20 ? [`and ${falseAlerts.length - 20} more`] : []),
  ];
}
