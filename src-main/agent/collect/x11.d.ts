// What x-connection.ts uses of the package `x11` (pure JavaScript X protocol client), which ships no types of its own.
declare module 'x11' {
  import type { Socket } from 'node:net';

  /** Answering `true` to an error tells the client that it has been dealt with. */
  type Reply<T> = (error: Error | null, result: T) => boolean;

  interface XEvent {
    readonly name: string;
    /** The window that the event is about. */
    readonly wid: number;
    readonly atom: number;
    /** X server milliseconds. */
    readonly time: number;
  }

  interface ScreenSaver {
    readonly QueryInfo: (drawable: number, reply: Reply<{ readonly idle: number }>) => void;
  }

  interface XClient {
    /** Numbers of the atoms that are known already. */
    atoms: Readonly<Record<string, number>>;
    readonly on: ((event: 'event', listener: (event: XEvent) => void) => void) &
      ((event: 'error', listener: (error: Error) => void) => void);
    readonly InternAtom: (onlyIfExists: boolean, name: string, reply: Reply<number>) => void;
    readonly GetProperty: (
      remove: 0,
      window: number,
      property: number,
      type: number,
      offset: number,
      lengthWords: number,
      reply: Reply<{ readonly data: Buffer }>,
    ) => void;
    readonly ChangeWindowAttributes: (
      window: number,
      attributes: { readonly eventMask: number },
      reply: Reply<unknown>,
    ) => void;
    readonly QueryPointer: (
      window: number,
      reply: Reply<{ readonly rootX: number; readonly rootY: number; readonly keyMask: number }>,
    ) => void;
    readonly require: (extension: 'screen-saver', ready: (error: Error | null, extension: ScreenSaver) => void) => void;
  }

  interface XDisplay {
    readonly client: XClient;
    readonly screen: readonly { readonly root: number }[];
  }

  export const eventMask: { readonly PropertyChange: number };
  export function createClient(
    options: {
      readonly display: string;
      readonly stream: Socket;
      readonly auth: undefined;
      readonly disableBigRequests: boolean;
    },
    ready: (error: Error | undefined, display: XDisplay) => void,
  ): XClient;
}
