// Enters: `connect`, `line` and `disconnect` messages of a shell that relays. Leaves: a line per channel.
import type { Parent } from './parent.ts';
import type { LineEnd } from './publish/line.ts';

interface Channel {
  readonly deliver: (data: unknown) => void;
  readonly close: () => void;
}

export interface RelayedLines {
  readonly open: (channel: number) => LineEnd;
  readonly deliver: (channel: number, data: unknown) => void;
  readonly close: (channel: number) => void;
}

export function relayedLines(parent: Pick<Parent, 'send'>): RelayedLines {
  const channels = new Map<number, Channel>();
  return {
    open: (channel) => {
      // What is asked before the agent listens waits for it.
      const waiting: unknown[] = [];
      let deliver = (data: unknown): void => void waiting.push(data);
      let close = (): void => undefined;
      channels.set(channel, { deliver: (data) => deliver(data), close: () => close() });
      return {
        send: (message) => void parent.send({ kind: 'line', channel, data: message }),
        onMessage: (listener) => {
          deliver = listener;
          for (const data of waiting.splice(0)) listener(data);
        },
        onClose: (listener) => (close = listener),
      };
    },
    // A channel that is not there any more was closed while the message was on its way.
    deliver: (channel, data) => channels.get(channel)?.deliver(data),
    close: (channel) => {
      channels.get(channel)?.close();
      channels.delete(channel);
    },
  };
}
