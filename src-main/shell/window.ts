// Enters: the wish to see the dashboard, and whether the screen is about to be locked. Leaves: its window, one at most, destroyed
// on close so that an idle program has no renderer.
import { BrowserWindow, nativeTheme } from 'electron';
import { dashboardAddress } from './page-files.ts';
import type { WindowMemory } from './window-memory.ts';
import { MIN_SIZE } from './window-place.ts';

export interface DashboardWindow {
  /** Shows the window: the one that is there, or a new one. With a link (`#/history?at=…`) at that place, else where it was. */
  readonly open: (link?: string) => void;
  /**
   * Shows the dashboard's first page above everything else until it is told that the alarm is over. Without the keyboard: whoever is
   * typing at that moment is not to press a button of it in mid-sentence.
   */
  readonly alarm: (on: boolean) => void;
  /** The window, if it is there. */
  readonly current: () => BrowserWindow | null;
}

const FIRST_PAGE = '#/';

export interface WindowParts {
  /** The bundled preload, absolute. */
  readonly preload: string;
  /** For title bars and lists of windows. */
  readonly icon: string;
  readonly memory: WindowMemory;
}

/** Once `app` is ready and pages are forbidden what they don't need. */
export function createDashboardWindow(parts: WindowParts): DashboardWindow {
  let window: BrowserWindow | null = null;
  let alarmed = false;

  const make = (link: string, withKeyboard: boolean): void => {
    const made = makeWindow(parts, link);
    made.once('closed', () => {
      if (window === made) window = null;
    });
    whenReady(made, () => {
      showFirst(made, parts.memory, withKeyboard);
      if (alarmed) raise(made, true);
    });
    window = made;
  };
  const open = (link?: string): void => {
    if (window === null) return make(link ?? FIRST_PAGE, true);
    if (link !== undefined) goTo(window, link);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const warn = (): void => {
    // One that is minimised comes back with the keyboard or not at all; a new one takes its place.
    if (window?.isMinimized() === true) window.destroy();
    if (window === null || window.isDestroyed()) return make(FIRST_PAGE, false);
    goTo(window, FIRST_PAGE);
    window.showInactive();
    raise(window, true);
  };
  return {
    open,
    alarm: (on) => {
      if (on === alarmed) return;
      alarmed = on;
      if (on) warn();
      else if (window !== null) raise(window, false);
    },
    current: () => window,
  };
}

/**
 * Under Wayland nothing is painted before the window is shown, so that `ready-to-show` never comes (electron/electron#48859): there the
 * page being loaded is as ready as it gets. The window has the page's own background until it is painted.
 */
function whenReady(window: BrowserWindow, show: () => void): void {
  let shown = false;
  const once = (): void => {
    if (shown || window.isDestroyed()) return;
    shown = true;
    show();
  };
  window.once('ready-to-show', once);
  if (process.platform === 'linux') window.webContents.once('did-finish-load', once);
}

/** A window that is maximised before it is shown is shown by that, with the keyboard; afterwards it is seen to grow. */
function showFirst(window: BrowserWindow, memory: WindowMemory, withKeyboard: boolean): void {
  const { maximised } = memory.recall();
  if (maximised && withKeyboard) window.maximize();
  if (withKeyboard) window.show();
  else window.showInactive();
  if (maximised && !withKeyboard) window.maximize();
  memory.follow(window);
}

/** Desktops forget what they were told of a window that is not shown. */
function raise(window: BrowserWindow, on: boolean): void {
  window.setAlwaysOnTop(on, 'screen-saver');
  window.setVisibleOnAllWorkspaces(on);
}

function makeWindow({ preload, icon, memory }: WindowParts, link: string): BrowserWindow {
  const window = new BrowserWindow({
    ...memory.recall().placed,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'SecLyzer',
    icon,
    show: false,
    autoHideMenuBar: true,
    // The page's own background, so that nothing flashes before its first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1317' : '#f3f5f7',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // No boxes of the system's; those for saving a file come before any question of permission.
      disableDialogs: true,
      disableBlinkFeatures: 'FileSystemAccessLocal',
    },
  });
  // A renderer that crashed leaves a blank window; the next opening makes a fresh one.
  window.webContents.once('render-process-gone', (_event, { reason }) => {
    console.error(`The dashboard's process ended (${reason}). Open the dashboard again.`);
    window.destroy();
  });
  load(window, dashboardAddress(link));
  return window;
}

/** The same document with another word behind `#`: the page stays as it is and goes there by itself. */
function goTo(window: BrowserWindow, link: string): void {
  const { webContents } = window;
  const address = dashboardAddress(link);
  // Another address while the page is on its way would have it loaded twice.
  if (webContents.isLoadingMainFrame()) webContents.once('did-finish-load', () => goTo(window, link));
  else if (webContents.getURL() !== address) load(window, address);
}

function load(window: BrowserWindow, address: string): void {
  window.loadURL(address).catch((error: unknown) => console.error('The dashboard could not be loaded.', error));
}
