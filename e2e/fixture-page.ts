// Pages of the dashboard in a real browser, over a server whose agent answers from fixed values, so that everything there is to show can be shown.
// In: what the agent answers differently. Out: the page and a way to push to it. What the browser complains of fails the test.
import path from 'node:path';
import { expect, test, type Browser, type Page } from 'playwright/test';
import type { Handlers, Push, Snapshot } from '../src-preload/contract.ts';
import { createAgentFixture, SNAPSHOT } from '../src-main/agent/publish/agent.fixture.ts';
import { startServer, type DashboardServer } from '../src-main/agent/publish/server.ts';
import { launchBrowser, missingForBrowser } from './browser-host.ts';

export interface FixturePage {
  readonly page: Page;
  readonly push: (push: Push) => void;
  /** Names of the calls that came, in order. */
  readonly calls: readonly string[];
}

export interface FixturePages {
  readonly open: (
    hash: string,
    own?: Partial<Handlers>,
    size?: { readonly width: number; readonly height?: number },
  ) => Promise<FixturePage>;
  /** One with nothing in it, for an agent of one's own. What the browser complains of there is told at the end as well. */
  readonly blank: () => Promise<Page>;
}

const [WIDTH, HEIGHT] = [960, 680];

export const liveSnapshot = (): Snapshot => ({ ...SNAPSHOT, source: 'live', atMs: Date.now() });

/** For a whole file: skips its tests where there is no browser, closes the pages after each, and the browser in the end. */
export function useFixturePages(): FixturePages {
  const missing = missingForBrowser();
  test.skip(missing !== null, missing ?? '');
  let browser: Browser;
  const servers: DashboardServer[] = [];
  const pages: Page[] = [];
  const complaints: string[] = [];
  async function watched(width: number, height: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height } });
    pages.push(page);
    listen(page, complaints);
    return page;
  }
  test.beforeAll(async () => {
    browser = await launchBrowser();
  });
  test.afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
    for (const server of servers.splice(0)) await server.close();
    // But for calls that the agent refused.
    expect(complaints.splice(0)).toEqual([]);
  });
  test.afterAll(() => browser?.close());
  return {
    open: async (hash, own = {}, { width, height = HEIGHT } = { width: WIDTH }) => {
      const agent = createAgentFixture(liveSnapshot);
      const server = await startServer({
        agent: { handlers: { ...agent.handlers, ...own }, subscribe: agent.subscribe, exported: agent.exported },
        health: () => ({ status: 'ok', version: '0', state: 'NORMAL', uptimeS: 0 }),
        rendererDir: path.resolve(import.meta.dirname, '../out/renderer'),
        token: 'a-token-of-twenty-four-c',
        port: 0,
      });
      servers.push(server);
      const page = await watched(width, height);
      await page.goto(`${server.url}${hash}`);
      return { page, push: agent.push, calls: agent.calls };
    },
    blank: () => watched(WIDTH, HEIGHT),
  };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const { text, type } = { text: message.text(), type: message.type() };
    if (type === 'error' && !text.includes('status of 500')) complaints.push(text);
  });
}
