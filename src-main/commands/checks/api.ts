// The settings in force in, whether other programs can ask the REST API out.
import { apiWanted } from '../../../src-preload/contract.ts';
import { isOwnMachine } from '../../agent/publish/own-machine.ts';
import { listenAt, PortTaken } from '../../agent/publish/listen.ts';
import { createServer } from 'node:http';
import type { InForce } from '../settings-in-force.ts';
import type { Check } from './capability.ts';

const OFF = 'off, so no port is open for it';
const CHOOSE = 'Choose another port under Settings, API ("api": { "port": … } in the settings file).';

export const api =
  (inForce: () => Promise<InForce>): Check =>
  async () => {
    const { settings, view } = await inForce();
    const { address, port } = settings.api;
    const open = isOwnMachine(address) ? '' : '; whoever is in that network can read along, for nothing encrypts it';
    const state = open === '' ? 'works' : 'partly';
    const fix = open === '' ? null : 'Let it listen on 127.0.0.1, and reach it from elsewhere through a tunnel.';
    if (view !== null) {
      if (!view.api.wanted) return { state: 'works', detail: OFF, fix: null };
      if (view.api.url === null)
        return { state: 'missing', detail: view.api.reason ?? 'it is about to start', fix: view.api.fix };
      return { state, detail: `listens at ${view.api.url}${open}`, fix };
    }
    if (!apiWanted(settings, 'browser')) return { state: 'works', detail: OFF, fix: null };
    if (port !== null && !(await isFree(address, port)))
      return { state: 'missing', detail: `port ${port} of ${address} is in use by another program`, fix: CHOOSE };
    const where = port === null ? 'from port 47700 on' : `at port ${port}`;
    const when = settings.api.enabled === null ? 'in the browser host; off in the tray' : 'when SecLyzer runs';
    return { state, detail: `listens ${where} of ${address} ${when}${open}`, fix };
  };

/** Tried for a moment. @throws the error of the system for an address that is none of this machine's. */
async function isFree(host: string, port: number): Promise<boolean> {
  try {
    const { server } = await listenAt({ host, port, from: port, create: createServer, fix: { one: '', all: '' } });
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch (error) {
    if (error instanceof PortTaken) return false;
    throw error;
  }
}
