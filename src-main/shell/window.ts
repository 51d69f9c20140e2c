// Enters: the wish to see the dashboard. Leaves: its window, one at most, destroyed on close so that an idle program has no renderer.
import { BrowserWindow, app, nativeTheme, session } from 'electron';
import { ORIGIN } from './page-files.ts';

export interface DashboardWindow {
  /** Shows the window: the one that is there, or a new one. */
  readonly open: () => void;
  /** The window, if it is there. */
  readonly current: () => BrowserWindow | null;
}

/** Before the first window and after `app` is ready. `preload` is the absolute path of the bundled preload. */
export function createDashboardWindow(preload: string): DashboardWindow {
  forbidEverything();
  let window: BrowserWindow | null = null;
  return {
    open: () => {
      if (window === null) {
        const made = makeWindow(preload);
        made.once('closed', () => (window = null));
        window = made;
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    current: () => window,
  };
}

function makeWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 960,
    height: 680,
    minWidth: 360,
    minHeight: 480,
    title: 'SecLyzer',
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
  window.once('ready-to-show', () => window.show());
  // A renderer that crashed leaves a blank window; the next opening makes a fresh one.
  window.webContents.once('render-process-gone', (_event, { reason }) => {
    console.error(`The dashboard's process ended (${reason}). Open the dashboard again.`);
    window.destroy();
  });
  window.loadURL(`${ORIGIN}/`).catch((error: unknown) => console.error('The dashboard could not be loaded.', error));
  return window;
}

/** The dashboard needs none of these, so that whoever takes over a page gains none. */
function forbidEverything(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}
