// Messages of sudo, doas, su and pkexec in, who became whom and to do what out. Formats: sudo 1.8 and 1.9 (lib/eventlog), OpenDoas,
// util-linux su, shadow's su, polkit 0.105 to 126.
import { eventOf, type Entry, type Reading } from './event.ts';
import { nameOf, printable } from './names.ts';

const LONGEST_COMMAND = 500;
const commandOf = (text: string): string => printable(text.slice(0, LONGEST_COMMAND));

/** `    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id`, with a reason first where it was refused. */
export function readSudo(entry: Entry): Reading {
  const { text } = entry;
  const colon = text.indexOf(' : ');
  if (colon < 0) return text.startsWith('pam_') ? 'nothing' : 'unknown';
  const user = nameOf(text.slice(0, colon).trim());
  const rest = text.slice(colon + 3);
  if (FIELD.test(rest)) return ran(entry, user, rest);
  const reason = rest.split(' ; ', 1)[0] ?? '';
  const refused = refusalOf(reason);
  if (refused === null) return 'nothing';
  return eventOf(entry, 'privilege-failed', { program: 'sudo', user, ...refused, target: targetOf(rest) });
}

const FIELD = /^(?:HOST|TTY|CHROOT|PWD|CWD|USER|GROUP|TSID|ENV|COMMAND)=/;

/**
 * The folder is the user's to name, so it may hold a false ` ; COMMAND=`; and the command's arguments may. What is kept runs from the
 * first of them to the end, and so holds the true one whichever it is.
 */
function ran(entry: Entry, user: string, rest: string): Reading {
  const commandAt = rest.indexOf('COMMAND=');
  if (commandAt < 0) return 'nothing';
  const facts = { program: 'sudo', user, target: targetOf(rest), detail: commandOf(rest.slice(commandAt + 8)) };
  return eventOf(entry, 'privilege', facts);
}

const TARGET = / ; USER=([^ ;]+) ;/;
const targetOf = (rest: string): string | null => {
  const found = TARGET.exec(rest)?.[1];
  return found === undefined ? null : nameOf(found);
};

const ATTEMPTS = /^(\d+) incorrect password attempts?$/;

/** null for what is no refusal: a password that nobody could be asked for, a part of a long command, sudo's own troubles. */
function refusalOf(reason: string): { readonly count: number; readonly detail: string } | null {
  const attempts = ATTEMPTS.exec(reason)?.[1];
  if (attempts !== undefined) return { count: Math.max(1, Number(attempts)), detail: 'wrong password' };
  if (/^user NOT in sudoers/i.test(reason)) return { count: 1, detail: 'not in sudoers' };
  if (/^(?:command not allowed|user NOT authorized)/.test(reason)) return { count: 1, detail: 'not allowed' };
  return null;
}

const DOAS = /^(?:user )?(\S+) ran command (.*) as (\S+) from /s;
const DOAS_DENIED = /^(?:failed command for|command not permitted for|failed auth for) (\S+)/;

export function readDoas(entry: Entry): Reading {
  const [, user, command, target] = DOAS.exec(entry.text) ?? [];
  if (user !== undefined && command !== undefined && target !== undefined)
    return eventOf(entry, 'privilege', { user: nameOf(user), target: nameOf(target), detail: commandOf(command) });
  const denied = DOAS_DENIED.exec(entry.text)?.[1]?.replace(/:$/, '');
  if (denied === undefined) return 'unknown';
  return eventOf(entry, 'privilege-failed', { user: nameOf(denied), detail: 'not allowed' });
}

const SU = /^(FAILED SU )?\(to (.{1,100})\) (.{1,100}) on (\S{1,64})$/s;
const OLD_SU = /^(Successful|FAILED) su for (.{1,100}) by (.{1,100})$/s;

/** `(to root) bob on pts/0`, `FAILED SU (to root) bob on pts/0`; shadow's: `FAILED su for root by bob`. */
export function readSu(entry: Entry): Reading {
  const [, failed, target, user] = SU.exec(entry.text) ?? [];
  if (target !== undefined && user !== undefined) return became(entry, failed !== undefined, user, target);
  const [, outcome, whom, who] = OLD_SU.exec(entry.text) ?? [];
  if (whom !== undefined && who !== undefined) return became(entry, outcome === 'FAILED', who, whom);
  // `+ pts/0 bob:root` says the same again.
  return /^[+-] /.test(entry.text) ? 'nothing' : 'unknown';
}

function became(entry: Entry, failed: boolean, user: string, target: string): Reading {
  const facts = { program: 'su', user: nameOf(user), target: nameOf(target) };
  if (failed) return eventOf(entry, 'privilege-failed', { ...facts, detail: 'wrong password' });
  // root may become anybody: nothing is gained by it.
  return user === 'root' ? 'nothing' : eventOf(entry, 'privilege', { ...facts, detail: 'su' });
}

const PKEXEC = /^([^: ]+): Executing command \[USER=([^\]]+)\].* \[COMMAND=(.*)\]$/s;
const PKEXEC_DENIED = /^([^: ]+): Error executing command as another user: Not authorized/;

/** What desktops run on their own, to look for updates or to set the brightness: nobody has asked for a password. */
const HELPERS = /^\/usr\/(?:lib|libexec|sbin\/[a-z-]+-helper)\b/;

export function readPkexec(entry: Entry): Reading {
  const [, user, target, command] = PKEXEC.exec(entry.text) ?? [];
  if (command !== undefined && HELPERS.test(command)) return 'nothing';
  if (user !== undefined && target !== undefined && command !== undefined)
    return eventOf(entry, 'privilege', { user: nameOf(user), target: nameOf(target), detail: commandOf(command) });
  const denied = PKEXEC_DENIED.exec(entry.text)?.[1];
  if (denied === undefined) return 'nothing';
  return eventOf(entry, 'privilege-failed', { user: nameOf(denied), detail: 'not allowed' });
}
