// The store remembers whether the program runs, so that the next start knows how the last run ended.
import type { Audit } from './audit.ts';
import type { Store } from './store/store.ts';

const RUNNING = 'running';

/** An end that nobody announced is a crash, a power cut, or somebody who wanted it unseen. */
export function recordStart(store: Store, audit: Audit): void {
  const unannounced = store.get(RUNNING) === 'yes';
  audit('start', unannounced ? 'SecLyzer started. Before that it had ended without notice.' : 'SecLyzer started.');
  store.set(RUNNING, 'yes');
}

export function recordStop(store: Store, audit: Audit): void {
  audit('stop', 'SecLyzer stopped.');
  store.set(RUNNING, 'no');
}
