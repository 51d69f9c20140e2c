// What the guard keeps and a period in, all of it out, unsealed, as records for an export.
import type { ExportRecord } from '../store/export-rows.ts';
import { newestFirst, type Period } from '../store/newest-first.ts';
import { writeHabits } from './features/habits.ts';
import type { GuardStore } from './guard-records.ts';
import { keptBaseline } from './kept.ts';

export type GuardSection =
  'guardIncidents' | 'guardAlerts' | 'guardArchive' | 'guardHabits' | 'guardVectors' | 'guardBaseline' | 'guardSources';

/** Attacks are few: they are merged as they come. */
const INCIDENTS_AT_MOST = 100_000;

export function* guardRows(store: GuardStore, period: Period): Generator<ExportRecord<GuardSection>> {
  const { fromMs, toMs } = period;
  for (const record of store.incidents(INCIDENTS_AT_MOST, fromMs, toMs)) yield { section: 'guardIncidents', record };
  for (const record of newestFirst(store.alerts, period)) yield { section: 'guardAlerts', record };
  for (const record of store.archived(fromMs)) if (record.atMs <= toMs) yield { section: 'guardArchive', record };
  // The rest is of no time: it stands for all that was ever read.
  if (fromMs !== -Infinity || toMs !== Infinity) return;
  for (const habits of store.habits())
    yield { section: 'guardHabits', record: JSON.parse(writeHabits(habits)) as unknown };
  for (const record of store.vectors()) yield { section: 'guardVectors', record };
  const baseline = keptBaseline(store);
  if (baseline !== null) yield { section: 'guardBaseline', record: baseline };
  for (const [name, mark] of store.marks()) yield { section: 'guardSources', record: { name, ...mark } };
}
