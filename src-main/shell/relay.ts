// Enters: pages' ports, and a child process that cannot take them. Leaves: what the ports and the process say, wrapped in `line`
// messages on the process's side.
import type { MessagePortMain } from 'electron';
import type { AgentChild } from './agent-child.ts';
import type { AgentProcess } from './agent-process.ts';

export interface Relay {
  /** Runs until the page closes its port or the process ends. */
  readonly connect: (child: AgentChild, channel: number, port: RelayedPort) => void;
}

export type RelayedPort = Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>;

export function createRelay(agent: Pick<AgentProcess, 'onLine'>): Relay {
  const ports = new Map<number, RelayedPort>();
  // A line of a page that has gone was on its way when its port closed.
  agent.onLine((channel, data) => ports.get(channel)?.postMessage(data));
  return {
    connect: (child, channel, port) => {
      ports.set(channel, port);
      child.send({ kind: 'connect', channel });
      const offExit = child.onExit(() => port.close());
      port.on('message', ({ data }) => child.send({ kind: 'line', channel, data }));
      port.on('close', () => {
        offExit();
        if (ports.delete(channel)) child.send({ kind: 'disconnect', channel });
      });
      port.start();
    },
  };
}
