// Enters: ports to the agent, and why there is none, from the main process. Leaves: `window.seclyzer`, a few functions over the
// newest port. The port, the raw channels and the events stay in here.
import { contextBridge, ipcRenderer } from 'electron';
import type { AgentChannel, AgentWish, Bridge, PortChannel, Request } from './contract.ts';

const PORT_CHANNEL: PortChannel = 'seclyzer:port';
const AGENT_CHANNEL: AgentChannel = 'seclyzer:agent';

/** More requests than this without a port mean that nobody is going to answer them. */
const MAX_WAITING = 64;

const messageListeners = new Set<(message: unknown) => void>();
const closeListeners = new Set<() => void>();
const absenceListeners = new Set<(why: unknown) => void>();
const waiting: Request[] = [];
let port: MessagePort | null = null;
let asked = false;
/** The latest word of the main process; none yet. */
let absence: { readonly why: unknown } | null = null;

function attach(next: MessagePort): void {
  detach();
  port = next;
  next.addEventListener('message', ({ data }) => messageListeners.forEach((listener) => listener(data)));
  next.addEventListener('close', () => {
    if (port === next) detach();
  });
  next.start();
  for (const request of waiting.splice(0)) next.postMessage(request);
}

function detach(): void {
  if (port === null) return;
  port.close();
  port = null;
  closeListeners.forEach((listener) => listener());
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

ipcRenderer.on(PORT_CHANNEL, ({ ports: [next] }) => {
  if (next !== undefined) attach(next);
});
ipcRenderer.on(AGENT_CHANNEL, (_event, why: unknown) => {
  absence = { why };
  absenceListeners.forEach((listener) => listener(why));
});

const wish = (what: AgentWish): void => ipcRenderer.send(AGENT_CHANNEL, what);

const bridge: Bridge = {
  send: (message) => {
    if (port !== null) port.postMessage(message);
    else if (waiting.length < MAX_WAITING) waiting.push(message);
    else throw new Error('No line to the agent.');
  },
  onMessage: (listener) => {
    const unsubscribe = subscribe(messageListeners, listener);
    // Asked for only now, so that the first push finds somebody who listens.
    if (!asked) ipcRenderer.send(PORT_CHANNEL);
    asked = true;
    return unsubscribe;
  },
  onClose: (listener) => subscribe(closeListeners, listener),
  onAbsence: (listener) => {
    if (absence !== null) listener(absence.why);
    return subscribe(absenceListeners, listener);
  },
  startAgent: () => wish('start'),
  quit: () => wish('quit'),
};

contextBridge.exposeInMainWorld('seclyzer', bridge);
