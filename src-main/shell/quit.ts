// Enters: the wish to end the program, from the tray, a signal or the end of the session. Leaves: its end, once the agent has
// written what it holds and said so, or was given the time to. Asking again changes nothing.
import { app, powerMonitor } from 'electron';
import type { AgentProcess } from './agent-process.ts';

const FLUSH_MS = 5000;

/** Once `app` is ready: Chromium's own handlers, which a second signal would get past, are set up before. */
export function endGracefully(agent: Pick<AgentProcess, 'stop'>): void {
  let ending = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (!ending) void end(agent);
    ending = true;
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // The event asks the system to wait; Electron's types forget it.
  powerMonitor.on('shutdown', (event?: { readonly preventDefault: () => void }) => {
    event?.preventDefault();
    app.quit();
  });
  // Windows tells of the session's end through a window.
  app.on('browser-window-created', (_event, window) => window.on('session-end', () => app.quit()));
}

async function end(agent: Pick<AgentProcess, 'stop'>): Promise<void> {
  const inTime = await agent.stop(FLUSH_MS);
  if (!inTime)
    console.error(`SecLyzer: the agent did not end within ${FLUSH_MS / 1000} s; its last minute may be lost.`);
  app.exit(inTime ? 0 : 1);
}
