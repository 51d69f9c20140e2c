// `seclyzer logs explain`: one line of a log, and what the guard makes of it: who wrote it and when, what it means, what looks at it.
import { Argument, type Command } from 'commander';
import type { LogEvent } from '../agent/guard/parse/event.ts';
import { misuseOf, livesOffTheLand } from '../agent/guard/features/commands.ts';
import { readJournalEntry } from '../agent/guard/parse/journal-entry.ts';
import { lineReader } from '../agent/guard/parse/prefix.ts';
import { readEntry } from '../agent/guard/parse/read-entry.ts';
import { printable } from '../agent/guard/parse/names.ts';
import { RULES } from '../agent/guard/score/rules.ts';
import { techniqueName } from '../agent/guard/score/techniques.ts';
import { stamp } from '../agent/guard/alert/report.ts';
import { jsonOption, type Context } from './context.ts';
import { layOut } from './table.ts';

export function addLogsExplain(logs: Command, { terminal, finish }: Context): void {
  logs
    .command('explain')
    .description('show what the log guard makes of one line of a log; exit code 1 when it makes nothing of it')
    .addArgument(new Argument('<line>', 'as it stands in the file, or as journalctl -o json writes it'))
    .addOption(jsonOption())
    .action((line: string, { json }: { readonly json?: true }) => {
      const explained = explain(line, Date.now());
      if (json === true) terminal.say(JSON.stringify(explained, null, 2));
      else for (const row of describe(explained)) terminal.say(row);
      finish(explained.understood ? 0 : 1);
    });
}

interface Explained {
  readonly understood: boolean;
  readonly time: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  readonly text: string | null;
  /** `nothing`: known, and of no use. `unknown`: nobody knows the wording. `no entry`: it begins like no line of a log. */
  readonly meaning: LogEvent | 'nothing' | 'unknown' | 'no entry';
  readonly rules: readonly {
    readonly name: string;
    readonly technique: string;
    readonly threshold: string;
    readonly why: string;
  }[];
  readonly command: { readonly livesOffTheLand: boolean; readonly misuse: string | null } | null;
}

/** @param nowMs for the year of a line that leaves it out */
export function explain(line: string, nowMs: number): Explained {
  const entry = line.startsWith('{') ? readJournalEntry(line) : lineReader(() => nowMs).read(line);
  const none = { time: null, program: null, pid: null, text: null, rules: [], command: null };
  if (entry === null) return { understood: false, ...none, meaning: 'no entry' };
  const meaning = 'kind' in entry ? entry : readEntry(entry);
  const event = typeof meaning === 'string' ? null : meaning;
  return {
    understood: meaning !== 'unknown',
    time: stamp(entry.atMs),
    program: entry.program,
    pid: entry.pid === 0 ? null : entry.pid,
    text: 'text' in entry ? printable(entry.text) : null,
    meaning,
    rules: RULES.filter(({ on }) => event !== null && on.includes(event.kind)).map(
      ({ name, technique, threshold, why }) => ({
        ...{ name, technique: `${technique} ${techniqueName(technique)}`, threshold, why },
      }),
    ),
    command:
      event?.kind === 'privilege' && event.detail !== null
        ? { livesOffTheLand: livesOffTheLand(event.detail), misuse: misuseOf(event.detail)?.words ?? null }
        : null,
  };
}

const NO_EVENT = {
  nothing: 'A known message that tells nothing which counts here.',
  unknown: 'This wording is not known. Lines like it are counted as not understood.',
  'no entry': 'It begins like no line of a log: a time, a host and a program were expected.',
} as const;

function describe({ time, program, pid, text, meaning, rules, command }: Explained): readonly string[] {
  const facts = typeof meaning === 'string' ? [] : factsOf(meaning);
  return [
    ...layOut([
      ...(time === null ? [] : [['Time', time]]),
      ...(program === null ? [] : [['Program', `${program || 'not said'}${pid === null ? '' : `, process ${pid}`}`]]),
      ...(text === null ? [] : [['Text', text]]),
      ['Meaning', typeof meaning === 'string' ? NO_EVENT[meaning] : meaning.kind],
      ...facts,
      ...(command === null
        ? []
        : [
            [
              'Command',
              command.misuse ??
                (command.livesOffTheLand ? 'a shell can be had from this program' : 'nothing known against it'),
            ],
          ]),
    ]),
    ...(rules.length === 0 ? [] : ['', 'Rules that look at it']),
    ...rules.flatMap(({ name, technique, threshold, why }) => [
      `  ${name} (${technique})`,
      `      speaks: ${threshold}`,
      `      why: ${why}`,
    ]),
  ];
}

const factsOf = (event: LogEvent): readonly (readonly string[])[] =>
  (['user', 'address', 'method', 'target', 'detail'] as const).flatMap((name) => {
    const value = event[name];
    return value === null ? [] : [[name.charAt(0).toUpperCase() + name.slice(1), printable(value) || '(empty)']];
  });
