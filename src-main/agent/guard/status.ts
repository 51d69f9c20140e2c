// The guard's parts in, how it is doing out: what the dashboard and `seclyzer logs report` show of it.
import type { GuardStatus, SourceHealth } from '../../../src-preload/contract.ts';
import type { LogSource } from '../collect/logs-source.ts';
import type { Refused } from '../collect/logs-permission.ts';
import type { Engine } from './engine.ts';
import type { GuardStore } from './guard-records.ts';
import { LEAST_VECTORS } from './score/baseline.ts';

export interface StatusParts {
  readonly enabled: boolean;
  readonly engine: Engine | null;
  readonly sources: readonly LogSource[];
  readonly store: GuardStore;
  /** Why nothing can be read, or nothing that tells of logins. */
  readonly lack: Refused | null;
}

const MOST_UNKNOWN = 20;

export function guardStatus({ enabled, engine, sources, store, lack }: StatusParts): GuardStatus {
  const { lines, parsed, unparsed, events, vectors, alerts, dropped } = engine?.counts() ?? store.counts();
  const [low, medium, high, critical] = store.open();
  const baseline = engine?.core.baseline() ?? null;
  return {
    running: enabled && sources.some((source) => source.state().status === 'reading'),
    sources: [...sources.map((source) => healthOf(source, engine)), ...lacking(sources, enabled, lack)],
    ...{ lines, parsed, unparsed, events, vectors, alerts, dropped },
    linesLastMinute: engine?.linesLastMinute() ?? 0,
    evicted: engine?.core.watch.sizes().evicted ?? 0,
    unknown: [...(engine?.tally.unknown ?? [])]
      .map(([program, count]) => ({ program: program.slice(0, 64) || 'no program', lines: count }))
      .toSorted((a, b) => b.lines - a.lines)
      .slice(0, MOST_UNKNOWN),
    baseline: {
      have: baseline?.samples ?? engine?.core.reservoir.kept() ?? 0,
      need: LEAST_VECTORS,
      trainedMs: baseline?.trainedMs ?? null,
    },
    open: { LOW: low, MEDIUM: medium, HIGH: high, CRITICAL: critical },
  };
}

function healthOf(source: LogSource, engine: Engine | null): SourceHealth {
  const { status, reason, fix, command = null } = source.state();
  const mark = engine?.mark(source.name) ?? null;
  return { name: source.name, status, reason, fix, command, lines: mark?.lines ?? 0, lastMs: mark?.lastMs ?? null };
}

const OFF: Refused = { reason: 'turned off in the settings', fix: 'Turn it on under Log guard.' };

function lacking(sources: readonly LogSource[], enabled: boolean, lack: Refused | null): SourceHealth[] {
  const why = enabled ? lack : sources.length === 0 ? OFF : null;
  if (why === null) return [];
  const name = sources.length === 0 ? 'the log' : 'logins';
  return [{ name, status: 'unavailable', command: null, ...why, lines: 0, lastMs: null }];
}
