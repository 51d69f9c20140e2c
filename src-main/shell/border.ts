// Enters: a page that asks for the agent. Leaves: a port to it, to our own page alone, and a new one whenever the agent is started anew.
// The only file of the main process that may touch raw IPC.
import { MessageChannelMain, ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron';
import type { PortChannel } from '../../src-preload/contract.ts';
import type { AgentChild } from './agent-child.ts';
import type { AgentProcess } from './agent-process.ts';
import { ORIGIN } from './page-files.ts';
import { createRelay } from './relay.ts';

const PORT_CHANNEL: PortChannel = 'seclyzer:port';

/** @param current our window, if there is one */
export function openBorder(agent: AgentProcess, current: () => BrowserWindow | null): void {
  const relay = createRelay(agent);
  let channels = 0;
  /** The window whose page has asked; it gets the ports of later agents unasked. */
  let asked: BrowserWindow | null = null;

  function handPort(child: AgentChild, window: BrowserWindow): void {
    const { port1: pageEnd, port2: agentEnd } = new MessageChannelMain();
    const channel = ++channels;
    if (child.carriesPorts) child.send({ kind: 'connect', channel }, [agentEnd]);
    else relay.connect(child, channel, agentEnd);
    window.webContents.postMessage(PORT_CHANNEL, null, [pageEnd]);
  }

  ipcMain.on(PORT_CHANNEL, (event) => {
    const window = current();
    if (window === null || !isOurPage(event, window)) {
      console.error(`Refused the agent to a page that is not the dashboard (${event.senderFrame?.origin ?? 'gone'}).`);
      return;
    }
    asked = window;
    const child = agent.ready();
    if (child !== null) handPort(child, window);
  });
  agent.onReady((child) => {
    const window = current();
    if (window !== null && window === asked) handPort(child, window);
  });
}

function isOurPage({ senderFrame }: IpcMainEvent, window: BrowserWindow): boolean {
  return senderFrame !== null && senderFrame === window.webContents.mainFrame && senderFrame.origin === ORIGIN;
}
