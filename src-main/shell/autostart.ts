// Enters: the user's setting. Leaves: a program that starts with the session, or does not, by the means of this platform.
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { Briefing } from './briefing.ts';
import { autostartEntry, startCommand } from './autostart-entry.ts';
import { autostartPath, createAutostartFile, type AutostartFile } from './autostart-file.ts';

export interface Autostart {
  readonly apply: (wanted: boolean) => void;
}

const HIDDEN = '--hidden';

const UNMANAGED = {
  available: false,
  reason: 'This SecLyzer runs on data of its own, beside the one that watches you.',
  fix: 'Start SecLyzer without --data and --synthetic to turn autostart on or off.',
};
const TURNED_OFF =
  'SecLyzer is set to start with your session, but the session has that turned off. Turn it on among your desktop’s autostart programs, or turn autostart off and on again under Settings.';

/**
 * @param root where out/ and assets/ lie, with links followed
 * @param manages false for a program that must not touch the owner's session
 */
export function createAutostart(root: string, manages: boolean, briefing: Briefing): Autostart {
  if (!manages) {
    briefing.ability('autostart', UNMANAGED);
    return { apply: () => undefined };
  }
  const entry = process.platform === 'linux' ? linuxEntry(root) : loginItem(root);
  let applied: boolean | null = null;
  return {
    apply: (wanted) => {
      if (wanted === applied) return;
      const isFirst = applied === null;
      applied = wanted;
      try {
        briefing.notice('autostart', 'info', carryOut(entry, wanted, isFirst));
        briefing.ability('autostart', { available: true, reason: null, fix: null });
      } catch (error) {
        const reason = `Autostart could not be turned ${wanted ? 'on' : 'off'}: ${error instanceof Error ? error.message : String(error)}`;
        // Still there to be tried again.
        briefing.ability('autostart', { available: true, reason, fix: null });
        briefing.notice('autostart', 'warning', reason);
      }
    },
  };
}

/** @returns what the user should know of it, if anything */
function carryOut(entry: AutostartFile, wanted: boolean, isFirst: boolean): string | null {
  if (!wanted) entry.disable();
  else if (!isFirst) entry.enable();
  else if (entry.keepUp() === 'turned off') return TURNED_OFF;
  return null;
}

function linuxEntry(root: string): AutostartFile {
  const node = path.join(root, 'node_modules/node/bin/node');
  const resources = realpathSync(process.resourcesPath);
  const installation = {
    root,
    resources,
    execPath: process.execPath,
    env: process.env,
    node: existsSync(node) ? node : null,
  };
  const picture = path.join(root, 'assets/icons/256x256.png');
  // An installed program's icon is in the icon theme; what lies in its archive no desktop can read.
  const icon = root.startsWith(resources) ? 'seclyzer' : picture;
  return createAutostartFile(autostartPath(process.env, homedir()), () =>
    autostartEntry(startCommand(installation), icon),
  );
}

/** Windows and macOS keep such a list themselves; macOS passes no arguments. */
function loginItem(root: string): AutostartFile {
  const args = app.isPackaged ? [HIDDEN] : [root, HIDDEN];
  const set = (openAtLogin: boolean): void => app.setLoginItemSettings({ openAtLogin, path: process.execPath, args });
  return {
    enable: () => set(true),
    keepUp: () => {
      set(true);
      return 'starts';
    },
    disable: () => set(false),
  };
}
