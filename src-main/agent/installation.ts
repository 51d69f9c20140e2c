// The store in, the name of this installation out: what tells it from others where they are seen together. It says nothing of the machine or
// its user, and goes with the data folder.
import { randomUUID } from 'node:crypto';
import type { Store } from './store/store.ts';

export function installationId(store: Pick<Store, 'get' | 'set'>): string {
  const stored = store.get('installation');
  if (stored !== null) return stored;
  const id = randomUUID();
  store.set('installation', id);
  return id;
}
