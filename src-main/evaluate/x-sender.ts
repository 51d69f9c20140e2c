// Enters: the name of an X display. Leaves: a hand on its keyboard and pointer by XTEST, as fast as one asks. For tests and the benchmark.
import type { XTest } from 'x11';
import { EVENTS, openX } from '../agent/collect/x-connection.ts';

export interface XSender {
  /** By X key code: that of the kernel and 8. */
  readonly key: (code: number, pressed: boolean) => void;
  /** 4 and 5 are the notches of a wheel. */
  readonly button: (button: number, pressed: boolean) => void;
  readonly moveTo: (x: number, y: number) => void;
  readonly moveBy: (dx: number, dy: number) => void;
  /** Opens a window over the whole screen that takes what is typed there, as on a desktop; it goes with the connection. */
  readonly openWindow: () => Promise<void>;
  /** Takes keyboard and pointer away from all others, as a menu and a screen locker do, until the connection ends. */
  readonly grab: () => Promise<void>;
  /** Resolves when the server has done all that was asked before. */
  readonly done: () => Promise<void>;
  readonly close: () => void;
}

const [TO, BY] = [0, 1];

/** @throws XConnectError */
export async function openSender(display: string): Promise<XSender> {
  const { client, root, width, height, ask, close } = await openX(display);
  const xtest = await ask<XTest>((reply) => client.require('xtest', (error, found) => void reply(error, found)));
  const fake = (type: number, detail: number, x = 0, y = 0): void => xtest.FakeInput(type, detail, 0, root, x, y);
  return {
    key: (code, pressed) => fake(pressed ? xtest.KeyPress : xtest.KeyRelease, code),
    button: (button, pressed) => fake(pressed ? xtest.ButtonPress : xtest.ButtonRelease, button),
    moveTo: (x, y) => fake(xtest.MotionNotify, TO, x, y),
    moveBy: (dx, dy) => fake(xtest.MotionNotify, BY, dx, dy),
    openWindow: async () => {
      const window = client.AllocID();
      const looks = { eventMask: EVENTS.keys | EVENTS.pointer };
      await ask((reply) => client.CreateWindow(window, root, 0, 0, width, height, 0, 0, 0, 0, looks, reply));
      await ask((reply) => client.MapWindow(window, reply));
    },
    grab: async () => {
      const answers = [
        await ask<number>((reply) => client.GrabKeyboard(root, 0, 0, 1, 1, reply)),
        await ask<number>((reply) => client.GrabPointer(root, 0, EVENTS.pointer, 1, 1, 0, 0, 0, reply)),
      ];
      if (answers.some((answer) => answer !== 0)) throw new Error('another program has keyboard or pointer');
    },
    done: async () => void (await ask((reply) => client.QueryPointer(root, reply))),
    close,
  };
}
