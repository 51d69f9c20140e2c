// Enters: a URL asked for by a page. Leaves: the file of the dashboard that it means, if any, and the headers for it.
import path from 'node:path';
import { PAGE_POLICY } from '../page-policy.ts';

export const SCHEME = 'seclyzer';
/** The origin of every page that the program opens, and the only one whose messages count. */
export const ORIGIN = `${SCHEME}://app`;

/** @param link a place in the dashboard, `#/history?at=…`; anything else leads to its first page */
export const dashboardAddress = (link: string): string => `${ORIGIN}/${/^#\/[\w?=&.%-]*$/.test(link) ? link : '#/'}`;

/** A file of another kind is not part of the dashboard. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  /** Absolute, inside the root. */
  readonly file: string;
  readonly contentType: string;
}

/**
 * @param root absolute folder of the dashboard's files
 * @returns null for another origin, a path that leaves the root, or a kind of file that is not served
 */
export function pageFile(root: string, url: string): PageFile | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (`${protocol}//${host}` !== ORIGIN) return null;
  const inside = decode(pathname === '/' ? '/index.html' : pathname);
  if (inside === null || inside.includes('\0') || inside.includes('\\')) return null;
  const file = path.join(root, inside);
  // Beyond what URL parsing folds away, `%2e%2e%2f` leaves the root only after decoding.
  if (!file.startsWith(root + path.sep)) return null;
  const contentType = CONTENT_TYPES[path.extname(file)];
  return contentType === undefined ? null : { file, contentType };
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

export function pageHeaders(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}
