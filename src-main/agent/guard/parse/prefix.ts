// A line of a log file in, who wrote what and when out: RFC 3164 with and without its priority, RFC 5424, and the ISO times that
// rsyslog and journalctl write. Also the two formats of their own, of auditd and of fail2ban.
import type { Entry } from './event.ts';
import { readIso, yearClock, type YearClock } from './log-time.ts';

/** A name longer than this is no name of a program. */
const LONGEST_TAG = 64;

const SPACE = 32;
const COLON = 58;
const BRACKET = 91;

export interface LineReader {
  /** @returns null for a line that begins like none of these. */
  readonly read: (line: string) => Entry | null;
}

/** @param notAfterMs see log-time.ts */
export function lineReader(notAfterMs: () => number): LineReader {
  const clock = yearClock(notAfterMs);
  return { read: (line) => readLine(line.endsWith('\r') ? line.slice(0, -1) : line, clock) };
}

function readLine(line: string, clock: YearClock): Entry | null {
  if (line.startsWith('type=') || line.startsWith('node=')) return readAudit(line);
  let at = 0;
  if (line.charCodeAt(0) === 60) {
    const end = line.indexOf('>');
    if (end < 2 || end > 4) return null;
    // `<86>1 ` and a time is RFC 5424; its version is 1 for ever.
    if (line.startsWith('1 ', end + 1)) return read5424(line, end + 3);
    at = end + 1;
  }
  const iso = line[at + 4] === '-';
  const time = iso ? readIso(line, at) : clock.read(line, at);
  if (time === null) return null;
  const { atMs, end } = time;
  if (line.charCodeAt(end) !== SPACE) return null;
  const padded = line.startsWith('fail2ban.', end + 1);
  return padded ? readFail2ban(line, atMs, end + 1) : readHostAndTag(line, atMs, end + 1);
}

/** `HOST TAG[PID]: text`; the host is left out by some, and the pid by many. */
function readHostAndTag(line: string, atMs: number, hostAt: number): Entry | null {
  const space = line.indexOf(' ', hostAt);
  if (space < 0) return null;
  // Without a host the tag comes first, and ends in a colon.
  const hostless = line.charCodeAt(space - 1) === COLON;
  return readTag(line, atMs, hostless ? hostAt : space + 1);
}

/** From the name of the program on. rsyslog writes a message without a tag as it came: the program is then unknown. */
function readTag(line: string, atMs: number, at: number): Entry {
  const last = Math.min(line.length, at + LONGEST_TAG);
  let pid = 0;
  let nameEnd = -1;
  let textAt = -1;
  for (let i = at; i < last; i += 1) {
    const code = line.charCodeAt(i);
    if (code === COLON) {
      nameEnd = nameEnd < 0 ? i : nameEnd;
      textAt = i + 1;
      break;
    }
    if (code === BRACKET && nameEnd < 0) {
      nameEnd = i;
      for (i += 1; ; i += 1) {
        const digit = line.charCodeAt(i) - 48;
        if (!(digit >= 0 && digit <= 9)) break;
        pid = pid * 10 + digit;
      }
      // What stands here is `]`; the colon follows.
    } else if (code === SPACE && nameEnd < 0) break;
  }
  if (textAt < 0) return { atMs, program: '', pid: 0, text: line.slice(at) };
  if (line.charCodeAt(textAt) === SPACE) textAt += 1;
  return { atMs, program: programOf(line, at, nameEnd), pid, text: line.slice(textAt) };
}

let lastProgram = '';
/** The same program writes many lines in a row, so its name is seldom cut out anew. */
function programOf(line: string, from: number, end: number): string {
  if (end - from === lastProgram.length && line.startsWith(lastProgram, from)) return lastProgram;
  lastProgram = line.slice(from, end);
  return lastProgram;
}

/** `TIME HOST APP PROCID MSGID [SD] text`, `-` for what is missing. */
function read5424(line: string, timeAt: number): Entry | null {
  const time = readIso(line, timeAt);
  if (time === null) return null;
  const { atMs } = time;
  const at: number[] = [time.end + 1];
  for (let field = 0; field < 4; field += 1) {
    const next = line.indexOf(' ', at[field]);
    if (next < 0) return null;
    at.push(next + 1);
  }
  const [, appAt = 0, pidAt = 0, idAt = 0, dataAt = 0] = at;
  const textAt = endOfData(line, dataAt);
  if (textAt < 0) return null;
  const app = line.slice(appAt, pidAt - 1);
  const pid = Number(line.slice(pidAt, idAt - 1));
  return {
    atMs,
    program: app === '-' ? '' : app,
    pid: Number.isSafeInteger(pid) && pid > 0 ? pid : 0,
    text: line.slice(line.charCodeAt(textAt) === 0xfeff ? textAt + 1 : textAt),
  };
}

/** Behind the structured data, where quotes and brackets in values are escaped; -1 where it has no end. */
function endOfData(line: string, from: number): number {
  if (line[from] === '-') return from + 2;
  let at = from;
  while (line[at] === '[') {
    let quoted = false;
    for (at += 1; at < line.length && (quoted || line[at] !== ']'); at += 1) {
      if (line[at] === '\\') at += 1;
      else if (line[at] === '"') quoted = !quoted;
    }
    if (line[at] !== ']') return -1;
    at += 1;
  }
  return at === from ? -1 : at + 1;
}

/** `type=USER_AUTH msg=audit(1700000000.123:456): pid=1 …`; the text keeps the type. */
function readAudit(line: string): Entry | null {
  const typeAt = line.indexOf('type=');
  const stampAt = line.indexOf(' msg=audit(', typeAt);
  const stampEnd = stampAt < 0 ? -1 : line.indexOf('):', stampAt);
  if (stampEnd < 0) return null;
  const atMs = Math.round(Number.parseFloat(line.slice(stampAt + 11, stampEnd)) * 1000);
  if (!Number.isFinite(atMs)) return null;
  const text = `${line.slice(typeAt + 5, stampAt)} ${line.slice(stampEnd + 2).trimStart()}`;
  return { atMs, program: 'audit', pid: 0, text };
}

/** `fail2ban.actions        [123]: NOTICE  [sshd] Ban 1.2.3.4` */
function readFail2ban(line: string, atMs: number, at: number): Entry | null {
  const end = line.indexOf(']: ', at);
  if (end < 0) return null;
  const name = line.slice(at, line.indexOf(' ', at));
  return {
    atMs,
    program: name,
    pid: Number(line.slice(line.indexOf('[', at) + 1, end)) || 0,
    text: line.slice(end + 3),
  };
}
