// Messages enter, every reader of the Unix socket gets them; one that does not keep up is cut off and counted. Readers have nothing to say:
// whoever sends something is cut off too.
import { chownSync, existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { HelperMessage } from '../agent/collect/syscalls/wire.ts';

export interface Broadcast {
  readonly send: (message: HelperMessage) => void;
  readonly readers: () => number;
  /** Since the start. */
  readonly dropped: () => number;
  readonly close: () => Promise<void>;
}

export interface BroadcastTask {
  readonly socketFile: string;
  /** Whose members may read; null: root alone. */
  readonly gid: number | null;
}

export const READERS_AT_MOST = 32;
/** Some half a minute of messages that a reader has left unread. */
const BACKLOG_BYTES = 512 * 1024;
/** Only root writes to the folder of the socket; the group may look into it. */
const FOLDER_MODE = 0o750;
const OTHERS_ENTER = 0o001;

/** @throws Error when there can be no socket there, with the reason in words */
export async function listenForReaders({ socketFile, gid }: BroadcastTask): Promise<Broadcast> {
  await makeRoom(socketFile, gid);
  const readers = new Set<Socket>();
  let dropped = 0;
  let newest: string | null = null;
  const server = createServer((socket) => {
    // What broke a connection does not matter: it closes.
    socket.on('error', () => socket.destroy());
    if (readers.size >= READERS_AT_MOST) {
      socket.destroy();
      return;
    }
    readers.add(socket);
    socket.once('close', () => readers.delete(socket));
    socket.once('data', () => socket.destroy());
    if (newest !== null) socket.write(newest);
  });
  // The file is made before `listen` returns: a change of its mode afterwards would leave others a moment to come in.
  const before = process.umask(gid === null ? 0o177 : 0o117);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socketFile, resolve);
    });
  } finally {
    process.umask(before);
  }
  server.on('error', (error) => process.stderr.write(`A reader could not be served: ${error.message}\n`));
  if (gid !== null) giveTo(socketFile, gid);
  return {
    send: (message) => {
      newest = `${JSON.stringify(message)}\n`;
      for (const socket of readers) {
        if (socket.writableLength > BACKLOG_BYTES) {
          dropped += 1;
          socket.destroy();
        } else {
          socket.write(newest);
        }
      }
    },
    readers: () => readers.size,
    dropped: () => dropped,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of readers) socket.destroy();
      }),
  };
}

async function makeRoom(socketFile: string, gid: number | null): Promise<void> {
  const folder = dirname(socketFile);
  if (!existsSync(folder)) mkdirSync(folder, { mode: FOLDER_MODE });
  // One that was made before there was a group lets nobody in; one that lets in everybody is not ours.
  if (gid !== null && (lstatSync(folder).mode & OTHERS_ENTER) === 0) giveTo(folder, gid);
  const found = lstatSync(socketFile, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`${socketFile} is in the way and is no socket. Move it elsewhere.`);
  if (await answers(socketFile)) throw new Error(`Another helper serves ${socketFile} already. End it first.`);
  rmSync(socketFile);
}

/** systemd has made it so already, and has taken away the right to do it again. */
function giveTo(path: string, gid: number): void {
  if (lstatSync(path).gid !== gid) chownSync(path, 0, gid);
}

const answers = (socketFile: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketFile, () => {
      socket.destroy();
      resolve(true);
    });
    // Nobody there: one that was killed has left it behind.
    socket.on('error', () => resolve(false));
  });
