// The store remembers whether the program runs and by which settings, so that the next start knows how the last run ended, and what
// somebody has changed in the settings file meanwhile.
import * as v from 'valibot';
import { userSettings, type UserSettings } from '../../src-preload/contract.ts';
import type { Audit } from './audit.ts';
import { describeChange } from './settings-words.ts';
import type { Store } from './store/store.ts';

const RUNNING = 'running';
const SETTINGS = 'settings-in-force';

export const rememberSettings = (store: Pick<Store, 'set'>, settings: UserSettings): void =>
  store.set(SETTINGS, JSON.stringify(settings));

/** An end that nobody announced is a crash, a power cut, or somebody who wanted it unseen. */
export function recordStart(store: Pick<Store, 'get' | 'set'>, audit: Audit, settings: UserSettings): void {
  const unannounced = store.get(RUNNING) === 'yes';
  audit('start', unannounced ? 'SecLyzer started. Before that it had ended without notice.' : 'SecLyzer started.');
  store.set(RUNNING, 'yes');
  const before = v.safeParse(v.pipe(v.string(), v.parseJson(), userSettings), store.get(SETTINGS));
  if (before.success)
    for (const sentence of describeChange(before.output, settings))
      audit('setting', `Changed while SecLyzer was not running: ${sentence}`);
  rememberSettings(store, settings);
}

export function recordStop(store: Pick<Store, 'set'>, audit: Audit): void {
  audit('stop', 'SecLyzer stopped.');
  store.set(RUNNING, 'no');
}
