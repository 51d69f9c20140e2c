// Enters: the command line, the environment, the home folder. Leaves: what the shell is to do. Chromium and Electron put switches
// of their own between ours, so unknown ones pass; ours are checked.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { AgentOptions } from '../../src-preload/contract.ts';
import { defaultDataFolder } from '../data-folder.ts';

export interface LaunchArguments {
  readonly dataDir: string;
  /** Whether this is not the folder that watches the owner; any other gets a shell of its own, beside that one. */
  readonly ownData: boolean;
  readonly source: AgentOptions['source'];
  readonly enrol: AgentOptions['enrol'];
  /** Shows the dashboard at once. */
  readonly open: boolean;
  /** Started by the session rather than the user: a start while another runs opens no window. */
  readonly hidden: boolean;
  /** No hand makes the input of this run: a test. */
  readonly inputIsScripted: boolean;
}

export class MisuseError extends Error {}

const OPTIONS = {
  data: { type: 'string' },
  synthetic: { type: 'string' },
  'enrol-keystrokes': { type: 'string' },
  'enrol-mouse': { type: 'string' },
  'enrol-apps': { type: 'string' },
  'enrol-words': { type: 'string' },
  open: { type: 'boolean' },
  hidden: { type: 'boolean' },
  'input-is-scripted': { type: 'boolean' },
} as const;

/**
 * @param argv `process.argv`: the first word is the program
 * @throws MisuseError naming the option and what it expects
 */
export function readArguments(
  argv: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  home: string,
): LaunchArguments {
  const { values } = parseArgs({ args: argv.slice(1), options: OPTIONS, strict: false, allowPositionals: true });
  const word = (name: keyof typeof OPTIONS, wanted: string): string | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    // Without strictness parseArgs takes the next option for the value of one that has none.
    if (typeof value === 'string' && value !== '' && !value.startsWith('--')) return value;
    throw new MisuseError(`--${name} needs ${wanted}`);
  };
  const events = (name: keyof typeof OPTIONS): number | undefined => {
    const value = word(name, 'a number of events');
    if (value === undefined) return undefined;
    if (/^\d{1,9}$/.test(value)) return Number(value);
    throw new MisuseError(`--${name} needs a whole number of events, not "${value.slice(0, 40)}"`);
  };
  const data = word('data', 'a folder');
  const typist = word('synthetic', 'the name of a typist');
  const source: AgentOptions['source'] = typist === undefined ? { kind: 'live' } : { kind: 'synthetic', typist };
  return {
    dataDir: data === undefined ? defaultDataFolder(env, home, source.kind) : path.resolve(cwd, data),
    ownData: data !== undefined || source.kind !== 'live',
    source,
    enrol: {
      keystroke: events('enrol-keystrokes'),
      mouse: events('enrol-mouse'),
      app: events('enrol-apps'),
      linguistic: events('enrol-words'),
    },
    open: values.open === true,
    hidden: values.hidden === true,
    inputIsScripted: values['input-is-scripted'] === true,
  };
}
