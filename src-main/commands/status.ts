// `seclyzer status`: what the running agent thinks right now, and the way to its dashboard.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type {
  Budget,
  ModalityView,
  Notice,
  RedisView,
  ResourceView,
  Snapshot,
  StagesView,
  State,
} from '../../src-preload/contract.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { linkToAgent, NotRunning, type AgentLink } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { stageRows } from './stage-lines.ts';
import { redisState } from './redis.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';
import { MODALITY_WORDS, SOURCE_WORDS } from './words.ts';
import { scorerStatus } from './scorer-status.ts';
import { viewerStatus } from './viewer-status.ts';

interface StatusOptions {
  readonly data: string;
  readonly json?: true;
  readonly role?: 'scorer' | 'viewer';
}

export function addStatus(program: Command, { terminal, env, finish }: Context): void {
  const command = program.command('status');
  command
    .summary('what the running agent thinks right now')
    .description(
      'show what the running agent thinks right now, and the way to its dashboard; exit code 1 when none runs',
    )
    .addOption(dataOption(env))
    .addOption(
      new Option('--role <role>', 'of the scorers of this machine instead, or of its viewer').choices([
        'scorer',
        'viewer',
      ]),
    )
    .addOption(jsonOption())
    .action(async ({ data, json, role }: StatusOptions) => {
      if (role === 'viewer') {
        const isDefault = command.getOptionValueSource('data') === 'default';
        const folder = isDefault ? defaultDataFolder(env, homedir(), 'viewer') : resolve(data);
        return finish(await viewerStatus(folder, json === true, terminal));
      }
      if (role === 'scorer') return finish(await scorerStatus(resolve(data), json === true, terminal));
      let link: AgentLink;
      try {
        link = await linkToAgent(resolve(data));
      } catch (error) {
        if (json !== true || !(error instanceof NotRunning)) throw error;
        terminal.say(JSON.stringify({ running: false }, null, 2));
        return finish(1);
      }
      const snapshot = await link.call('snapshot');
      const resources = await link.call('resources');
      const { redis, stages } = await link.call('settings');
      if (json === true) {
        const { pid, url, startedMs } = link;
        terminal.say(
          JSON.stringify({ running: true, pid, url, startedMs, snapshot, resources, redis, stages }, null, 2),
        );
      } else {
        for (const line of describe({ snapshot, resources, redis, stages }, link, terminal.paint)) terminal.say(line);
      }
    });
}

interface Told {
  readonly snapshot: Snapshot;
  readonly resources: ResourceView;
  readonly redis: RedisView;
  readonly stages: StagesView;
}

/** The whole answer in lines; pure. */
export function describe(
  { snapshot, resources, redis, stages }: Told,
  link: Pick<AgentLink, 'pid' | 'url'>,
  paint: Paint,
): readonly string[] {
  const { state, trust, low, high } = snapshot;
  const shade = shadeOf(state, paint);
  const band = low === null || high === null ? '' : ` (${Math.floor(low)} to ${Math.floor(high)})`;
  const score = trust === null ? '—' : `${Math.floor(trust)}${band}`;
  const source = SOURCE_WORDS[snapshot.source];
  const facts = layOut([
    ['Trust', `${shade(score)}  ${shade(state.toLowerCase())}`],
    ...snapshot.modalities.map((view) => [MODALITY_WORDS[view.modality], modalityLine(view)]),
    ...(snapshot.budget === null ? [] : budgetRows(snapshot.budget)),
    ['Given up', givenUp(resources, paint)],
    ...(redis.wanted ? [['Redis', redisLine(redis)]] : []),
    ...stageRows(stages),
    ['Dashboard', link.url ?? 'open it from the tray'],
    ['Process', `${link.pid}, version ${snapshot.version}`],
  ]);
  const head = [snapshot.sentence, ...(source === null ? [] : [paint.caution(source)])];
  return [...head, '', ...facts, ...noticeLines(snapshot.notices, paint)];
}

/** What is to be seen to, newest last; what only tells of something is on the dashboard. Pure. */
export function noticeLines(notices: readonly Notice[], paint: Pick<Paint, 'bad' | 'caution'>): readonly string[] {
  const wrong = notices.filter(({ level }) => level !== 'info');
  return wrong.flatMap(({ level, text }) => ['', (level === 'error' ? paint.bad : paint.caution)(text)]);
}

function modalityLine({ status, reason, fix, score, evidence, enrolment, strongest }: ModalityView): string {
  if (status === 'unavailable') return `unavailable: ${[reason ?? 'unknown reason', fix].filter(Boolean).join('. ')}`;
  if (status === 'learning') return `learning: ${enrolment.have} of ${enrolment.need} ${enrolment.unit}`;
  const fresh = `${evidence.have} of ${evidence.need} ${evidence.unit}`;
  if (status === 'scoring') {
    const why = strongest === null ? '' : `; ${strongest}`;
    return `${score === null ? '—' : Math.floor(score)}, from ${evidence.have} ${evidence.unit}${why}`;
  }
  return `${status}: ${fresh}${reason === null ? '' : `; ${reason}`}`;
}

function budgetRows({ memoryMiB, cpuPercent, storageMiB }: Budget): readonly (readonly string[])[] {
  return [
    ['Memory', `${memoryMiB.used.toFixed(0)} of ${memoryMiB.limit} MiB`],
    ['Processor', `${cpuPercent.used.toFixed(1)} of ${cpuPercent.limit} % of one core`],
    ['Storage', `${storageMiB.used.toFixed(1)} of ${storageMiB.limit} MiB`],
  ];
}

function redisLine(view: RedisView): string {
  const { sent, waiting, dropped } = view;
  const rest = [...(waiting > 0 ? [`${waiting} wait`] : []), ...(dropped > 0 ? [`${dropped} let go`] : [])];
  return `${redisState(view)}; ${[`${sent} records taken`, ...rest].join(', ')}`;
}

/** The steps of the governor in force, with the measurement that led to the last; and the pace, where the battery slows it. */
function givenUp({ governor, pace, power }: ResourceView, paint: Paint): string {
  const held = governor.steps.filter(({ inForce }) => inForce);
  const battery = power.slower ? ` (${power.sentence})` : '';
  if (held.length === 0) return `nothing: there is room; judges every ${pace.hopSeconds} s${battery}`;
  const last = held.toSorted((a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0)).at(-1);
  const others = held.length === 1 ? '' : `, and ${held.length - 1} more`;
  const step = `${last?.ladder} step ${last?.number}, ${last?.name}${others}`;
  return `${paint.caution(step)}. ${last?.why ?? ''}${battery}`;
}

function shadeOf(state: State, paint: Paint): (text: string) => string {
  if (state === 'LEARNING') return paint.dim;
  if (state === 'NORMAL') return paint.good;
  return state === 'MONITORING' ? paint.caution : paint.bad;
}
