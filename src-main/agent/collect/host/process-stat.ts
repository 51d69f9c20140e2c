// /proc/PID/stat, /proc/PID/io and /proc/PID/cmdline enter as text, their numbers leave.

export interface ProcessStat {
  readonly name: string;
  /** R running, S sleeping, D waiting for a disk, Z ended but not collected … */
  readonly state: string;
  readonly parent: number;
  /** Of processor time since its start, 1/100 s. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** After the start of the machine, 1/100 s: with the pid, it names a process for ever. */
  readonly startTicks: number;
  readonly vmsBytes: number;
  readonly rssPages: number;
}

/** Times reach user space in 1/100 s on every architecture that Node runs on (USER_HZ). */
export const TICKS_PER_SECOND = 100;

const SPACE = 32;
const ZERO = 48;

/**
 * Fields by their number in proc_pid_stat(5). Read digit by digit: this is done for every process each second, and to cut the line into
 * its 52 fields would be most of the memory that the whole monitor goes through. null for a line that is none.
 */
export function parseProcessStat(text: string): ProcessStat | null {
  // The name may hold spaces and brackets; what follows its last bracket does not.
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  if (open < 0 || close < open) return null;
  let at = close + 2;
  let field = 3;
  /** Goes on to a later field and reads it. */
  const number = (wanted: number): number => {
    for (; field < wanted; at++) if (text.charCodeAt(at) === SPACE || at >= text.length) field++;
    let value = 0;
    for (; text.charCodeAt(at) >= ZERO; at++) value = value * 10 + text.charCodeAt(at) - ZERO;
    return value;
  };
  const state = text.charAt(at);
  return {
    name: text.slice(open + 1, close),
    state,
    parent: number(4),
    cpuTicks: number(14) + number(15),
    threads: number(20),
    startTicks: number(22),
    vmsBytes: number(23),
    rssPages: number(24),
  };
}

export interface ProcessTraffic {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** What went to and from disks, proc_pid_io(5); what was written and taken back before it got there does not count. */
export function parseProcessIo(text: string): ProcessTraffic | null {
  const value = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const readBytes = value('read_bytes');
  const writtenBytes = value('write_bytes') - value('cancelled_write_bytes');
  return Number.isNaN(readBytes + writtenBytes) ? null : { readBytes, writtenBytes: Math.max(0, writtenBytes) };
}

/** Arguments end in a zero byte; a process that names itself leaves spaces instead, and zeros behind. */
export const parseCommandLine = (text: string): readonly string[] => text.replace(/\0+$/, '').split('\0');
