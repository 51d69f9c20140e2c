// The settings in force of a data folder: of the agent that runs there, for it has read them, else those of the settings file. Nothing is changed.
import { existsSync, readFileSync } from 'node:fs';
import type { SettingsView, UserSettings } from '../../src-preload/contract.ts';
import { parseSettings } from '../agent/settings-text.ts';
import { linkToAgent, NotRunning } from './agent-link.ts';

export interface InForce {
  readonly settings: UserSettings;
  /** null: no agent runs. */
  readonly view: SettingsView | null;
}

/** @throws Error for a file that is not in order, or an agent that does not answer. */
export async function settingsInForce(dataDir: string, file: string): Promise<InForce> {
  try {
    const view = await (await linkToAgent(dataDir)).call('settings');
    return { settings: view.settings, view };
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error;
    return { settings: settingsIn(file), view: null };
  }
}

/** The defaults, where there is no file. @throws Error for one that is not in order. */
export const settingsIn = (file: string): UserSettings =>
  parseSettings(existsSync(file) ? readFileSync(file, 'utf8') : '{}');
