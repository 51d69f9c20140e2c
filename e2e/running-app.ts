// Enters: the application under Playwright's eyes. Leaves: what it consists of at this moment, and what its agent answers.
import { readFileSync } from 'node:fs';
import { expect, type ElectronApplication, type Page } from 'playwright/test';
import { checkResult, type CallArg, type CallName, type CallResult } from '../src-preload/contract.ts';
import { processTree } from './process-tree.ts';
import type { Home, Stage } from './stage.ts';

export const windowCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

export const rendererCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ app: shell }) => shell.getAppMetrics().filter(({ type }) => type === 'Tab').length);

export function mainPid(app: ElectronApplication): number {
  const { pid } = app.process();
  if (pid === undefined) throw new Error('the application never started');
  return pid;
}

/** The exit code of the program, once it has ended by itself. */
export const exitCode = (app: ElectronApplication): Promise<number | null> =>
  new Promise((resolve) => app.process().once('exit', resolve));

/** The agent, where it runs under a Node of its own; else the utility process that carries its name. null: there is none now. */
export async function agentPid(app: ElectronApplication): Promise<number | null> {
  const own = processTree(mainPid(app)).find((pid) => commandLine(pid).includes('agent-host.js'));
  const named = app.evaluate(
    ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'seclyzer agent')?.pid,
  );
  return own ?? (await named) ?? null;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process: that is the answer.
    return false;
  }
}

/** What the tray says in its tooltip; undefined while there is no icon. */
export const tooltipOf = (stage: Stage) => async (): Promise<string | undefined> =>
  (await stage.desktop.panel.trayItem())?.tooltip;

/** A click with the pointer on what the panel has drawn. */
export async function clickTray(stage: Stage, button: 'left' | 'right' = 'left'): Promise<void> {
  await expect.poll(() => stage.desktop.panel.drawnIcon()).not.toBeNull();
  const icon = await stage.desktop.panel.drawnIcon();
  if (icon === null) throw new Error('the icon has gone from the tray');
  await stage.desktop.screen.click(icon, button);
}

/** The dashboard, opened by a click on the tray's icon. */
export async function openByClick(stage: Stage, app: ElectronApplication): Promise<Page> {
  const opened = app.waitForEvent('window');
  await clickTray(stage);
  return opened;
}

/** The dashboard, opened as a user without a tray would: by starting the program again. */
export async function openBySecondStart(
  stage: Stage,
  app: ElectronApplication,
  home: Home,
  args: readonly string[],
): Promise<Page> {
  const opened = app.waitForEvent('window');
  expect((await stage.run(home, args)).code).toBe(0);
  return opened;
}

/**
 * Asks the agent over the line of the open page, and checks the answer against the contract. By way of the main process, for
 * Chromium drops its debugger when the machine is said to sleep.
 */
export async function ask<K extends CallName>(
  app: ElectronApplication,
  name: K,
  arg?: CallArg<K>,
): Promise<CallResult<K>> {
  const request = { call: name, ...(arg === undefined ? {} : { arg }) };
  const answer = await app.evaluate(
    async ({ BrowserWindow }, script): Promise<unknown> => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) throw new Error('no window is open to ask from');
      return window.webContents.executeJavaScript(script) as Promise<unknown>;
    },
    `(${askFromPage.toString()})(${JSON.stringify(request)})`,
  );
  return checkResult(name, answer);
}

/** What the bridge of a page hands over. */
interface Answer {
  readonly id?: number;
  readonly ok?: boolean;
  readonly result?: unknown;
  readonly error?: string;
}

/** Runs in the page, so it knows nothing of this file. */
function askFromPage(request: Readonly<Record<string, unknown>>): Promise<unknown> {
  interface Line {
    readonly send: (message: unknown) => void;
    readonly onMessage: (listener: (message: Answer) => void) => () => void;
  }
  const line = Reflect.get(window, 'seclyzer') as Line;
  // Far from the numbers that the page itself counts up.
  const id = 1_000_000 + Math.floor(Math.random() * 1e9);
  return new Promise((resolve, reject) => {
    const off = line.onMessage((message) => {
      if (message.id !== id) return;
      off();
      if (message.ok === true) resolve(message.result);
      else reject(new Error(message.error));
    });
    line.send({ id, ...request });
  });
}
