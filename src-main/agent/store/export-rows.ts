// A period in, all that the store keeps of it out, unsealed, as records for an export: a few rows at a time, so that the agent goes on
// between them and nothing of it has to fit into the memory.
import type { AuditEntry, Decision } from '../../../src-preload/contract.ts';
import type { Cipher } from './cipher.ts';
import type { Database } from './driver.ts';
import { isEndless } from './erasure.ts';
import { newestFirst, type Period } from './newest-first.ts';
import { basisOf, factOf, modelOf, windowOf } from './sealed-rows.ts';
import type { BasisRow, ModelRow, WindowRow } from './sealed-rows.ts';
import type { SeriesUpkeep } from './series/series-store.ts';
import type { StoreAccess } from './store-access.ts';
import type { Store } from './store.ts';

export type StoreSection = 'facts' | 'models' | 'windows' | 'series' | 'events' | 'decisions' | 'verdicts' | 'audit';

export interface ExportRecord<Section extends string = string> {
  readonly section: Section;
  readonly record: unknown;
}

const AT_ONCE = 200;
const US_PER_MS = 1000;
/** They say something of the database and nothing of anybody. */
const OWN_FACTS: ReadonlySet<string> = new Set(['key-check', 'log-head']);

export interface ExportParts {
  readonly db: Database;
  readonly cipher: Cipher;
  readonly access: StoreAccess;
  readonly series: SeriesUpkeep;
  readonly log: Pick<Store, 'decisions' | 'audit' | 'verdicts' | 'rawEvents'>;
}

export type ExportRows = (period: Period) => Generator<ExportRecord<StoreSection>>;

export function createExportRows({ db, cipher, access, series, log }: ExportParts): ExportRows {
  const facts = db.prepare<[], { readonly key: string; readonly value: Buffer }>('SELECT key, value FROM meta');
  const models = db.prepare<[], ModelRow & BasisRow>('SELECT * FROM model ORDER BY profile, name, version');
  const windows = db.prepare<[number, number, number, number], WindowRow & { readonly id: number }>(
    'SELECT * FROM "window" WHERE id > ? AND ts BETWEEN ? AND ? ORDER BY id LIMIT ?',
  );

  function* learned(): Generator<ExportRecord<StoreSection>> {
    for (const { key, value } of access.afterFlush(() => facts.all()))
      if (!OWN_FACTS.has(key))
        yield { section: 'facts', record: { key, value: asJson(access.guard(() => factOf(cipher, key, value))) } };
    for (const row of access.afterFlush(() => models.all())) {
      const { card, ...model } = access.guard(() => modelOf(cipher, row));
      const basis = access.guard(() => basisOf(cipher, row));
      const base64 = basis === null ? null : Buffer.from(basis).toString('base64');
      yield { section: 'models', record: { ...model, card: asJson(card), basis: base64 } };
    }
  }
  function* windowsOf({ fromMs, toMs }: Period): Generator<ExportRecord<StoreSection>> {
    let last = 0;
    for (let more = true; more;) {
      const rows = access.afterFlush(() => windows.all(last, fromMs * US_PER_MS, toMs * US_PER_MS, AT_ONCE));
      for (const row of rows) {
        const window = access.guard(() => windowOf(cipher, row));
        yield { section: 'windows', record: { ...window, vector: Array.from(window.vector) } };
      }
      last = rows.at(-1)?.id ?? last;
      more = rows.length === AT_ONCE;
    }
  }

  return function* (period) {
    const { fromMs, toMs } = period;
    // These are of no time: they stand for all that was ever learned.
    if (isEndless(period)) yield* learned();
    yield* windowsOf(period);
    access.flush();
    for (const record of series.exported({ fromUs: fromMs * US_PER_MS, toUs: toMs * US_PER_MS }))
      yield { section: 'series', record };
    for (const record of log.rawEvents(fromMs, toMs)) yield { section: 'events', record };
    for (const record of newestFirst<Decision>(log.decisions, period)) yield { section: 'decisions', record };
    for (const [atMs, verdict] of log.verdicts(fromMs))
      if (atMs <= toMs) yield { section: 'verdicts', record: { atMs, verdict } };
    for (const record of newestFirst<AuditEntry>(log.audit, period)) yield { section: 'audit', record };
  };
}

/** What is kept as JSON is given as JSON. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Names and packed statistics are no JSON: they stay the text that they are.
    return text;
  }
}
