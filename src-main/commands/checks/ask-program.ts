// Asks another program a question. In: a command. Out: what it printed and how it ended; never throws.
import { execFile } from 'node:child_process';

export interface Answer {
  /** null when the program is not installed, was ended by a signal or took too long. */
  readonly code: number | null;
  readonly installed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 5000;

export function askProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: TIMEOUT_MS, env, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ code, installed: error?.code !== 'ENOENT', stdout, stderr });
    });
  });
}
