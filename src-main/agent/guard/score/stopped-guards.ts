// What was stopped and what was started again in, what stays stopped out: every update restarts the log's writer and every shutdown
// stops it, so that a stop alone means nothing until a while has gone by.
import type { LogEvent } from '../parse/event.ts';

export interface Stopped {
  readonly event: LogEvent;
  readonly line: string;
}

export interface StoppedGuards {
  readonly take: (event: LogEvent, line: string) => void;
  /** Those that were stopped long enough ago, each once. @param nowMs of the log: time that nobody wrote in does not count. */
  readonly due: (nowMs: number) => readonly Stopped[];
}

/** Debian's rsyslog and auditd restart within a second; a slow machine may need more. */
export const BACK_WITHIN_MS = 60_000;

export function createStoppedGuards(): StoppedGuards {
  const stopped = new Map<string, Stopped>();
  return {
    take: (event, line) => {
      const name = event.detail ?? '';
      if (event.kind === 'protection-stopped' && !stopped.has(name)) stopped.set(name, { event, line });
      else if (event.kind === 'protection-started') stopped.delete(name);
      else if (event.kind === 'shutdown') stopped.clear();
    },
    due: (nowMs) => {
      const late = [...stopped].filter(([, { event }]) => nowMs - event.atMs > BACK_WITHIN_MS);
      for (const [name] of late) stopped.delete(name);
      return late.map(([, one]) => one);
    },
  };
}
