// Runs a program in the foreground. In: a command. Out: its exit code, as a shell would give it.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How often it is looked whether the caller still lives, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/**
 * Waits for the program to end, handing on the signals that this process gets: so one Ctrl-C or one `kill` stops both.
 * Also stops it when the caller has gone: npm's shell dies of a signal without handing it on.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions, timeoutMs?: number }} options
 * @returns {Promise<{ code: number, signalled: boolean }>} 128 + n after signal n; `signalled` when a signal was handed on.
 */
export function run(command, args, { timeoutMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    let signalled = false;
    const handOn = (signal) => {
      signalled = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, handOn);
    const caller = process.ppid;
    const look = setInterval(() => {
      if (process.ppid === caller) return;
      // Once: a second signal would mean not to wait any longer.
      clearInterval(look);
      handOn('SIGTERM');
    }, LOOK_EVERY_MS);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      clearInterval(look);
      for (const signal of signals) process.off(signal, handOn);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), signalled });
    });
  });
}
