// Leaves: pages that can go nowhere, open nothing and ask the user for nothing. The dashboard needs none of it, so that whoever
// takes over a page gains none. A change behind `#` is no navigation and stays free.
import { app, session } from 'electron';

/** Before the first window and after `app` is ready. */
export function forbidEverything(): void {
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
