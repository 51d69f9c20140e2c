// Enters: a page that asks for the agent. Leaves: a port to it, to our own page alone, and a new one whenever the agent is started
// anew; while there is none, why; and what the page wishes of the program. The only file of the main process that may touch raw IPC.
import { MessageChannelMain, ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron';
import type { AgentAbsence, AgentChannel, AgentWish, PortChannel } from '../../src-preload/contract.ts';
import type { AgentChild } from './agent-child.ts';
import type { AgentProcess } from './agent-process.ts';
import { ORIGIN } from './page-files.ts';
import { createRelay } from './relay.ts';

const PORT_CHANNEL: PortChannel = 'seclyzer:port';
const AGENT_CHANNEL: AgentChannel = 'seclyzer:agent';

/**
 * @param current our window, if there is one
 * @param quit ends the program
 */
export function openBorder(agent: AgentProcess, current: () => BrowserWindow | null, quit: () => void): void {
  const relay = createRelay(agent);
  let channels = 0;
  let absence: AgentAbsence | null = { kind: 'starting' };
  /** The window whose page has asked; it gets the ports of later agents unasked. */
  let asked: BrowserWindow | null = null;

  const listening = (): BrowserWindow | null => (current() === asked ? asked : null);
  const tellAbsence = (window: BrowserWindow): void => window.webContents.send(AGENT_CHANNEL, absence);

  function handPort(child: AgentChild, window: BrowserWindow): void {
    const { port1: pageEnd, port2: agentEnd } = new MessageChannelMain();
    const channel = ++channels;
    if (child.carriesPorts) child.send({ kind: 'connect', channel }, [agentEnd]);
    else relay.connect(child, channel, agentEnd);
    window.webContents.postMessage(PORT_CHANNEL, null, [pageEnd]);
  }

  fromOurPage(PORT_CHANNEL, current, (window) => {
    asked = window;
    tellAbsence(window);
    const child = agent.ready();
    if (child !== null) handPort(child, window);
  });
  const grant: Record<AgentWish, () => void> = { start: agent.start, quit };
  fromOurPage(AGENT_CHANNEL, current, (_window, wish) => {
    if (wish === 'start' || wish === 'quit') grant[wish]();
  });
  agent.onStatus((status) => {
    const next = status.kind === 'running' ? null : status;
    // A running agent tells its status whenever it has changed.
    if (next === null && absence === null) return;
    absence = next;
    const window = listening();
    if (window !== null) tellAbsence(window);
  });
  agent.onReady((child) => {
    const window = listening();
    if (window !== null) handPort(child, window);
  });
}

/** Hears the main frame of our window alone, and only while our own page is in it. What was sent along is unchecked. */
function fromOurPage(
  channel: PortChannel | AgentChannel,
  current: () => BrowserWindow | null,
  hear: (window: BrowserWindow, sent: unknown) => void,
): void {
  ipcMain.on(channel, (event, sent: unknown) => {
    const window = current();
    if (window !== null && isOurPage(event, window)) return hear(window, sent);
    console.error(
      `Refused ${channel} to a page that is not the dashboard (${event.senderFrame?.origin ?? 'already gone'}).`,
    );
  });
}

function isOurPage({ senderFrame }: IpcMainEvent, window: BrowserWindow): boolean {
  return senderFrame !== null && senderFrame === window.webContents.mainFrame && senderFrame.origin === ORIGIN;
}
