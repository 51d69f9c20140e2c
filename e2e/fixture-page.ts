// A page of the dashboard over a server whose agent answers from fixed values, so that everything there is to show can be shown. In: a
// browser and what the agent answers differently. Out: the page, a way to push to it, and what the browser complained of.
import path from 'node:path';
import type { Browser, Page } from 'playwright/test';
import type { Handlers, Push, Snapshot } from '../src-preload/contract.ts';
import { createAgentFixture, SNAPSHOT } from '../src-main/agent/publish/agent.fixture.ts';
import { startServer, type DashboardServer } from '../src-main/agent/publish/server.ts';

export interface FixturePage {
  readonly page: Page;
  readonly push: (push: Push) => void;
  /** Names of the calls that came, in order. */
  readonly calls: readonly string[];
}

export interface FixturePages {
  readonly open: (
    browser: Browser,
    hash: string,
    own?: Partial<Handlers>,
    size?: { readonly width: number; readonly height?: number },
  ) => Promise<FixturePage>;
  /** What the browser complains of there is told at the end as well. */
  readonly watch: (page: Page) => void;
  /** Closes them all. @returns what the browser complained of, but for calls that the agent refused. */
  readonly close: () => Promise<readonly string[]>;
}

export const liveSnapshot = (): Snapshot => ({ ...SNAPSHOT, source: 'live', atMs: Date.now() });

export function createFixturePages(): FixturePages {
  const servers: DashboardServer[] = [];
  const pages: Page[] = [];
  const complaints: string[] = [];
  return {
    open: async (browser, hash, own = {}, { width, height = 680 } = { width: 960 }) => {
      const agent = createAgentFixture(liveSnapshot);
      const server = await startServer({
        agent: { handlers: { ...agent.handlers, ...own }, subscribe: agent.subscribe, exported: agent.exported },
        health: () => ({ status: 'ok', version: '0', state: 'NORMAL', uptimeS: 0 }),
        rendererDir: path.resolve(import.meta.dirname, '../out/renderer'),
        token: 'a-token-of-twenty-four-c',
        port: 0,
      });
      servers.push(server);
      const page = await browser.newPage({ viewport: { width, height } });
      pages.push(page);
      listen(page, complaints);
      await page.goto(`${server.url}${hash}`);
      return { page, push: agent.push, calls: agent.calls };
    },
    watch: (page) => listen(page, complaints),
    close: async () => {
      for (const page of pages.splice(0)) await page.context().close();
      for (const server of servers.splice(0)) await server.close();
      return complaints.splice(0);
    },
  };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const { text, type } = { text: message.text(), type: message.type() };
    if (type === 'error' && !text.includes('status of 500')) complaints.push(text);
  });
}
