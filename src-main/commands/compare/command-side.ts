// A command and recordings in: it is given the events on its standard input, and what it writes on its standard output are the outputs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inSequence } from '../../agent/collect/in-sequence.ts';
import { codeOf } from '../../agent/thrown.ts';
import { readOutputs } from './output-lines.ts';
import type { OutputSide } from './side.ts';

/** Of what it says on its standard error. */
const LAST_WORDS = 2000;
/** It may go on with what it has, and no longer. */
const END_MS = 5000;

export function commandSide(command: string, files: readonly string[]): OutputSide {
  return {
    ...{ words: command, isLive: false, isAnonymous: true },
    run: async (sink, signal) => {
      // A group of its own, so that what the shell starts ends with it.
      const child = spawn(command, { shell: true, stdio: 'pipe', detached: true });
      let words = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => (words = (words + part).slice(-LAST_WORDS)));
      const exit = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
      const end = (name: NodeJS.Signals): void => {
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
        process.kill(-child.pid, name);
      };
      const onAbort = (): void => end('SIGTERM');
      signal.addEventListener('abort', onAbort, { once: true });
      const fed = pipeline(Readable.from(lines(files)), child.stdin).catch((error: unknown) => {
        // One that needs no more of it is told by what it answers.
        if (codeOf(error) !== 'EPIPE' && codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      });
      try {
        const result = await readOutputs(child.stdout.setEncoding('utf8'), sink, signal);
        await fed;
        if (signal.aborted) return result;
        const [code, by] = await exit;
        if (code === 0) return result;
        throw new Error(`${command} ended with ${by ?? `code ${code}`}: ${words.trim() || 'it said nothing'}`);
      } finally {
        signal.removeEventListener('abort', onAbort);
        end('SIGTERM');
        const late = setTimeout(() => end('SIGKILL'), END_MS);
        await exit;
        clearTimeout(late);
      }
    },
  };
}

async function* lines(files: readonly string[]): AsyncGenerator<string> {
  for await (const item of inSequence(files)) if ('event' in item) yield `${JSON.stringify(item.event)}\n`;
}
