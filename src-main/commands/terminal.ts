// What a command may do to the terminal. Results go to stdout, everything else to stderr; colour and lines that are rewritten
// in place only where a person looks on.
import { createInterface } from 'node:readline/promises';
import { stripVTControlCharacters } from 'node:util';

export interface Terminal {
  /** A line of the result. */
  readonly say: (line: string) => void;
  /** A line beside the result. */
  readonly warn: (line: string) => void;
  /**
   * Shows how far it is: rewritten in place on a terminal, else a line now and then. `null` clears it.
   * @param always for a step that may take long: its line is written in any case.
   */
  readonly progress: (line: string | null, always?: boolean) => void;
  readonly paint: Paint;
  /** Null where nobody can answer. */
  readonly confirm: (question: string) => Promise<boolean | null>;
}

export interface Paint {
  readonly good: (text: string) => string;
  readonly caution: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Between two lines of progress where they can't be rewritten, in milliseconds. */
const PROGRESS_EVERY_MS = 5000;

export function createTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', quietPipe);
  let shown = '';
  let lastMs = -Infinity;
  const clear = (): void => {
    if (shown !== '') stderr.write('\r\u001b[K');
    shown = '';
  };
  return {
    say: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    warn: (line) => {
      clear();
      stderr.write(`${line}\n`);
    },
    progress: (line, always = false) => {
      if (line === null) return clear();
      if (stderr.isTTY) {
        clear();
        shown = stripVTControlCharacters(line).slice(0, stderr.columns - 1);
        stderr.write(shown);
      } else if (always || performance.now() - lastMs >= PROGRESS_EVERY_MS) {
        lastMs = performance.now();
        stderr.write(`${line}\n`);
      }
    },
    // https://no-color.org: any value but the empty one.
    paint: createPaint(stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'),
    confirm: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return null;
      const lines = createInterface({ input: stdin, output: stderr });
      const answer = await lines.question(`${question} [y/N] `);
      lines.close();
      return /^y(es)?$/i.test(answer.trim());
    },
  };
}

function createPaint(on: boolean): Paint {
  const with256 = (code: number) => (text: string) => (on ? `\u001b[38;5;${code}m${text}\u001b[0m` : text);
  // Blue-green, amber and vermilion: told apart also without red and green.
  return { good: with256(36), caution: with256(178), bad: with256(202), dim: with256(245) };
}

/** `seclyzer … | head` closes the pipe early, which is no failure. */
function quietPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
