// `seclyzer data export`: everything that is kept of the owner, as one JSON document on stdout or in a file. Out of the running agent, a piece
// at a time; where none runs, out of the data folder itself.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { DataPeriod } from '../../src-preload/contract.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { settingsFileFor } from '../config-folder.ts';
import { linkToAgent, NotRunning, type AgentLink } from './agent-link.ts';
import { dataOption, Misused, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { fromOption, toOption } from './data-period.ts';
import { EXPORT_FORMAT, EXPORT_SECTIONS, EXPORT_VERSION } from '../agent/privacy/export-text.ts';

interface ExportOptions {
  readonly data: string;
  readonly out?: string;
  readonly from?: number;
  readonly to?: number;
}

const HELP = `
One JSON object: "format" (${EXPORT_FORMAT}), "version" (${EXPORT_VERSION}: goes up when something is renamed or means something else), "program", "madeMs",
"period", "settings", and an array for each of these of which something is kept, a record a line. Times are milliseconds since
1970, UTC, where a name ends in Ms, else microseconds. Numbers alone tell of typing and mouse: there is no text and no title to
export. What is of no time (facts, models, what the log guard learned) is only in an export without --from and --to.

${Object.entries(EXPORT_SECTIONS)
  .map(([section, words]) => `  ${section.padEnd(16)}${words}`)
  .join('\n')}

The file can be read by you alone. It is not sealed: whoever has it can read it.`;

export function addDataExport(data: Command, context: Context): void {
  const { terminal, env } = context;
  data
    .command('export')
    .description('write everything that is kept of you as JSON')
    .option('--out <file>', 'into this new file instead of the terminal; compressed where its name ends in .gz')
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(dataOption(env))
    .addHelpText('after', fitted(HELP))
    .action(async ({ data: folder, out, from, to }: ExportOptions) => {
      if (from !== undefined && to !== undefined && from > to) throw new Misused('error: --from lies after --to');
      const period = { fromMs: from ?? null, toMs: to ?? null };
      await eachPiece(resolve(folder), period, context, async (pieces) => {
        if (out === undefined) return pipeline(Readable.from(pieces), process.stdout, { end: false });
        const { writeExport } = await import('../agent/privacy/export-desk.ts');
        const path = resolve(out);
        await writeExport(path, counted(pieces, terminal.progress));
        terminal.progress(null);
        terminal.warn(`Written to ${path}. It is not sealed: keep it where you would keep a diary.`);
      });
    });
}

type Pieces = AsyncIterable<string> | Iterable<string>;

async function* counted(pieces: Pieces, progress: (line: string) => void): AsyncGenerator<string> {
  let characters = 0;
  for await (const piece of pieces) {
    characters += piece.length;
    progress(`Exporting… ${(characters / 1e6).toFixed(1)} MB`);
    yield piece;
  }
}

/** Out of the agent where one runs. What fails before the first piece leaves nothing behind. */
async function eachPiece(
  dataDir: string,
  period: DataPeriod,
  { env, places }: Context,
  use: (pieces: Pieces) => Promise<void>,
): Promise<void> {
  const link = await linkToAgent(dataDir).catch((error: unknown) => {
    if (error instanceof NotRunning) return null;
    throw error;
  });
  if (link !== null) return use(piecesOf(link, period));
  const { withStoppedData } = await import('../agent/privacy/stopped-data.ts');
  const { exportText } = await import('../agent/privacy/export-text.ts');
  const { periodOf } = await import('../agent/privacy/export-desk.ts');
  const { guardRows } = await import('../agent/guard/guard-export.ts');
  const { openSettings } = await import('../agent/settings-file.ts');
  const own = dataDir !== defaultDataFolder(env, homedir());
  await withStoppedData(dataDir, async ({ store, guard }) => {
    const file = settingsFileFor({ dataDir, own }, env, homedir());
    const settings = (await openSettings(file, () => undefined, Date.now)).current();
    const sources = {
      ...{ store, settings, version: places.version, nowMs: Date.now() },
      guard: guard === null ? null : (span: ReturnType<typeof periodOf>) => guardRows(guard, span),
    };
    await use(exportText(sources, periodOf(period)));
    store.addAudit({ atMs: Date.now(), kind: 'export', text: 'Everything that is kept was exported by its owner.' });
    store.flush();
  });
}

async function* piecesOf(link: AgentLink, period: DataPeriod): AsyncGenerator<string> {
  let id: number | null = null;
  for (;;) {
    const piece: Awaited<ReturnType<typeof ask>> = await ask(link, id, period);
    if (piece.done) return;
    id = piece.id;
    yield piece.text;
  }
}

const ask = (link: AgentLink, id: number | null, period: DataPeriod) => link.call('exportPiece', { id, period });
