// The endpoints that answer with JSON, one entry each: what they take, what they answer with, and where it comes from.
import * as v from 'valibot';
import { HOST_EVENT_TYPES } from '../../../../src-preload/contract.ts';
import * as answers from './answers.ts';
import type { ApiContext } from './api-sources.ts';
import { nearNames } from './near-names.ts';
import { Problem } from './problem.ts';
import { oneOf, whole, type QuerySchema } from './query.ts';

/** Under which heading it stands in the documentation. */
export type Tag = 'Host' | 'Session' | 'Log guard' | 'Program';

export interface Route {
  readonly path: string;
  readonly summary: string;
  readonly tag: Tag;
  readonly query: QuerySchema;
  readonly answer: v.GenericSchema;
  /** Further problems that it may answer with, and when. */
  readonly problems: Readonly<Record<number, string>>;
  /** @throws Problem. What it returns is checked by `answer`. */
  readonly handle: (query: unknown, context: ApiContext) => unknown;
}

const { strictObject, string, optional } = v;

interface Definition<Q extends QuerySchema, A extends v.GenericSchema> {
  readonly summary: string;
  readonly tag: Tag;
  readonly query: Q;
  readonly answer: A;
  readonly problems?: Readonly<Record<number, string>>;
  readonly handle: (query: v.InferOutput<Q>, context: ApiContext) => v.InferInput<A>;
}

const route = <Q extends QuerySchema, A extends v.GenericSchema>(
  path: string,
  definition: Definition<Q, A>,
): Route => ({
  ...{ path, problems: {}, ...definition },
  // The server hands over what `query` has made of the request.
  handle: (query, context) => definition.handle(query as v.InferOutput<Q>, context),
});

const NOTHING = strictObject({});
const NO_MONITOR = { 503: 'The host monitor does not run; `detail` says why.' } as const;
const DAY_S = 86_400;
/** The series hold a thousand readings. */
const SERIES_S = 60_000;
/** Looking for names near to a long one would take long. */
const KEY_AT_MOST = 200;

