// Everything that happened in a stretch of time. In: the stretch, and the agent, which tells a limited number of entries at once.
// Out: all of them, newest first, or the latest and from when on they are complete.
import { auditEntry, decisionEntry, hostEntry, logEntry, mergeTimeline } from './timeline.ts';
import type { Timeline, TimelineEntry } from './timeline.ts';
import type { DashboardClient } from './line.ts';

/** The most that the agent tells at once. */
const PAGE = 500;
/** Of each kind. More of them nobody reads, and each page costs the agent time. */
const PAGES_MAX = 10;
/** Of alerts, which carry their reasons and are asked for again while an attack goes on. */
const ALERT_PAGES_MAX = 2;
export const ENTRIES_MAX = 2 * PAGE * PAGES_MAX;

export interface PastEntries {
  readonly timeline: Timeline;
  /** Before this moment not all is told; null where all of it is. */
  readonly completeFromMs: number | null;
}

type Ask = (limit: number, toMs: number) => Promise<Timeline>;

/** A full page may have left something out: the next one ends where it began, and their common entries are told twice. */
async function read(ask: Ask, toMs: number, pagesMax = PAGES_MAX): Promise<PastEntries> {
  const timeline: TimelineEntry[] = [];
  let untilMs = toMs;
  for (let pages = 1; ; pages += 1) {
    const page = await ask(PAGE, untilMs);
    timeline.push(...page);
    const oldestMs = page.at(-1)?.atMs;
    if (oldestMs === undefined || page.length < PAGE) return { timeline, completeFromMs: null };
    // A page of one moment leads no further back.
    if (pages === pagesMax || oldestMs === untilMs) return { timeline, completeFromMs: oldestMs };
    untilMs = oldestMs;
  }
}

const joined = (kinds: readonly PastEntries[]): PastEntries => {
  const cuts = kinds.flatMap(({ completeFromMs }) => completeFromMs ?? []);
  return {
    timeline: mergeTimeline(
      kinds.flatMap(({ timeline }) => timeline),
      ENTRIES_MAX,
    ),
    completeFromMs: cuts.length === 0 ? null : Math.max(...cuts),
  };
};

/** What the log and the machine itself told in that time. @throws Error with the agent's words */
export async function fetchBeside(
  { call }: Pick<DashboardClient, 'call'>,
  fromMs: number,
  toMs: number,
): Promise<PastEntries> {
  const [log, host] = await Promise.all([
    read(
      async (limit, until) => (await call('logAlerts', { limit, fromMs, toMs: until })).map(logEntry),
      toMs,
      ALERT_PAGES_MAX,
    ),
    call('hostAnomalies', { sinceMs: fromMs, untilMs: toMs }),
  ]);
  return joined([log, { timeline: host.map(hostEntry), completeFromMs: null }]);
}

/** @throws Error with the agent's words */
export async function fetchEntries(
  { call }: Pick<DashboardClient, 'call'>,
  fromMs: number,
  toMs: number,
): Promise<PastEntries> {
  const kinds = await Promise.all([
    read(async (limit, until) => (await call('decisions', { limit, fromMs, toMs: until })).map(decisionEntry), toMs),
    read(async (limit, until) => (await call('audit', { limit, fromMs, toMs: until })).map(auditEntry), toMs),
  ]);
  return joined(kinds);
}
