// The dashboard over a host monitor on the real machine that has already seen a quarter of an hour of it. In: what opens the page. Out: the
// link to it, the monitor, and how often the page was pushed to. Everything but the monitor is the fixture of the transports.
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

/** @param open opens the page; what that costs the machine is not seen by the monitor. */
export async function openHostStage(open: (url: string) => Promise<void>): Promise<HostStage> {
  let stage: HostStage | null = null;
  await monitorWithPast(async (monitor) => {
    stage = await stageOver(monitor);
    await open(stage.url);
  });
  if (stage === null) throw new Error('the monitor has no past');
  return stage;
}

async function stageOver(monitor: Monitor): Promise<HostStage> {
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
