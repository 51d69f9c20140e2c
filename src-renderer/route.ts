// The page's address from `#` on. In: a hash. Out: which place it names; and back. An address that names nothing is the page Now.

export type Route =
  | { readonly page: 'now'; readonly part: 'notices' | null }
  | { readonly page: 'resources' }
  /** `atMs`: the moment that is explained; null where none is chosen. */
  | { readonly page: 'history'; readonly atMs: number | null }
  /** `anomaly`: the one that is explained. */
  | { readonly page: 'host'; readonly anomaly: number | null }
  /** `incident`: the one that is shown in full; null where none is chosen. */
  | { readonly page: 'guard'; readonly incident: number | null }
  | { readonly page: 'you' }
  | { readonly page: 'settings' };
export type Page = Route['page'];
/** The pages that the rail leads to. The others are opened from one of them, and stand for it in the rail. */
export type Place = Exclude<Page, 'resources'>;
export const placeOf = (page: Page): Place => (page === 'resources' ? 'now' : page);

/** The last moment that a Date can name. */
const LAST_MS = 8.64e15;

export const NOW: Route = { page: 'now', part: null };

export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#/, '').split('?', 2);
  switch (path) {
    case '/notices':
      return { page: 'now', part: 'notices' };
    case '/resources':
      return { page: 'resources' };
    case '/history':
      return { page: 'history', atMs: momentIn(query) };
    case '/host':
      return { page: 'host', anomaly: anomalyIn(query) };
    case '/guard':
      return { page: 'guard', incident: incidentIn(query) };
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

/** Its number; null for anything else. */
function anomalyIn(query: string): number | null {
  const text = new URLSearchParams(query).get('anomaly') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Incidents are numbered from 1; null for anything else. */
function incidentIn(query: string): number | null {
  const text = new URLSearchParams(query).get('incident') ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'now':
      return route.part === null ? '#/' : `#/${route.part}`;
    case 'resources':
      return '#/resources';
    case 'history':
      return route.atMs === null ? '#/history' : `#/history?at=${route.atMs}`;
    case 'host':
      return route.anomaly === null ? '#/host' : `#/host?anomaly=${route.anomaly}`;
    case 'guard':
      return route.incident === null ? '#/guard' : `#/guard?incident=${route.incident}`;
    case 'you':
      return '#/you';
    case 'settings':
      return '#/settings';
  }
}
