// The fixture of the resources as if it were of this moment. In: the present. Out: the view and its series, every moment moved.
import type { Handlers, ResourceSeries, ResourceView } from '../src-preload/contract.ts';
import { RESOURCE_HISTORY_FIXTURE, RESOURCES_FIXTURE } from '../src-main/agent/publish/resources.fixture.ts';

/** Numbers of this size are moments, and nothing else there is. */
const MOMENT_FROM = 1e12;

function moved<T>(value: T, byMs: number): T {
  if (typeof value === 'number') return (value > MOMENT_FROM ? value + byMs : value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => moved(one, byMs)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, moved(one, byMs)])) as T;
}

export const resourcesAt = (nowMs: number): ResourceView => moved(RESOURCES_FIXTURE, nowMs - RESOURCES_FIXTURE.atMs);

export const resourceHistoryAt = (nowMs: number): ResourceSeries[] =>
  RESOURCE_HISTORY_FIXTURE.map((series) => moved(series, nowMs - RESOURCES_FIXTURE.atMs));

/** An agent that knows this. */
export function resourceHandlers(
  view: ResourceView,
  history: ResourceSeries[] = resourceHistoryAt(view.atMs),
): Partial<Handlers> {
  return {
    resources: async () => view,
    watchResources: async () => view,
    resourceHistory: async () => history,
  };
}
