// The browser host as its user meets it. In: its process. Out: the link that it prints, and a browser to open it in.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright/test';

const CHROMIUM = '/usr/bin/chromium';

/** Why there is no browser here; null when there is one. */
export const missingForBrowser = (): string | null =>
  existsSync(CHROMIUM) ? null : 'chromium not found: sudo apt-get install chromium';

export function launchBrowser(): Promise<Browser> {
  // Chromium's own sandbox refuses to work for root; that is the browser of the test, not the product.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args: asRoot });
}

export async function linkOf(host: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of host.stdout ?? []) {
    said += String(chunk);
    const [link] = /http:\/\/\S+/.exec(said) ?? [];
    if (link !== undefined) return link;
  }
  throw new Error(`the agent ended without a link: ${said}`);
}
