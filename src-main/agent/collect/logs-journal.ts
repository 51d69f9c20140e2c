// The systemd journal in, its entries as lines of JSON out, each exactly once: journalctl follows it, and the cursor of the last entry
// tells where to go on.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { JOURNAL_FIELDS } from '../guard/parse/journal-entry.ts';
import { archiveWatch } from './logs-journal-archive.ts';
import { nothingNew, READING, type LogBatch, type LogNote, type LogSource, type SourceState } from './logs-source.ts';

export interface JournalPosition {
  readonly cursor: string;
  /** Of the entry, microseconds since the epoch: for a journal that does not know the cursor any more. */
  readonly atUs: number;
}

export interface JournalSourceOptions {
  readonly position: string | null;
  readonly warmFrom?: string | null;
  /** How far back to begin at the first start. */
  readonly sinceMs: number;
  /** Another one than the machine's own, for tests. */
  readonly folder?: string;
  readonly nowMs?: () => number;
}

export const JOURNAL_NAME = 'the journal';

/**
 * What may matter of a journal that also holds everything else: what is logged as authentication or by cron, the audit system, and
 * what says that logs or guards were stopped.
 */
const MATCHES = [
  ...['SYSLOG_FACILITY=4', 'SYSLOG_FACILITY=10', 'SYSLOG_FACILITY=9', '_TRANSPORT=audit', '_TRANSPORT=kernel'],
  ...[
    'sshd',
    'sshd-session',
    'sudo',
    'su',
    'systemd',
    'systemd-journald',
    'systemd-logind',
    'rsyslogd',
    'useradd',
    'usermod',
  ].map((name) => `SYSLOG_IDENTIFIER=${name}`),
].flatMap((match, i) => (i === 0 ? [match] : ['+', match]));

/** Entries that wait to be asked for; journalctl is made to wait when there are more. */
const MOST_WAITING = 20_000;
const AGAIN_AFTER_MS = [1000, 5000, 30_000, 120_000] as const;

export function openJournalSource(options: JournalSourceOptions): LogSource {
  const { folder, sinceMs, nowMs = Date.now } = options;
  const archives = archiveWatch(folder === undefined ? ['/var/log/journal', '/run/log/journal'] : [folder], nowMs);
  let position = parsePosition(options.position);
  const warmFrom = parsePosition(options.warmFrom ?? null);
  /** Entries up to this cursor were read before. */
  let warmUntil =
    warmFrom !== null && position !== null && warmFrom.cursor !== position.cursor ? position.cursor : null;
  let follower: Follower | null = null;
  let state: SourceState = READING;
  let failures = 0;
  let againMs = 0;
  /** Where the journal does not know the cursor any more: go on by time, and pass over what was read. */
  let byTime = false;

  const common = ['--output=json', '--all', '--no-pager', '--quiet', `--output-fields=${JOURNAL_FIELDS}`];
  const where = folder === undefined ? ['--system'] : [`--directory=${folder}`];
  const start = (): Follower => {
    const from =
      position === null
        ? [`--since=@${Math.floor((nowMs() - sinceMs) / 1000)}`]
        : byTime
          ? [`--since=@${Math.floor(position.atUs / 1e6)}`]
          : [`--after-cursor=${warmUntil === null ? position.cursor : (warmFrom?.cursor ?? position.cursor)}`];
    return follow([...where, ...common, '--follow', '--no-tail', ...from, ...MATCHES]);
  };
  const failed = (said: string): void => {
    follower = null;
    againMs = nowMs() + (AGAIN_AFTER_MS[Math.min(failures, AGAIN_AFTER_MS.length - 1)] ?? 0);
    failures += 1;
    if (/cursor/i.test(said)) {
      byTime = true;
      warmUntil = null;
    }
    state = {
      status: 'unavailable',
      reason: `journalctl ended: ${said || 'without a word'}`,
      fix: 'See seclyzer doctor.',
    };
  };

  const take = (taken: readonly string[], notes: readonly LogNote[], more: boolean): LogBatch => {
    const from = text();
    const read = byTime ? (position?.atUs ?? 0) : 0;
    const lines = byTime ? taken.filter((line) => (positionOf(line)?.atUs ?? 0) > read) : taken;
    if (warmUntil === null) {
      position = positionOf(lines.at(-1) ?? '') ?? position;
      return { lines, position: text(), from, warm: false, more, notes };
    }
    const end = lines.findIndex((line) => line.includes(`"__CURSOR":${JSON.stringify(warmUntil)}`));
    if (end < 0) return { lines, position: text(), from: null, warm: true, more: true, notes };
    warmUntil = null;
    follower?.putBack(lines.slice(end + 1));
    return { lines: lines.slice(0, end + 1), position: text(), from: null, warm: true, more: true, notes };
  };
  const text = (): string | null => (position === null ? null : JSON.stringify(position));

  return {
    ...{ name: JOURNAL_NAME, format: 'journal', role: 'all' },
    read: async (mostLines) => {
      const notes = await archives.look();
      if (follower === null && nowMs() < againMs) return nothingNew(text(), notes);
      follower ??= start();
      const { lines, more, ended } = follower.take(mostLines);
      if (lines.length > 0) {
        failures = 0;
        state = READING;
        return take(lines, notes, more);
      }
      if (ended !== null) failed(ended);
      return nothingNew(text(), notes);
    },
    state: () => state,
    notAfterMs: nowMs,
    close: async () => {
      const before = follower;
      follower = null;
      await before?.stop();
    },
  };
}

interface Follower {
  /** `ended`: what journalctl said last, once it has gone and everything was taken. */
  readonly take: (most: number) => {
    readonly lines: readonly string[];
    readonly more: boolean;
    readonly ended: string | null;
  };
  readonly putBack: (lines: readonly string[]) => void;
  readonly stop: () => Promise<void>;
}

const LONGEST_SAID = 300;

function follow(args: readonly string[]): Follower {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn('journalctl', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let waiting: string[] = [];
  let part = '';
  let said = '';
  let ended: string | null = null;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      ended = error.message;
      resolve();
    });
    child.once('close', (code) => {
      ended ??= said.trim() || `code ${code ?? 'of a signal'}`;
      resolve();
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-LONGEST_SAID)));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (part + text).split('\n');
    part = lines.pop() ?? '';
    for (const line of lines) if (line !== '') waiting.push(line);
    if (waiting.length > MOST_WAITING) child.stdout.pause();
  });
  return {
    take: (most) => {
      const lines = waiting.slice(0, most);
      waiting = waiting.slice(lines.length);
      if (child.stdout.isPaused() && waiting.length < MOST_WAITING / 2) child.stdout.resume();
      return { lines, more: waiting.length > 0, ended: waiting.length === 0 ? ended : null };
    },
    putBack: (lines) => void (waiting = [...lines, ...waiting]),
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

function positionOf(line: string): JournalPosition | null {
  if (line === '') return null;
  const { __CURSOR: cursor, __REALTIME_TIMESTAMP: atUs } = JSON.parse(line) as Record<string, unknown>;
  return typeof cursor === 'string' ? { cursor, atUs: Number(atUs) } : null;
}

const parsePosition = (text: string | null): JournalPosition | null =>
  text === null ? null : (JSON.parse(text) as JournalPosition);
