// The store in, whose input this machine's is out: as its collector says it, and as it listens for its scores.
import { hostname, userInfo } from 'node:os';
import { installationId } from '../installation.ts';
import type { Store } from '../store/store.ts';
import type { SubjectFacts } from './partitions.ts';

export const subjectFacts = (store: Pick<Store, 'get' | 'set'>): SubjectFacts => ({
  ...{ host: hostname(), user: userInfo().username, id: installationId(store) },
});