export const ROUTES: readonly Route[] = [
  route('/metrics/realtime', {
    tag: 'Host',
    summary: 'The newest reading of each source of the host monitor.',
    ...{ query: NOTHING, answer: answers.realtime, problems: NO_MONITOR },
    handle: (_, { monitor }) => {
      mustRun(monitor);
      const sources = Object.entries(monitor.realtime()).map(
        ([name, { timestamp, event_type, data }]) => [name, { timestamp, event_type, data }] as const,
      );
      return { atMs: Date.now(), sources: Object.fromEntries(sources) };
    },
  }),
  route('/metrics/history', {
    tag: 'Host',
    summary: 'The readings of one metric, oldest first, and their statistics. The last 1,000 readings are kept.',
    query: strictObject({
      metric_key: v.pipe(string(), v.maxLength(KEY_AT_MOST, `must have at most ${KEY_AT_MOST} characters`)),
      seconds: whole(1, SERIES_S, 300),
    }),
    answer: answers.history,
    problems: { ...NO_MONITOR, 404: 'There is no such metric; `near` names those that may be meant.' },
    handle: ({ metric_key, seconds }, { monitor }) => {
      mustRun(monitor);
      const found = monitor.history(metric_key, seconds);
      if (found !== null)
        return { ...found, points: found.points.map(([atMs, value]): [number, number] => [atMs, value]) };
      const near = nearNames(metric_key, monitor.keys());
      const hint =
        near.length === 0 ? 'See /metrics/realtime for those that there are.' : `Near to it: ${near.join(', ')}.`;
      throw new Problem(404, `There is no metric "${metric_key.slice(0, 64)}". ${hint}`, {
        parameter: 'metric_key',
        near,
      });
    },
  }),
  route('/anomalies', {
    tag: 'Host',
    summary: 'Anomalies with their evidence, newest first; those of earlier runs included.',
    query: strictObject({ limit: whole(1, 500, 50) }),
    answer: answers.anomalies,
    handle: ({ limit }, { monitor }) => [...monitor.anomalies(limit)],
  }),
  route('/trends', {
    tag: 'Host',
    summary: 'Where each metric is going, made anew each minute, with a forecast where there is a limit.',
    ...{ query: NOTHING, answer: answers.trends, problems: NO_MONITOR },
    handle: (_, { monitor }) => {
      mustRun(monitor);
      return [...monitor.trends()];
    },
  }),
  route('/events', {
    tag: 'Host',
    summary: 'Events of the host monitor, newest first; the last 5,000 are kept.',
    query: strictObject({ event_type: optional(oneOf(HOST_EVENT_TYPES)), limit: whole(1, 5000, 100) }),
    answer: answers.events,
    handle: ({ event_type, limit }, { monitor }) => [...monitor.events(event_type ?? null, limit)],
  }),
  route('/trust', {
    tag: 'Session',
    summary: 'Who is at the keyboard: the trust score with its band, the state, and what each modality adds.',
    ...{ query: NOTHING, answer: answers.trustNow },
    handle: (_, { snapshot }) => snapshot(),
  }),
  route('/trust/history', {
    tag: 'Session',
    summary: 'Trust over time, oldest first, thinned to `points`; changes of the state are never thinned away.',
    query: strictObject({ seconds: whole(60, 365 * DAY_S, 3600), points: whole(2, 2000, 300) }),
    answer: answers.trustHistory,
    handle: ({ seconds, points }, { trustHistory, nowMs }) => [
      ...trustHistory(nowMs() - seconds * 1000, nowMs(), points),
    ],
  }),
  route('/alerts', {
    tag: 'Log guard',
    summary: 'Attacks that the log guard has found, newest first.',
    query: strictObject({ limit: whole(1, 500, 50) }),
    answer: answers.alerts,
    handle: ({ limit }, { alerts }) => [...alerts(limit)],
  }),
  route('/budget', {
    tag: 'Program',
    summary:
      'What SecLyzer itself costs, process by process and part by part, against the limits in its settings; what it has given up to stay within them, and why.',
    ...{ query: NOTHING, answer: answers.budget, problems: { 503: 'Nothing has been measured yet.' } },
    handle: (_, { snapshot, resources }) => {
      const { budget } = snapshot();
      if (budget === null)
        throw new Problem(503, 'Nothing has been measured yet. Ask again in a second.', {
          headers: { 'retry-after': '1' },
        });
      return { ...budget, ...resources.view() };
    },
  }),
  route('/budget/history', {
    tag: 'Program',
    summary: 'What SecLyzer has cost over time, and its steps: least, mean and greatest of 300 points at most.',
    ...{ query: strictObject({ seconds: whole(60, 365 * DAY_S, 3600) }), answer: answers.budgetHistory },
    handle: ({ seconds }, { resources }) => resources.history(seconds / 60),
  }),
  route('/stats', {
    tag: 'Program',
    summary: 'How the host monitor, its bus and this API are doing.',
    ...{ query: NOTHING, answer: answers.stats },
    handle: (_, { version, monitor, counts, uptimeS }) => {
      const { bus, sources, ...rest } = monitor.stats();
      const told = Object.entries(sources).map(([name, found]) => {
        const why = found.ok ? { reason: null, fix: null } : { reason: found.reason, fix: found.fix };
        return [name, { ok: found.ok, ...why }] as const;
      });
      return {
        ...{ version, uptimeSeconds: uptimeS() },
        monitor: { ...rest, sources: Object.fromEntries(told), bus: { ...bus, subscribers: [...bus.subscribers] } },
        api: counts(),
      };
    },
  }),
];

function mustRun(monitor: ApiContext['monitor']): void {
  const { running, sources } = monitor.stats();
  if (!running)
    throw new Problem(
      503,
      'The host monitor is turned off. "monitor": { "enabled": true } in the settings file turns it on.',
    );
  const found = Object.entries(sources);
  const [broken] = found.flatMap(([, availability]) => (availability.ok ? [] : [availability]));
  if (broken === undefined || found.some(([, { ok }]) => ok)) return;
  throw new Problem(503, `The host monitor can read nothing: ${broken.reason}. ${broken.fix}`);
}
