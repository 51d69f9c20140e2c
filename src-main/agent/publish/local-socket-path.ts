// Where the commands find the agent of the tray application. In: the data folder. Out: the address of its local socket.
import { createHash } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface LocalAddress {
  /** What `listen` and `connect` take. */
  readonly path: string;
  /** To call when the address is not used any more: before that, a folder may have to stay open for it. */
  readonly release: () => void;
}

/** The kernel keeps the address in 108 bytes (Linux, unix(7)) or 104 (macOS), the final zero included. */
const PATH_BYTES_AT_MOST = 100;
const FILE_NAME = 'agent.sock';

/** @throws Error when the folder can't be opened, or its path is too long for this system. */
export function localAddress(dataDir: string, platform: NodeJS.Platform = process.platform): LocalAddress {
  const folder = resolve(dataDir);
  const path = join(folder, FILE_NAME);
  if (platform === 'win32') return { path: pipeName(folder), release: () => undefined };
  if (Buffer.byteLength(path) <= PATH_BYTES_AT_MOST) return { path, release: () => undefined };
  if (platform === 'linux') return throughOpenFolder(folder);
  throw new Error(`The path of ${path} is too long for a local socket. Choose a data folder with a shorter one.`);
}

/** The same file by a short name, however deep its folder lies: proc(5) leads on from an open folder. */
function throughOpenFolder(folder: string): LocalAddress {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${fd}/${FILE_NAME}`, release: () => closeSync(fd) };
}

/** Pipes of Windows lie in no folder, and its paths do not tell upper from lower case. */
function pipeName(folder: string): string {
  return String.raw`\\.\pipe\seclyzer-` + createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32);
}
