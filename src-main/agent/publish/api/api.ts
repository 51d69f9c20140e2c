// The REST API as a part of the agent: there when the settings want it, and nothing at all, not even loaded, when they do not. In: the
// settings, and what it may tell. Out: how it stands.
import type { ApiView, UserSettings } from '../../../../src-preload/contract.ts';
import { codeOf, messageOf } from '../../thrown.ts';
import type { ApiServer } from './api-server.ts';
import type { ApiSources } from './api-sources.ts';

export interface Api {
  /** Puts the settings in force into effect: starts, stops, moves. Never rejects: what can't be had is in `view`. */
  readonly apply: () => Promise<void>;
  readonly view: () => ApiView;
  readonly stop: () => Promise<void>;
}

export interface ApiParts {
  readonly settings: () => UserSettings['api'];
  readonly wanted: () => boolean;
  readonly dataDir: string;
  readonly sources: ApiSources;
  /** What the user should know; null: nothing any more. */
  readonly notice: (text: string | null) => void;
}

const FROM_PORT = 47_700;
const FIX = 'Choose another port or address for the API under Settings.';

interface Trouble {
  readonly reason: string;
  readonly fix: string;
}

export function createApi({ settings, wanted, dataDir, sources, notice }: ApiParts): Api {
  let running: { readonly server: ApiServer; readonly url: string; readonly as: string } | null = null;
  let trouble: Trouble | null = null;
  let ended = false;
  let turn: Promise<void> = Promise.resolve();

  async function begin(as: string): Promise<void> {
    const { port: asked, address } = settings();
    try {
      const [{ createApiServer }, { startApiServer }, { hostsOf }, { ensureToken, watchToken }, { listenAt }] =
        await Promise.all([
          import('./api-app.ts'),
          import('./api-server.ts'),
          import('./api-guard.ts'),
          import('./token-file.ts'),
          import('../listen.ts'),
        ]);
      await ensureToken(dataDir);
      const { server: listening, port } = await listenAt({
        ...{ host: address, port: asked, from: FROM_PORT, create: () => createApiServer(), fix: { one: '', all: '' } },
      });
      const server = await startApiServer({
        ...{ sources, server: listening, address, port, token: watchToken(dataDir) },
        tell: notice,
      }).catch((error: unknown) => {
        listening.close();
        throw error;
      });
      running = { server, url: `http://${hostsOf(address, port)[0]}`, as };
      trouble = null;
      notice(null);
    } catch (error) {
      trouble = troubleOf(error, address);
      notice(`The API is not available: ${trouble.reason}. ${trouble.fix}`);
    }
  }
  async function settle(): Promise<void> {
    const as = !ended && wanted() ? JSON.stringify(settings()) : null;
    if (running !== null && running.as === as) return;
    const before = running;
    running = null;
    await before?.server.close();
    if (as !== null) return await begin(as);
    trouble = null;
    notice(null);
  }
  /** One after the other, whoever asks. */
  const apply = (): Promise<void> =>
    (turn = turn
      .then(settle)
      .catch((error: unknown) => notice(`The API could not be put in step with the settings: ${messageOf(error)}`)));
  return {
    apply,
    view: () => ({
      wanted: wanted(),
      url: running?.url ?? null,
      reason: running === null ? (trouble?.reason ?? null) : null,
      fix: running === null ? (trouble?.fix ?? null) : null,
    }),
    stop: async () => {
      ended = true;
      await apply();
    },
  };
}

function troubleOf(error: unknown, address: string): Trouble {
  if (codeOf(error) === 'EADDRNOTAVAIL') return { reason: `${address} is no address of this machine`, fix: FIX };
  return { reason: messageOf(error).trim().replace(/\.$/, ''), fix: FIX };
}
