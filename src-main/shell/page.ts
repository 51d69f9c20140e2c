// Enters: requests for `seclyzer://app/…`. Leaves: the dashboard's files from one folder, with a strict content security policy; else 404.
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { SCHEME, pageFile, pageHeaders } from './page-files.ts';

/** Before `app` is ready. */
export function claimScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Once `app` is ready. `root` is absolute. */
export function servePage(root: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    const found = method === 'GET' ? pageFile(root, url) : null;
    const body = found === null ? null : await contents(found.file);
    if (found === null || body === null) {
      return new Response('Not found.', { status: 404, headers: pageHeaders('text/plain; charset=utf-8') });
    }
    return new Response(body, { headers: pageHeaders(found.contentType) });
  });
}

async function contents(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return null;
    throw error;
  }
}
