// Leaves: pages that can go nowhere, reach nothing, open nothing and ask the user for nothing. The dashboard needs none of it, so that
// whoever takes over a page gains none. A change behind `#` is no navigation and stays free.
import { app, session, type Session, type WebContents } from 'electron';

/** Nobody serves there: the discard service, which a page could not start, was the last that did. */
const DEAD_END = { mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' } as const;

/**
 * Before `app` is ready. The page's policy does not cover the names of hosts that are looked up for WebRTC or ahead of a visit, and a
 * name that is looked up is a message to whoever answers for it.
 */
export function resolveNothing(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Before the first window and after `app` is ready. The dashboard's own files come over no network and are not concerned. */
export async function forbidEverything(): Promise<void> {
  app.on('web-contents-created', (_event, contents) => forbidPage(contents));
  const { defaultSession } = session;
  forbidAsking(defaultSession);
  // A download asks the user where to put it, whatever the page's policy says.
  defaultSession.on('will-download', (event) => event.preventDefault());
  await defaultSession.setProxy(DEAD_END);
}

function forbidPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // The page's policy does not cover WebRTC: over TCP it takes the dead end, and over UDP nothing goes past that.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

function forbidAsking(pages: Session): void {
  pages.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  pages.setPermissionCheckHandler(() => false);
  pages.setDevicePermissionHandler(() => false);
}
