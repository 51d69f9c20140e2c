// `seclyzer data delete`: deletes what is kept of the owner, all of it, a period, a modality or a part, for good. The running agent does it,
// and forgets it as well; where none runs, it is done here.
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import {
  DATA_PARTS,
  MODALITIES,
  type DataPart,
  type Deleted,
  type Deletion,
  type Modality,
} from '../../src-preload/contract.ts';
import { linkToAgent, NotRunning } from './agent-link.ts';
import { dataOption, jsonOption, Misused, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { fromOption, toOption } from './data-period.ts';
import { localTime } from './learning-table.ts';

interface DeleteOptions {
  readonly data: string;
  readonly all?: true;
  readonly from?: number;
  readonly to?: number;
  readonly modality?: Modality;
  readonly what?: readonly DataPart[];
  readonly yes?: true;
  readonly json?: true;
}

const PART_WORDS = {
  learned: 'your models and all that was learned of you',
  history: 'trust, scores and decisions',
  machine: 'figures of this machine',
  guard: 'attacks found in the log, with its lines',
  log: 'what the program and you did',
} as const satisfies Record<DataPart, string>;

const HELP = `
Parts (--what):
${DATA_PARTS.map((part) => `  ${part.padEnd(9)}${PART_WORDS[part]}`).join('\n')}

Rows are overwritten with zeros, chunks of time series that a period cuts are written anew, every page of the databases is written
anew, and their logs are emptied; model files are overwritten before they are removed. A solid-state disk, a journaling or a copying
file system may keep old blocks all the same: what is in them is sealed with the key of the data folder.

Of what the audit log said, the moments, kinds and hashes stay, or its chain would break; the hourly upkeep drops them with their age.
--all leaves the settings, the key and the tokens, and learning begins anew. With --modality the decisions stay. A period deletes every attack that was under way in it
as a whole. Charts of this machine lose up to five minutes more at either end of a period.`;

export function addDataDelete(data: Command, { terminal, env, finish }: Context): void {
  data
    .command('delete')
    .description('delete what is kept of you for good: all of it, a period, a modality or a part')
    .option('--all', 'everything but the settings; learning begins anew')
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(new Option('--modality <modality>', 'what was learned and said of this one alone').choices(MODALITIES))
    .addOption(new Option('--what <part...>', 'these parts alone').choices(DATA_PARTS))
    .option('--yes', 'do not ask')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async (options: DeleteOptions) => {
      const what = meant(options);
      if (options.yes !== true) {
        const sure = await terminal.confirm(`This deletes ${inWords(what)}. It can't be undone. Delete it?`);
        if (sure === null) throw new Misused('Nobody can be asked here: say --yes to delete without a question.');
        if (!sure) {
          terminal.warn('Nothing was deleted.');
          return finish(1);
        }
      }
      terminal.progress('Deleting…');
      const deleted = await remove(resolve(options.data), what);
      terminal.progress(null);
      terminal.say(options.json === true ? JSON.stringify(deleted, null, 2) : deleted.sentence);
    });
}

/** @throws Misused for a choice that makes no sense, or none. */
function meant({ all, from, to, modality, what }: DeleteOptions): Deletion {
  const chosen = [from, to, modality, what].some((one) => one !== undefined);
  if (all === true && chosen) throw new Misused('error: --all goes with no other choice');
  if (all !== true && !chosen) throw new Misused('error: say what: --all, --from and --to, --modality or --what');
  if (from !== undefined && to !== undefined && from > to) throw new Misused('error: --from lies after --to');
  const parts = what ?? (modality === undefined ? DATA_PARTS : (['learned', 'history'] as const));
  if (modality !== undefined && parts.some((part) => part !== 'learned' && part !== 'history'))
    throw new Misused('error: of one modality there is only what was learned and its history');
  return { parts: [...parts], modality: modality ?? null, fromMs: from ?? null, toMs: to ?? null };
}

function inWords({ parts, modality, fromMs, toMs }: Deletion): string {
  const whole = parts.length === DATA_PARTS.length;
  const things = whole ? 'everything that is kept of you' : parts.map((part) => PART_WORDS[part]).join('; ');
  const of = modality === null ? '' : `, of ${modality} alone`;
  const span = [
    ...(fromMs === null ? [] : [`from ${localTime(fromMs)}`]),
    ...(toMs === null ? [] : [`up to ${localTime(toMs)}`]),
  ];
  return `${things}${of}${span.length === 0 ? '' : `, ${span.join(' ')}`}`;
}

async function remove(dataDir: string, what: Deletion): Promise<Deleted> {
  try {
    return await (await linkToAgent(dataDir)).call('deleteData', what);
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error;
  }
  const { withStoppedData } = await import('../agent/privacy/stopped-data.ts');
  const { eraseData } = await import('../agent/privacy/erase-data.ts');
  return withStoppedData(dataDir, async (data) => {
    const deleted = await eraseData(what, { dataDir, ...data });
    data.store.addAudit({ atMs: Date.now(), kind: 'deletion', text: deleted.sentence });
    data.store.flush();
    return deleted;
  });
}
