// What was stopped and what was started again in, what stays stopped out: every update restarts the log's writer and every shutdown
// stops it, so that a stop alone means nothing until a while has gone by.
import type { LogEvent } from '../parse/event.ts';

export interface Stopped {
  readonly event: LogEvent;
  readonly line: string;
}

export interface StoppedGuards {
  readonly take: (event: LogEvent, line: string) => void;
  /** Those that were stopped long enough before a moment of the log, each once. */
  readonly due: (logMs: number) => readonly Stopped[];
  /** The same where the log says nothing more: those that were known to be stopped long enough ago, by a clock of the caller's. */
  readonly idle: (nowMs: number) => readonly Stopped[];
}

/** Debian's rsyslog and auditd restart within a second; a slow machine may need more. */
export const BACK_WITHIN_MS = 60_000;

export function createStoppedGuards(): StoppedGuards {
  const stopped = new Map<string, Stopped & { idleMs: number | null }>();
  const takeOut = (which: (one: Stopped & { idleMs: number | null }) => boolean): readonly Stopped[] => {
    const late = [...stopped].filter(([, one]) => which(one));
    for (const [name] of late) stopped.delete(name);
    return late.map(([, one]) => one);
  };
  return {
    take: (event, line) => {
      const name = event.detail ?? '';
      if (event.kind === 'protection-stopped' && !stopped.has(name)) stopped.set(name, { event, line, idleMs: null });
      else if (event.kind === 'protection-started') stopped.delete(name);
      else if (event.kind === 'shutdown') stopped.clear();
    },
    due: (logMs) => takeOut(({ event }) => logMs - event.atMs > BACK_WITHIN_MS),
    idle: (nowMs) =>
      takeOut((one) => {
        one.idleMs ??= nowMs;
        return nowMs - one.idleMs > BACK_WITHIN_MS;
      }),
  };
}
