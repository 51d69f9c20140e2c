// `seclyzer influx`: what goes to the time-series database, and what became of it.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { InfluxView } from '../../src-preload/contract.ts';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { layOut } from './table.ts';

const HELP = `
Where it goes is chosen under Settings, Database, or in the settings file, as in "influx": { "url": "https://db.example:8086" }. Lines of the
Influx line protocol, once a second: keystroke_features, mouse_features, app_transitions, confidence_scores, state_changes, with the tags
host, user and modality and times in microseconds. An https address whose certificate is signed by an authority of your own needs
NODE_EXTRA_CA_CERTS. Exit codes: 0 it is taken, or not wanted; 1 it waits or is refused; 2 misused.`;

export function addInflux(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('influx')
    .summary('what goes to a time-series database of yours')
    .description('what goes to a time-series database of yours, and what became of it')
    .option('--rejected', 'what the database will never take, with its reasons')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async (options: { readonly data: string; readonly rejected?: true; readonly json?: true }) => {
      const link = await linkToAgent(resolve(options.data));
      if (options.rejected === true) {
        const batches = await link.call('influxRejected');
        if (options.json === true) return terminal.say(JSON.stringify(batches, null, 2));
        if (batches.length === 0) return terminal.say('Nothing was rejected.');
        for (const { reason, count, lines } of batches) {
          terminal.say(`${reason} (${count} lines)`);
          for (const line of lines) terminal.say(`  ${line}`);
        }
        return;
      }
      const { settings, influx } = await link.call('settings');
      if (options.json === true) terminal.say(JSON.stringify({ url: settings.influx.url, ...influx }, null, 2));
      else for (const line of describe(settings.influx.url, influx)) terminal.say(line);
      finish(!influx.wanted || influx.status === 'sending' ? 0 : 1);
    });
}

/** In lines; pure. */
export function describe(url: string | null, view: InfluxView): readonly string[] {
  if (url === null) return ['Nothing goes to a database. To change that: Settings, Database.'];
  const { status, reason, fix, sent, lastSentMs, waitingBytes, dropped, rejected } = view;
  return layOut([
    ['Database', url],
    ['State', [status, reason, fix].filter((part) => part !== null).join('. ')],
    ['Taken', `${sent} lines${lastSentMs === null ? '' : `, the last ${new Date(lastSentMs).toLocaleString()}`}`],
    ['Waiting', `${(waitingBytes / 2 ** 20).toFixed(1)} MiB on the disk`],
    ['Let go', `${dropped} lines, because too many waited`],
    ['Rejected', `${rejected} lines${rejected === 0 ? '' : '; seclyzer influx --rejected'}`],
  ]);
}
