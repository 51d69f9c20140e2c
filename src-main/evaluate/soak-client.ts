// The running agent in, those who use it out: whoever sends its input, whoever reads its API, and a dashboard that looks. What was not answered
// as it should be is counted by its words.
import { setTimeout as wait } from 'node:timers/promises';

export interface SoakClient {
  readonly call: (name: string, arg?: unknown) => Promise<unknown>;
  /** Of the REST API, where it is found through the settings. null: it was refused. */
  readonly get: (path: string) => Promise<unknown>;
  /** How many were refused; -1 when the whole batch was. */
  readonly ingest: (events: readonly unknown[]) => Promise<number>;
  /** Reads a stream of the dashboard or of the API for so long; answers how many messages came. */
  readonly listen: (where: 'dashboard' | 'api', ms: number) => Promise<number>;
  readonly page: () => Promise<void>;
  readonly counts: () => ClientCounts;
}

export interface ClientCounts {
  readonly requests: number;
  readonly messages: number;
  /** Answers that say no, by what they say: some are right, as while it is in doubt who asks. */
  readonly refusals: Readonly<Record<string, number>>;
  /** No answer at all, or one of the 500s but 503, by what was said. */
  readonly failures: Readonly<Record<string, number>>;
}

/** The agent may be stopped for a while on purpose. */
const PATIENCE_MS = 60_000;

/** @param url of the dashboard, with its token. */
export function soakClient(url: URL, apiToken: () => string): SoakClient {
  const refusals: Record<string, number> = {};
  const failures: Record<string, number> = {};
  let requests = 0;
  let messages = 0;
  let api: string | null = null;
  const owner = { authorization: `Bearer ${url.searchParams.get('token') ?? ''}` };
  const count = (where: Record<string, number>, what: string): void => {
    const kept = what.replaceAll(/\d+/g, '#').slice(0, 200);
    where[kept] = (where[kept] ?? 0) + 1;
  };

  async function ask(what: string, target: string | URL, init: RequestInit): Promise<unknown> {
    requests += 1;
    try {
      const answer = await fetch(target, { signal: AbortSignal.timeout(PATIENCE_MS), ...init });
      const text = await answer.text();
      if (answer.ok) return text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : text;
      // The call is refused with 500 and the words of the handler, as a dashboard shows them; a real fault is in the notices as well.
      count(answer.status >= 500 && answer.status !== 503 ? failures : refusals, `${what}: ${answer.status} ${text}`);
    } catch (error) {
      count(failures, `${what}: ${error instanceof Error ? `${error.name} ${error.message}` : 'no answer'}`);
    }
    return null;
  }
  const call: SoakClient['call'] = async (name, arg = null) => {
    const init = { method: 'POST', headers: { ...owner, 'content-type': 'application/json' } };
    const answer = await ask(name, new URL(`/call/${name}`, url), { ...init, body: JSON.stringify({ arg }) });
    return answer === null ? null : ((answer as { readonly result?: unknown }).result ?? null);
  };
  const apiAt = async (): Promise<string> => {
    const view = (await call('settings')) as { readonly api?: { readonly url?: string | null } } | null;
    if (typeof view?.api?.url !== 'string') throw new Error('the API does not listen');
    return (api = view.api.url);
  };
  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${apiToken()}` });
  return {
    call,
    get: async (path) =>
      await ask(`GET ${path.split('?')[0] ?? ''}`, new URL(path, api ?? (await apiAt())), { headers: bearer() }),
    ingest: async (events) => {
      const init = { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' } };
      const target = new URL('/ingest', api ?? (await apiAt()));
      const answer = await ask('ingest', target, { ...init, body: JSON.stringify(events) });
      return answer === null ? -1 : (answer as { readonly refused: number }).refused;
    },
    listen: async (where, ms) => {
      const over = new AbortController();
      const [target, headers] =
        where === 'dashboard' ? [new URL('/events', url), owner] : [new URL('/live', api ?? (await apiAt())), bearer()];
      let seen = 0;
      requests += 1;
      void wait(ms).then(() => over.abort());
      try {
        const answer = await fetch(target, { headers, signal: over.signal });
        if (!answer.ok || answer.body === null) throw new Error(`${answer.status}`);
        for await (const part of answer.body.pipeThrough(new TextDecoderStream()))
          seen += part.split('\n\n').length - 1;
      } catch (error) {
        if (!over.signal.aborted) count(failures, `${where}: ${error instanceof Error ? error.message : 'no stream'}`);
      }
      messages += seen;
      return seen;
    },
    page: async () => {
      await ask('page', new URL('/index.html', url), { headers: owner });
    },
    counts: () => ({ requests, messages, refusals: { ...refusals }, failures: { ...failures } }),
  };
}
