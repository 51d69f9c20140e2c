// The socket of the privileged helper enters; its messages leave, the newest first of all, until the connection ends, with the reason in
// words. Whoever reads needs no right but that of its group.
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { createLineSplitter } from '../../publish/local-socket-wire.ts';
import { messageOf } from '../../thrown.ts';
import type { Availability } from '../collector.ts';
import type { Unavailable } from '../unavailable.ts';
import { CHARACTERS_AT_MOST, GROUP, parseMessage, type HelperMessage } from './wire.ts';

export interface HelperLink {
  readonly close: () => void;
}

export interface HelperListener {
  readonly message: (message: HelperMessage) => void;
  readonly malformed: (reason: string) => void;
  /** Once, unless `close` came first. */
  readonly ended: (why: Unavailable) => void;
}

/** Whether somebody may listen there. Never throws. */
export function helperAvailability(socketFile: string): Availability {
  if (process.platform !== 'linux')
    return {
      ok: false,
      reason: 'system calls are counted on Linux alone',
      fix: 'Nothing to do: the rest works without.',
    };
  try {
    accessSync(socketFile, constants.R_OK | constants.W_OK);
    return { ok: true };
  } catch (error) {
    return whyNot(error);
  }
}

export function linkToHelper(socketFile: string, listener: HelperListener): HelperLink {
  const split = createLineSplitter(CHARACTERS_AT_MOST);
  const socket = connect(socketFile);
  let over = false;
  const end = (why: Unavailable): void => {
    if (!over) listener.ended(why);
    over = true;
    socket.destroy();
  };
  socket.on('data', (bytes) => {
    try {
      for (const line of split(bytes)) if (!over) take(line, listener);
    } catch (error) {
      listener.malformed(messageOf(error));
      end(GONE);
    }
  });
  socket.on('error', (error) => end(whyNot(error)));
  socket.on('close', () => end(GONE));
  // It wakes nobody, and keeps no command alive: a reading comes each second, and whoever waits for one has a timer.
  socket.unref();
  return {
    close: () => {
      over = true;
      socket.destroy();
    },
  };
}

function take(line: string, { message, malformed }: HelperListener): void {
  const parsed = parseMessage(line);
  if (parsed.ok) message(parsed.message);
  else malformed(parsed.reason);
}

const GONE: Unavailable = {
  ok: false,
  reason: 'the helper for system calls has ended',
  fix: 'It is looked for again in a few seconds. What became of it: systemctl status seclyzer-syscalls',
};

function whyNot(error: unknown): Unavailable {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return {
      ok: false,
      reason: 'the helper for system calls does not run; it is off until you install it',
      fix: 'How to install it: sudo seclyzer syscalls --install. For as long as a terminal is open: sudo seclyzer syscalls --run',
    };
  if (code === 'EACCES' || code === 'EPERM')
    return {
      ok: false,
      reason: `only root and members of the group ${GROUP} may read the system calls`,
      fix: `sudo usermod -aG ${GROUP} ${userInfo().username}, then log out and in again.`,
    };
  return {
    ok: false,
    reason: `the helper for system calls can not be reached: ${messageOf(error)}`,
    fix: 'As root: systemctl restart seclyzer-syscalls',
  };
}
