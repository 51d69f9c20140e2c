// Enters: ports to the agent, handed over by the main process. Leaves: `window.seclyzer`, three functions over the newest port.
// The port, the raw channel and the events stay in here.
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, PortChannel, Request } from './contract.ts';

const PORT_CHANNEL: PortChannel = 'seclyzer:port';

/** More requests than this without a port mean that nobody is going to answer them. */
const MAX_WAITING = 64;

const messageListeners = new Set<(message: unknown) => void>();
const closeListeners = new Set<() => void>();
const waiting: Request[] = [];
let port: MessagePort | null = null;
let asked = false;

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
};

contextBridge.exposeInMainWorld('seclyzer', bridge);
