// `seclyzer api …`: where the running agent's REST API listens, and the token that opens it.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ApiView } from '../../src-preload/contract.ts';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { layOut } from './table.ts';

interface DataOption {
  readonly data: string;
}

export function addApi(program: Command, context: Context): void {
  const api = program
    .command('api')
    .summary('the REST API: where it is, and its token')
    .description('the REST API of the running agent: where it is, and its token');
  addStatus(api, context);
  addUrl(api, context);
  addToken(api, context);
}

function addStatus(api: Command, { terminal, env, finish }: Context): void {
  api
    .command('status', { isDefault: true })
    .description('whether it listens, and where; exit code 1 when it does not')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async ({ data, json }: DataOption & { readonly json?: true }) => {
      const { api: view, file } = await ask(data);
      if (json === true) terminal.say(JSON.stringify(view, null, 2));
      else for (const line of describeApi(view, file)) terminal.say(line);
      finish(view.url === null ? 1 : 0);
    });
}

function addUrl(api: Command, { terminal, env }: Context): void {
  api
    .command('url')
    .description('print its address alone')
    .addOption(dataOption(env))
    .action(async ({ data }: DataOption) => {
      const { api: view, file } = await ask(data);
      if (view.url === null) throw new Error(whyNone(view, file));
      terminal.say(view.url);
    });
}

function addToken(api: Command, { terminal, env }: Context): void {
  api
    .command('token')
    .description('print the token that each request must carry; needs no running agent')
    .option('--new', 'make another one; the one before opens nothing any more')
    .addOption(dataOption(env))
    .action(async ({ data, new: fresh }: DataOption & { readonly new?: true }) => {
      const { ensureToken, newToken } = await import('../agent/publish/api/token-file.ts');
      terminal.say(await (fresh === true ? newToken : ensureToken)(resolve(data)));
    });
}

async function ask(data: string) {
  const link = await linkToAgent(resolve(data));
  return link.call('settings');
}

/** The answer in lines; pure. */
export function describeApi(view: ApiView, file: string): readonly string[] {
  const { url } = view;
  if (url === null) return [whyNone(view, file)];
  return layOut([
    ['API', url],
    ['Documentation', `${url}/docs/`],
    ['Prometheus', `${url}/metrics`],
    ['Token', 'seclyzer api token'],
  ]);
}

function whyNone({ wanted, reason, fix }: ApiView, file: string): string {
  if (!wanted) return `The API is off. Turn it on under Settings, or with "api": { "enabled": true } in ${file}.`;
  return reason === null
    ? 'The API is about to start.'
    : [`The API is not available: ${reason}.`, fix].join(' ').trim();
}
