// The page's address from `#` on. In: a hash. Out: which place it names; and back. An address that names nothing is the page Now.

export type Route =
  | { readonly page: 'now'; readonly part: 'notices' | null }
  /** `atMs`: the moment that is explained; null where none is chosen. */
  | { readonly page: 'history'; readonly atMs: number | null }
  | { readonly page: 'you' }
  | { readonly page: 'settings' };
export type Page = Route['page'];

/** The last moment that a Date can name. */
const LAST_MS = 8.64e15;

export const NOW: Route = { page: 'now', part: null };

export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#/, '').split('?', 2);
  switch (path) {
    case '/notices':
      return { page: 'now', part: 'notices' };
    case '/history':
      return { page: 'history', atMs: momentIn(query) };
    case '/you':
      return { page: 'you' };
    case '/settings':
      return { page: 'settings' };
    default:
      return NOW;
  }
}

/** Whole milliseconds; null for anything else, for a moment that is made up explains nothing. */
function momentIn(query: string): number | null {
  const text = new URLSearchParams(query).get('at') ?? '';
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const atMs = Number(text);
  return atMs <= LAST_MS ? atMs : null;
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'now':
      return route.part === null ? '#/' : `#/${route.part}`;
    case 'history':
      return route.atMs === null ? '#/history' : `#/history?at=${route.atMs}`;
    case 'you':
      return '#/you';
    case 'settings':
      return '#/settings';
  }
}
