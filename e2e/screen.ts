// Enters: an X display. Leaves: what is to be seen on it, and a hand on its pointer and keyboard.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

export interface ShownWindow extends Area {
  readonly id: string;
  /** What the program calls itself, the first part of WM_CLASS. */
  readonly name: string;
  readonly title: string;
}

export interface Screen {
  /** All windows, in pixels from the screen's upper left corner; the topmost first. */
  readonly windows: () => Promise<readonly ShownWindow[]>;
  /** Row by row, 0-255. */
  readonly brightness: (area: Area) => Promise<Uint8Array>;
  /** Whether it is to be seen, not only there. */
  readonly isShown: (window: ShownWindow) => Promise<boolean>;
  /** The whole display as a PNG file. */
  readonly picture: (file: string) => Promise<void>;
  readonly click: (at: Point, button?: 'left' | 'right') => Promise<void>;
  /** When the last click was sent, in milliseconds since the Unix epoch. */
  readonly lastClickMs: () => number;
  /** Keys by their X names, one after the other; `ctrl+a` is one. */
  readonly press: (...keys: string[]) => Promise<void>;
}

/** Programs, with the Debian package of each. */
export const SCREEN_PROGRAMS = { import: 'imagemagick', xdotool: 'xdotool', xwininfo: 'x11-utils' };

/** `0x800003 "title": ("name" "Class")  27x26+0+0  +1141+0`; a window without a class says `()`. */
const WINDOW =
  /^ +(0x[\da-f]+) (?:"(.*)"|\(has no name\)): \((?:"([^"]*)" .*)?\)\s+(\d+)x(\d+)\S+\s+\+(-?\d+)\+(-?\d+)$/;
const BUTTONS = { left: '1', right: '3' };
const LARGEST_PICTURE_BYTES = 64 * 2 ** 20;

export function screenOf(display: string): Screen {
  const env = { ...process.env, DISPLAY: display };
  let clickMs = 0;
  const run = (program: string, ...args: string[]): Promise<Buffer> =>
    promisify(execFile)(program, args, { env, encoding: 'buffer', maxBuffer: LARGEST_PICTURE_BYTES }).then(
      ({ stdout }) => stdout,
    );
  return {
    windows: async () => (await run('xwininfo', '-root', '-tree')).toString().split('\n').flatMap(readWindow),
    brightness: async ({ x, y, width, height }) =>
      new Uint8Array(
        await run('import', '-window', 'root', '-crop', `${width}x${height}+${x}+${y}`, '-depth', '8', 'gray:-'),
      ),
    isShown: async ({ id }) => (await run('xwininfo', '-stats', '-id', id)).includes('Map State: IsViewable'),
    picture: async (file) => {
      mkdirSync(path.dirname(file), { recursive: true });
      await run('import', '-window', 'root', file);
    },
    click: async ({ x, y }, button = 'left') => {
      // Time for what lies there to see that the pointer has come.
      await run('xdotool', 'mousemove', `${x}`, `${y}`, 'sleep', '0.1');
      clickMs = Date.now();
      await run('xdotool', 'click', BUTTONS[button]);
    },
    lastClickMs: () => clickMs,
    press: async (...keys) => void (await run('xdotool', 'key', '--delay', '60', ...keys)),
  };
}

function readWindow(line: string): ShownWindow[] {
  const [, id, title = '', name = '', width, height, x, y] = WINDOW.exec(line) ?? [];
  if (id === undefined) return [];
  return [{ id, title, name, width: Number(width), height: Number(height), x: Number(x), y: Number(y) }];
}
