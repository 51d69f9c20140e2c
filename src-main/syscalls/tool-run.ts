// One run of a counting tool: its process in, its readings out line by line, until it ends, with what it said last.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Counted, Tool } from './tool.ts';

export interface RunListener {
  readonly counted: (counted: Counted) => void;
  readonly malformed: () => void;
  /** Once. @param complaint its last words on the other stream, or why it could not be started. */
  readonly ended: (complaint: string) => void;
}

export interface ToolRun {
  /** null until it has one. */
  readonly pid: number | null;
  readonly stop: () => void;
}

/** Words of its own that may be passed on. */
const COMPLAINT_AT_MOST = 300;
/** It ends by itself on this one; whatever does not within the time is killed. */
const PATIENCE_MS = 3000;

export function startTool(tool: Tool, listener: RunListener): ToolRun {
  const { command, args, env, stream, reader } = tool;
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
  });
  const read = reader();
  let complaint = '';
  let over = false;
  const end = (words: string): void => {
    if (!over) listener.ended(words);
    over = true;
  };
  const takeReading = (line: string): void => {
    if (over) return;
    const found = read(line);
    if (found.kind === 'reading') listener.counted(found.counted);
    if (found.kind !== 'malformed') return;
    listener.malformed();
    // perf complains where it counts.
    if (stream === 'stderr') complaint = line.trim().slice(0, COMPLAINT_AT_MOST);
  };
  const takeComplaint = (line: string): void => {
    if (line.trim() !== '') complaint = line.trim().slice(0, COMPLAINT_AT_MOST);
  };
  createInterface({ input: child.stdout }).on('line', stream === 'stdout' ? takeReading : () => undefined);
  createInterface({ input: child.stderr }).on('line', stream === 'stderr' ? takeReading : takeComplaint);
  child.on('error', (error) => end(error.message));
  child.on('close', (code, signal) => end(complaint === '' ? `it ended with ${signal ?? code}` : complaint));
  return {
    pid: child.pid ?? null,
    stop: () => {
      over = true;
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
    },
  };
}
