// Enters: the dashboard's window. Leaves: its size and place in a file, and from there in the next window.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { app, screen, type BrowserWindow } from 'electron';
import { DEFAULT_SIZE, placeOn, readPlace, writePlace, type Placed } from './window-place.ts';

export interface WindowMemory {
  /** For a new window. */
  readonly recall: () => { readonly placed: Placed; readonly maximised: boolean };
  /** Follows the window until it closes. */
  readonly follow: (window: BrowserWindow) => void;
}

/** A window that is dragged tells of every step. */
const REST_MS = 500;

/** @param file is overwritten where it makes no sense: nothing depends on it but where a window comes up */
export function createWindowMemory(file: string): WindowMemory {
  let complained = false;
  /** Less than losing a window's place is no reason to stop, and to say it once is enough. */
  const complain = (error: unknown): void => {
    if (!complained) console.error(`The window's place can't be kept in ${file}.`, error);
    complained = true;
  };
  return {
    recall: () => {
      const place = readPlace(textOf(file, complain));
      if (place === null) return { placed: DEFAULT_SIZE, maximised: false };
      const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
      return { placed: placeOn(areas, place.bounds), maximised: place.maximised };
    },
    follow: (window) => {
      let timer: NodeJS.Timeout | undefined;
      const save = (): void => {
        clearTimeout(timer);
        const text = writePlace({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
        try {
          writeFileSync(`${file}.new`, text, { mode: 0o600 });
          renameSync(`${file}.new`, file);
        } catch (error) {
          complain(error);
        }
      };
      const saveSoon = (): void => {
        clearTimeout(timer);
        timer = setTimeout(save, REST_MS);
      };
      window.on('resize', saveSoon).on('move', saveSoon).on('maximize', saveSoon).on('unmaximize', saveSoon);
      window.once('close', save);
      app.once('before-quit', save);
      window.once('closed', () => {
        clearTimeout(timer);
        app.off('before-quit', save);
      });
    },
  };
}

function textOf(file: string, complain: (error: unknown) => void): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) complain(error);
    return '';
  }
}
