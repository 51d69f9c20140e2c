// Enters: the wish to see the dashboard, and whether the screen is about to be locked. Leaves: its window, one at most, destroyed
// on close so that an idle program has no renderer.
import { BrowserWindow, nativeTheme } from 'electron';
import { dashboardAddress } from './page-files.ts';
import { forbidEverything } from './page-guard.ts';
import type { WindowMemory } from './window-memory.ts';
import { MIN_SIZE } from './window-place.ts';

export interface DashboardWindow {
  /** Shows the window: the one that is there, or a new one. With a link (`#/history?at=…`) at that place, else where it was. */
  readonly open: (link?: string) => void;
  /** Shows the dashboard's first page above everything else until it is told that the alarm is over. */
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

/** Before the first window and after `app` is ready. */
export function createDashboardWindow(parts: WindowParts): DashboardWindow {
  forbidEverything();
  let window: BrowserWindow | null = null;
  let alarmed = false;

  const open = (link?: string): void => {
    if (window === null) {
      window = makeWindow(parts, link ?? FIRST_PAGE);
      window.once('closed', () => (window = null));
      if (alarmed) raise(window, true);
      return;
    }
    if (link !== undefined) goTo(window, link);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  return {
    open,
    alarm: (on) => {
      if (on === alarmed) return;
      alarmed = on;
      if (window !== null) raise(window, on);
      if (on) open(FIRST_PAGE);
    },
    current: () => window,
  };
}

function raise(window: BrowserWindow, on: boolean): void {
  window.setAlwaysOnTop(on, 'screen-saver');
  window.setVisibleOnAllWorkspaces(on);
}

function makeWindow({ preload, icon, memory }: WindowParts, link: string): BrowserWindow {
  const { placed, maximised } = memory.recall();
  const window = new BrowserWindow({
    ...placed,
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
    },
  });
  window.once('ready-to-show', () => {
    if (maximised) window.maximize();
    window.show();
    memory.follow(window);
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
