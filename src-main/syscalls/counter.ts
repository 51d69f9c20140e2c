// The counter that never ends: chooses a tool, runs it, runs it again when it fails or falls silent, and takes the lesser one where the
// better does not work here. Out: readings with what they cost, and why there are none while there are none.
import { cpuSeconds } from '../agent/budget/proc-reader.ts';
import { SYSTEM_ALARM, type Alarm } from '../agent/collect/keep-running.ts';
import type { SyscallReading } from '../agent/monitor/syscalls-type.ts';
import type { Unavailable } from '../agent/collect/unavailable.ts';
import type { Choice } from './requirements.ts';
import type { Counted, Tool } from './tool.ts';
import type { RunListener, ToolRun } from './tool-run.ts';

export interface CounterListener {
  readonly reading: (reading: SyscallReading) => void;
  readonly unavailable: (why: Unavailable) => void;
  readonly malformed: () => void;
  /** In words for whoever runs it: what counts now, and what it lacks. */
  readonly said: (words: string) => void;
}

export interface CounterParts {
  /** @param without why the better tool failed; null: it has not been tried. */
  readonly choose: (without: string | null) => Choice;
  readonly start: (tool: Tool, listener: RunListener) => ToolRun;
  readonly alarm?: Alarm;
  readonly nowUs?: () => number;
  /** Processor seconds of a process; null where it is gone. */
  readonly spent?: (pid: number) => number | null;
}

/** After the first, second … failure in a row. */
const AGAIN_AFTER_MS = [1000, 2000, 5000, 15_000, 30_000] as const;
/** A tool takes seconds to begin; after that it speaks once a second. */
const SILENT_MS = 20_000;
/** A tool that has failed so often without one reading does not work here. */
const HOPELESS = 2;

/** Starts at once. @returns ends it. */
export function keepCounting(parts: CounterParts, listener: CounterListener): () => void {
  const { choose, start, alarm = SYSTEM_ALARM, nowUs = () => Date.now() * 1000, spent = cpuSeconds } = parts;
  let run: ToolRun | null = null;
  let silence = (): void => undefined;
  let failures = 0;
  let without: string | null = null;
  let stopped = false;

  function again(): void {
    silence();
    if (stopped) return;
    const wait = AGAIN_AFTER_MS[Math.min(failures, AGAIN_AFTER_MS.length) - 1] ?? AGAIN_AFTER_MS[0];
    silence = alarm.after(wait, begin);
  }
  function failed(tool: Tool, complaint: string): void {
    run = null;
    failures += 1;
    const reason = `${tool.source} has ended: ${complaint}`;
    listener.unavailable({ ok: false, reason, fix: 'It is begun again in some seconds.' });
    if (tool.source === 'bpftrace' && failures >= HOPELESS) without = reason;
    again();
  }
  function watch(tool: Tool): void {
    silence();
    silence = alarm.after(SILENT_MS, () => {
      run?.stop();
      failed(tool, `it said nothing for ${SILENT_MS / 1000} seconds`);
    });
  }
  function begin(): void {
    const choice = choose(without);
    if (!choice.ok) {
      failures += 1;
      listener.unavailable(choice);
      return again();
    }
    const { tool, note } = choice;
    listener.said(note ?? `counting with ${tool.source}`);
    const cost = costMeter(tool, () => run?.pid ?? null, spent);
    watch(tool);
    run = start(tool, {
      counted: (counted) => {
        failures = 0;
        watch(tool);
        listener.reading({ ts: nowUs(), ...counted, costCpuPercent: cost(counted), source: tool.source });
      },
      malformed: listener.malformed,
      ended: (complaint) => {
        if (!stopped) failed(tool, complaint);
      },
    });
  }
  begin();
  return () => {
    stopped = true;
    silence();
    run?.stop();
  };
}

/** Of one core, since the reading before: this process and the tool, and what the tool adds to each call, which the callers pay. */
function costMeter(tool: Tool, pid: () => number | null, spent: (pid: number) => number | null) {
  const total = (): number => {
    const child = pid();
    return (spent(process.pid) ?? 0) + (child === null ? 0 : (spent(child) ?? 0));
  };
  let before: number | null = null;
  return ({ seconds, calls }: Counted): number => {
    const now = total();
    // The first time the beginning is in it, which is no running cost.
    const processes = before === null ? 0 : Math.max(0, now - before);
    before = now;
    const inKernel = calls.reduce((sum, { count }) => sum + count, 0) * tool.nsPerCall * 1e-9;
    return (100 * (processes + inKernel)) / seconds;
  };
}
