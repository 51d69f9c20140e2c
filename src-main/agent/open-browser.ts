// Hands a link to the desktop's browser. In: a link. Out: nothing, or an error that says what to do instead.
import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  // The empty argument is the window title that `start` would else take from the link.
  win32: ['cmd', '/c', 'start', '""'],
};
/** An opener that still runs after this many milliseconds has become the browser itself. */
const FAILS_WITHIN_MS = 3000;

/** @throws Error when no browser could be started. Resolves as soon as one was, or after three seconds. */
export function openBrowser(url: string): Promise<void> {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new Error(`The browser could not be opened (${command} ${why}). Open the link yourself.`));
    };
    const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
    const settled = setTimeout(resolve, FAILS_WITHIN_MS);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(settled);
      fail(error.code === 'ENOENT' ? 'is not installed' : error.message);
    });
    child.once('exit', (code) => {
      clearTimeout(settled);
      if (code === 0) resolve();
      else fail(`ended with ${code ?? 'a signal'}`);
    });
    child.unref();
  });
}
