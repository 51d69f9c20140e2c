// Where in the dashboard the user is, and the way to another place. The address is the only state: links and notifications lead by it.
import { useMemo, useSyncExternalStore } from 'react';
import { hrefOf, parseRoute } from '../route.ts';
import type { Route } from '../route.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

const currentHash = (): string => window.location.hash;

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, currentHash);
  return useMemo(() => parseRoute(hash), [hash]);
}

export function goTo(route: Route): void {
  window.location.hash = hrefOf(route);
}
