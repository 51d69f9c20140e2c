// The dashboard over a host monitor on the real machine that has already seen a quarter of an hour of it. In: nothing. Out: the link to it,
// the monitor, and how often the page was pushed to. Everything but the monitor is the fixture of the transports.
import path from 'node:path';
import { DEFAULT_USER_SETTINGS, type Push } from '../src-preload/contract.ts';
import { createHostDesk } from '../src-main/agent/monitor/host-desk.ts';
import { createHostWatch } from '../src-main/agent/monitor/host-watch.ts';
import type { Monitor } from '../src-main/agent/monitor/monitor.ts';
import { createAgentFixture } from '../src-main/agent/publish/agent.fixture.ts';
import { SETTINGS } from '../src-main/agent/publish/settings.fixture.ts';
import { startServer } from '../src-main/agent/publish/server.ts';
import { monitorWithPast } from './quiet-past.ts';

const RENDERER = path.resolve(import.meta.dirname, '../out/renderer');

export interface HostStage {
  readonly url: string;
  readonly monitor: Monitor;
  readonly pushes: () => number;
  readonly stop: () => Promise<void>;
}

export async function openHostStage(): Promise<HostStage> {
  const monitor = await monitorWithPast();
  const fixture = createAgentFixture();
  let settings = DEFAULT_USER_SETTINGS;
  let pushes = 0;
  const desk = createHostDesk(monitor, () => settings.monitor);
  const push = (data: Extract<Push, { push: 'host' }>['data']): void => {
    pushes += 1;
    fixture.push({ push: 'host', data });
  };
  const watch = createHostWatch({ monitor, view: desk.view, push, nowMs: () => performance.now() });
  const settingsView = async () => ({ ...SETTINGS, settings });
  const server = await startServer({
    agent: {
      subscribe: fixture.subscribe,
      exported: fixture.exported,
      handlers: {
        ...fixture.handlers,
        settings: settingsView,
        changeSettings: async ({ monitor: changed }) => {
          settings = { ...settings, monitor: changed ?? settings.monitor };
          const view = await settingsView();
          fixture.push({ push: 'settings', data: view });
          return view;
        },
        host: async () => desk.view(),
        watchHost: async () => {
          watch.look();
          return desk.view();
        },
        hostSeries: async ({ metrics, seconds }) => desk.series(metrics, seconds),
        hostAnomalies: async ({ sinceMs, untilMs }) => desk.anomalies(sinceMs, untilMs),
        hostAnomaly: async ({ id }) => desk.anomaly(id),
      },
    },
    health: () => ({ status: 'ok', version: '0', state: 'NORMAL', uptimeS: 0 }),
    rendererDir: RENDERER,
    token: 'token-of-the-host-page-test',
    port: 0,
  });
  return {
    url: server.url,
    monitor,
    pushes: () => pushes,
    stop: async () => {
      watch.stop();
      await server.close();
      await monitor.stop();
    },
  };
}
