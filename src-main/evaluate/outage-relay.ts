// A way between two that can be made slow, or shut: connections in, the same somewhere else out, each piece of them late by what is asked, and
// not more of it a second than is asked.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Slowness {
  /** One way. */
  readonly delayMs: number;
  readonly bytesPerSecond: number;
}

export interface Relay {
  readonly port: number;
  /** null: as fast as it goes. */
  readonly slow: (slowness: Slowness | null) => void;
  /** Shut, it closes what is open and lets nobody in. */
  readonly shut: (isShut: boolean) => void;
  readonly close: () => void;
}

export async function openRelay(host: string, port: number): Promise<Relay> {
  const open = new Set<Socket>();
  let slowness: Slowness | null = null;
  const pipe = (from: Socket, to: Socket): void => {
    /** When the last piece is through: pieces keep their order. */
    let freeMs = 0;
    let waiting = 0;
    from.on('data', (bytes) => {
      const now = performance.now();
      const takesMs = slowness === null ? 0 : (bytes.length / slowness.bytesPerSecond) * 1000;
      freeMs = Math.max(now, freeMs) + takesMs;
      const delayMs = freeMs - now + (slowness?.delayMs ?? 0);
      if (delayMs < 1 && waiting === 0) return void to.write(bytes);
      waiting += 1;
      from.pause();
      setTimeout(() => {
        waiting -= 1;
        if (!to.destroyed) to.write(bytes);
        from.resume();
      }, delayMs);
    });
  };
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      pipe(socket, other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = (server.address() as AddressInfo).port;
  const cut = (): void => {
    server.close();
    open.forEach((socket) => socket.destroy());
  };
  return {
    port: at,
    slow: (asked) => (slowness = asked),
    shut: (asked) => {
      if (asked) cut();
      else server.listen(at, '127.0.0.1');
    },
    close: cut,
  };
}
