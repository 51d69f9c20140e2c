// What wlr-focus.ts uses of the package `wayland-client` (pure JavaScript). Its own types need those that it makes of each protocol.
declare module 'wayland-client' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  /** An object of the protocol; its events are those of the definition. */
  type WaylandObject = EventEmitter;

  export class Display extends EventEmitter {
    constructor(socket: Socket);
    readonly init: () => Promise<unknown>;
    /** Definitions in the form of the package's `convert-xml`. */
    readonly load: (interfaces: readonly object[]) => Promise<void>;
    readonly bind: (name: string, version: number) => Promise<WaylandObject>;
    readonly listGlobals: () => Iterable<string>;
  }
}
