// `seclyzer data verify`: whether anything in the audit log was changed, removed, inserted, moved or cut off, and whether its decisions come
// out the same when they are made again. Exit code 0: it is whole and they do; 1: not so, or it could not be verified.
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { LogReport } from '../../src-preload/contract.ts';
import { createCipher } from '../agent/store/cipher.ts';
import { dataKeyAtHand } from '../agent/store/data-key.ts';
import { verifyFile } from '../agent/store/audit-log/verify-file.ts';
import { STORE_FILE } from '../agent/store/open-store.ts';
import { linkToAgent, NotRunning } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';

const IN_KEYRING = "The key lies in the desktop's keyring, which only the tray application opens.";

interface Options {
  readonly data: string;
  readonly file?: string;
  readonly expect?: string;
  /** False with --no-key. */
  readonly key: boolean;
  readonly json?: true;
}

export function addDataVerify(data: Command, { terminal, env, places, finish }: Context): void {
  data
    .command('verify')
    .description('verify the audit log and make its decisions again; exit code 1 when it is not whole')
    .addOption(new Option('--file <file>', 'another database, as one that was set aside; its key is that of --data'))
    .addOption(new Option('--expect <hash>', 'hash of an entry that you noted earlier').argParser(hashStart))
    .addOption(new Option('--no-key', 'follow the hashes alone: finds damage, and no forger'))
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const report = await verify(options, places.version);
      if (options.json === true) terminal.say(JSON.stringify(report, null, 2));
      else for (const line of lines(report)) terminal.say(line);
      finish(report.whole && (report.replay?.different ?? 0) === 0 ? 0 : 1);
    });
}

async function verify({ data, file, expect, key }: Options, version: string): Promise<LogReport> {
  const folder = resolve(data);
  const path = file === undefined ? join(folder, STORE_FILE) : resolve(file);
  const question = { version, ...(expect === undefined ? {} : { expect }) };
  if (!key) return verifyFile(path, null, question);
  const atHand = dataKeyAtHand(folder);
  if (typeof atHand !== 'string') return verifyFile(path, createCipher(atHand), question);
  if (atHand === 'none')
    throw new Error(
      `There is no key in ${folder}. Name the folder of the key with --data, or follow the hashes alone with --no-key.`,
    );
  if (file !== undefined) throw new Error(`${IN_KEYRING} Follow the hashes alone with --no-key.`);
  return askAgent(folder, expect);
}

/** Whoever has the key verifies it. */
async function askAgent(folder: string, expect: string | undefined): Promise<LogReport> {
  try {
    return await (await linkToAgent(folder)).call('verifyLog', expect === undefined ? {} : { expect });
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error;
    throw new Error(`${IN_KEYRING} Start it and try again, or follow the hashes alone with --no-key.`, {
      cause: error,
    });
  }
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
