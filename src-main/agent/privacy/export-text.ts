// Records in, the text of an export out, in pieces of a megabyte: one JSON document, each record on a line of its own.
import type { UserSettings } from '../../../src-preload/contract.ts';
import type { GuardSection } from '../guard/guard-export.ts';
import type { ExportRecord, StoreSection } from '../store/export-rows.ts';
import type { Period } from '../store/newest-first.ts';
import type { Store } from '../store/store.ts';

export const EXPORT_FORMAT = 'seclyzer-export';
/** Goes up when something is called otherwise or means something else; not when something is added. */
export const EXPORT_VERSION = 1;

export interface ExportSources {
  readonly store: Pick<Store, 'exportRows'>;
  /** null where there is no log guard. */
  readonly guard: ((period: Period) => Iterable<ExportRecord<GuardSection>>) | null;
  readonly settings: UserSettings;
  /** Of the program. */
  readonly version: string;
  readonly nowMs: number;
}

type Section = StoreSection | GuardSection;

/** All of them, and what a record of each is; also what `seclyzer data export --help` prints. */
export const EXPORT_SECTIONS: Readonly<Record<Section, string>> = {
  facts: '{key, value}: small facts, such as names of applications, profiles, what was counted of typing',
  models: '{modality, profile, name, version, createdMs, why, events, accuracy, card, basis}; basis: base64 or null',
  windows: '{ts, modality, profile, events, newEvents, vector}: figures of a stretch of use; ts in microseconds',
  series:
    '{stream, fields, rows: [[microseconds, value …] …]}, or, once rows are dropped, {series, stepMs, buckets: [[atMs, count, min, mean, max] …]}',
  events: '{us, kind, …}: what was read and said in the last hour, as it came',
  decisions: '{atMs, from, to, trust, points, reason}: changes of state, newest first',
  verdicts: '{atMs, verdict}: alarms that you called false ones',
  audit: '{atMs, kind, text}: what the program and you did, newest first',
  guardIncidents: 'attacks found in the log',
  guardAlerts: 'their alerts, with the lines of the log, newest first',
  guardArchive: 'alerts that were archived, without lines',
  guardHabits: 'of each user of this machine: when and from where he logs in',
  guardVectors: 'figures of ordinary log events, that the guard learned from',
  guardBaseline: 'what the guard learned from them',
  guardSources: '{name, position, …}: how far each log was read',
};

/** Some 20 ms of work; with smaller ones a month of history would be more requests than the browser host takes of anybody. */
const PIECE_CHARACTERS = 1024 * 1024;

/** Reads go on between two pieces as they stand then: what is deleted meanwhile is not in it, what comes meanwhile may be. */
export function* exportText(sources: ExportSources, period: Period): Generator<string> {
  const { version, nowMs, settings } = sources;
  const head = {
    ...{ format: EXPORT_FORMAT, version: EXPORT_VERSION, program: version, madeMs: nowMs },
    period: { fromMs: finiteOrNull(period.fromMs), toMs: finiteOrNull(period.toMs) },
    settings,
  };
  // The sections follow the head in the same object.
  let text = JSON.stringify(head).slice(0, -1);
  let open: Section | null = null;
  for (const { section, record } of rows(sources, period)) {
    if (section !== open) {
      text += `${open === null ? '' : '\n]'},\n"${section}":[\n`;
      open = section;
    } else text += ',\n';
    text += JSON.stringify(record, plainArrays);
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield `${text}${open === null ? '' : '\n]'}\n}\n`;
}

function* rows({ store, guard }: ExportSources, period: Period) {
  yield* store.exportRows(period);
  if (guard !== null) yield* guard(period);
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Arrays of numbers of a fixed kind are arrays like any other. */
const plainArrays = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
