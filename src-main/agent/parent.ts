// Enters: what the shell sends to the process of the agent. Leaves: what the agent answers. The same for an Electron utility
// process (`process.parentPort`) and a child process of plain Node (`process.send`), both typed here: this side never sees Electron.
import { checkMainMessage, type AgentMessage, type MainMessage } from '../../src-preload/contract.ts';
import type { LineEnd } from './publish/line.ts';

export interface Parent {
  /** Resolves when the message is on its way, so that the process may end. */
  readonly send: (message: AgentMessage) => Promise<void>;
  /** `line` is the transferred port of a `connect` message; null where the shell relays. */
  readonly onMessage: (listener: (message: MainMessage, line: LineEnd | null) => void) => void;
  /** The shell is gone. */
  readonly onGone: (listener: () => void) => void;
}

/** Electron's MessagePortMain, as much of it as is used. */
interface ElectronPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
}

/** Electron's ParentPort, as much of it as is used. */
interface ElectronParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void,
  ): void;
  postMessage(message: unknown): void;
}

/** @throws Error when this process was started by neither. */
export function connectParent(): Parent {
  const { parentPort } = process as { parentPort?: ElectronParentPort };
  if (parentPort !== undefined) return utilityParent(parentPort);
  if (process.send !== undefined) return childParent();
  throw new Error('This file is the agent of the tray application. Run "seclyzer run" instead.');
}

function utilityParent(parentPort: ElectronParentPort): Parent {
  return {
    send: (message) => Promise.resolve(parentPort.postMessage(message)),
    onMessage: (listener) =>
      parentPort.on('message', ({ data, ports: [port] }) => {
        listener(checkMainMessage(data), port === undefined ? null : portLine(port));
      }),
    // Chromium ends a utility process whose main process is gone.
    onGone: () => undefined,
  };
}

function portLine(port: ElectronPort): LineEnd {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}

function childParent(): Parent {
  return {
    // A shell that is gone has closed the channel: then there is nobody to tell.
    send: (message) =>
      new Promise((resolve) => (process.connected ? process.send?.(message, () => resolve()) : resolve())),
    onMessage: (listener) => process.on('message', (data) => listener(checkMainMessage(data), null)),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
