// What x-connection.ts, xinput/ and tests use of the package `x11` (pure JavaScript X protocol client), which ships no types of its own.
declare module 'x11' {
  import type { Socket } from 'node:net';

  /** Answering `true` to an error tells the client that it has been dealt with. */
  type Reply<T> = (error: Error | null, result: T) => boolean;

  interface PropertyNotify {
    readonly name: 'PropertyNotify';
    /** The window that the event is about. */
    readonly wid: number;
    readonly atom: number;
    /** X server milliseconds. */
    readonly time: number;
  }
  /** Windows change their size; the root window's is the screen's. */
  interface ConfigureNotify {
    readonly name: 'ConfigureNotify';
    readonly wid: number;
    readonly width: number;
    readonly height: number;
  }
  interface MappingNotify {
    readonly name: 'MappingNotify';
    /** 0 modifiers, 1 keyboard, 2 pointer. */
    readonly request: number;
  }
  interface XiHierarchyChanged {
    readonly name: 'XIHierarchyChanged';
  }
  /** XInput2: what a device itself has sent. */
  interface XiRawEvent {
    readonly name: 'XIRawKeyPress' | 'XIRawKeyRelease' | 'XIRawButtonPress' | 'XIRawButtonRelease' | 'XIRawMotion';
    /** The device; `deviceId` would be the pointer or keyboard of the desktop that it belongs to. */
    readonly sourceId: number;
    /** X server milliseconds. */
    readonly time: number;
    /** Key code, or number of the button before any mapping. */
    readonly detail: number;
    readonly flags: number;
    /** By number of the axis, accelerated where that axis is; 0 is x, 1 is y. Those that have not moved are left out. */
    readonly valuators: Readonly<Record<number, number>>;
  }
  type XEvent = PropertyNotify | ConfigureNotify | MappingNotify | XiHierarchyChanged | XiRawEvent;

  interface XiClass {
    readonly type: number;
    /** Of a valuator: number of the axis, 0 relative or 1 absolute, and its range, where min < max. */
    readonly number?: number;
    readonly mode?: number;
    readonly min?: number;
    readonly max?: number;
  }
  interface XiDevice {
    readonly deviceId: number;
    readonly name: string;
    readonly classes: readonly XiClass[];
  }
  interface XInput {
    /** What the server offers of what was asked for (2.2); null where it knows version 1 alone. */
    readonly xi2: { readonly majorVersion: number; readonly minorVersion: number } | null;
    readonly AllDevices: number;
    readonly AllMasterDevices: number;
    readonly ClassType: { readonly Valuator: number };
    readonly XISelectEvents: (
      window: number,
      masks: readonly { readonly deviceId: number; readonly mask: readonly string[] }[],
    ) => void;
    readonly XIQueryDevice: (deviceId: number, reply: Reply<readonly XiDevice[]>) => void;
  }
  interface XTest {
    readonly KeyPress: number;
    readonly KeyRelease: number;
    readonly ButtonPress: number;
    readonly ButtonRelease: number;
    readonly MotionNotify: number;
    /** @param detail key code or button; of a motion 0: to x and y, 1: by x and y */
    readonly FakeInput: (type: number, detail: number, delayMs: number, window: number, x: number, y: number) => void;
  }

  interface ScreenSaver {
    readonly QueryInfo: (drawable: number, reply: Reply<{ readonly idle: number }>) => void;
  }

  interface XClient {
    /** Numbers of the atoms that are known already. */
    atoms: Readonly<Record<string, number>>;
    readonly on: ((event: 'event', listener: (event: XEvent) => void) => void) &
      ((event: 'error', listener: (error: Error) => void) => void);
    readonly AllocID: () => number;
    /** Depth, class and visual 0: those of the parent. */
    readonly CreateWindow: (
      ...window: [
        ...[id: number, parent: number, x: number, y: number, width: number, height: number],
        ...[border: number, depth: number, kind: number, visual: number],
        ...[attributes: { readonly eventMask: number }, reply: Reply<unknown>],
      ]
    ) => void;
    readonly MapWindow: (window: number, reply: Reply<unknown>) => void;
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
    /** Until the connection ends; answers 0 where it was granted. Mode 1: nobody's input waits. */
    readonly GrabKeyboard: (
      ...grab: [window: number, ownerEvents: 0, time: 0, pointerMode: 1, keyboardMode: 1, reply: Reply<number>]
    ) => void;
    readonly GrabPointer: (
      ...grab: [
        ...[window: number, ownerEvents: 0, mask: number, pointerMode: 1, keyboardMode: 1],
        ...[confineTo: 0, cursor: 0, time: 0, reply: Reply<number>],
      ]
    ) => void;
    readonly SetPointerMapping: (map: readonly number[]) => void;
    readonly GetPointerMapping: (reply: Reply<readonly number[]>) => void;
    readonly require: ((extension: 'screen-saver', ready: (error: Error | null, found: ScreenSaver) => void) => void) &
      ((extension: 'xinput', ready: (error: Error | null, found: XInput) => void) => void) &
      ((extension: 'xtest', ready: (error: Error | null, found: XTest) => void) => void);
  }

  interface XDisplay {
    readonly client: XClient;
    readonly screen: readonly { readonly root: number; readonly pixel_width: number; readonly pixel_height: number }[];
  }

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
