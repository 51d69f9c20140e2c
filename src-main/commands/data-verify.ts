// `seclyzer data verify`: whether anything in the audit log was changed, removed, inserted, moved or cut off. Exit code 0: it is whole;
// 1: it is not, or could not be verified.
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { LogReport } from '../../src-preload/contract.ts';
import { dataKeyAtHand } from '../agent/store/data-key.ts';
import { verifyFile } from '../agent/store/audit-log/verify-file.ts';
import { STORE_FILE } from '../agent/store/open-store.ts';
import { dataOption, jsonOption, type Context } from './context.ts';

interface Options {
  readonly data: string;
  readonly file?: string;
  readonly expect?: string;
  /** False with --no-key. */
  readonly key: boolean;
  readonly json?: true;
}

export function addDataVerify(data: Command, { terminal, env, finish }: Context): void {
  data
    .command('verify')
    .description('verify the audit log; exit code 1 when it is not whole')
    .addOption(new Option('--file <file>', 'another database, as one that was set aside; its key is that of --data'))
    .addOption(new Option('--expect <hash>', 'hash of an entry that you noted earlier').argParser(hashStart))
    .addOption(new Option('--no-key', 'follow the hashes alone: finds damage, and no forger'))
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const report = await verify(options);
      if (options.json === true) terminal.say(JSON.stringify(report, null, 2));
      else for (const line of lines(report)) terminal.say(line);
      finish(report.whole ? 0 : 1);
    });
}

async function verify({ data, file, expect, key }: Options): Promise<LogReport> {
  const folder = resolve(data);
  const path = file === undefined ? join(folder, STORE_FILE) : resolve(file);
  const asked = { path, ...(expect === undefined ? {} : { expect }) };
  if (!key) return verifyFile({ ...asked, key: null });
  const atHand = dataKeyAtHand(folder);
  if (typeof atHand !== 'string') return verifyFile({ ...asked, key: atHand });
  throw new Error(
    atHand === 'none'
      ? `There is no key in ${folder}. Name the folder of the key with --data, or follow the hashes alone with --no-key.`
      : "The key lies in the desktop's keyring, which only the tray application opens. Verify the log on its dashboard " +
          '(Settings, Privacy), or follow the hashes alone with --no-key.',
  );
}

const lines = ({ sentences, hash, last }: LogReport): readonly string[] => [
  ...sentences,
  ...(last === null ? [] : [`Newest entry: ${last}, hash ${hash}`]),
];

/** So few digits that two entries of one log might share them say nothing. */
const LEAST_DIGITS = 16;

function hashStart(text: string): string {
  const digits = text.toLowerCase();
  if (/^[0-9a-f]+$/.test(digits) && digits.length >= LEAST_DIGITS && digits.length <= 64) return digits;
  throw new InvalidArgumentError(`It must be ${LEAST_DIGITS} to 64 hexadecimal digits.`);
}
