// What KWin is asked to run, in KWin's own JavaScript (develop.kde.org, "KWin scripting API"); it runs until it is unloaded or KWin ends,
// and changes nothing. Of a window it reads the class alone: the application's identifier, or WM_CLASS under XWayland. Plasma 5 has other
// names for the same two things.

/** Where the script calls. */
export const LISTENER = { path: '/io/github/seclyzer/Focus', interface: 'io.github.seclyzer.Focus' } as const;
export const FOCUSED = 'Focused';
export const SCRIPT_NAME = 'seclyzer-focus';

/** @param destination our unique name on the bus, which nobody else can take */
export const kwinScript = (destination: string): string => `
function tell(window) {
  if (window) callDBus('${destination}', '${LISTENER.path}', '${LISTENER.interface}', '${FOCUSED}', String(window.resourceClass));
}
(workspace.windowActivated || workspace.clientActivated).connect(tell);
tell(workspace.activeWindow || workspace.activeClient);
`;
