// What the owner wants gone enters; the database without it leaves, in rows, in chunks and in the bytes of its files: rows are overwritten
// with zeros, every page is written anew, and the write-ahead log is emptied.
import { auditEntry, MODALITIES, type Modality } from '../../../src-preload/contract.ts';
import type { LogEraser } from './audit-log/log-eraser.ts';
import type { Database } from './driver.ts';
import { readMark, setMark } from './marks.ts';
import { modalityCode } from './rows.ts';
import { scrub } from './scrub.ts';
import type { RawEvent } from './series/raw-events.ts';
import type { SeriesUpkeep } from './series/series-store.ts';
import type { StreamName } from './series/streams.ts';
import type { StoreAccess } from './store-access.ts';
import { StoreError } from './store-error.ts';

/**
 * learned: models, and what they were made of. history: trust, scores and decisions. machine: figures of this machine and what was found
 * unusual. log: what the program and its user did.
 */
export const STORE_PARTS = ['learned', 'history', 'machine', 'log'] as const;
export type StorePart = (typeof STORE_PARTS)[number];

export interface Erasure {
  readonly parts: readonly StorePart[];
  /** Of one modality alone; null: of all. What is no modality's, as the decisions, then stays. */
  readonly modality: Modality | null;
  /** Milliseconds since the epoch, both ends included; infinite for a span without an end. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Erased {
  readonly readings: number;
  readonly windows: number;
  readonly models: number;
  readonly decisions: number;
  readonly entries: number;
  /** Why its bytes are not overwritten yet, which the next start then does; null where they are. */
  readonly unfinished: string | null;
}

export type EraseStore = (what: Erasure) => Erased;

const US_PER_MS = 1000;

/** Facts of `meta` that hold what was learned of a modality; each goes on with the number of a profile, or ends there. */
const LEARNED_FACTS = {
  keystroke: ['keystroke-statistics', 'keystroke-held-out'],
  mouse: ['mouse-held-out', 'mouse driver'],
  app: ['app-names'],
  linguistic: ['linguistic-held-out'],
} as const satisfies Record<Modality, readonly string[]>;
/** Of no modality alone: what was believed last, and the ways in which the owner works. */
const OWNERS_FACTS = ['trust', 'profiles', 'last-version'];
const MACHINE_FACTS = ['monitor-learned', 'monitor-anomalies'];
const ANOMALIES = 'monitor-anomalies';

/** What says that something was deleted stays until it is too old. */
const OTHER_ENTRIES = auditEntry.entries.kind.options.filter((kind) => kind !== 'deletion');

export const isEndless = ({ fromMs, toMs }: Pick<Erasure, 'fromMs' | 'toMs'>): boolean =>
  fromMs === -Infinity && toMs === Infinity;

export interface ErasureParts {
  readonly db: Database;
  readonly access: StoreAccess;
  readonly series: SeriesUpkeep;
  readonly log: Pick<LogEraser, 'erase'>;
  readonly get: (key: string) => string | null;
  readonly set: (key: string, value: string) => void;
}

export function createErasure({ db, access, series, log, get, set }: ErasureParts): EraseStore {
  const windows = db.prepare<[number, number, number]>(
    'DELETE FROM "window" WHERE modality = ? AND ts BETWEEN ? AND ?',
  );
  const models = db.prepare<[number]>('DELETE FROM model WHERE modality = ?');
  const verdicts = db.prepare<[number, number]>('DELETE FROM verdict WHERE at_ms BETWEEN ? AND ?');
  const fact = db.prepare<[string, string]>("DELETE FROM meta WHERE key = ? OR key LIKE ? || ' %'");
  const forget = (keys: readonly string[]): void => keys.forEach((key) => void fact.run(key, key));

  const erase = db.transaction((what: Erasure): Omit<Erased, 'unfinished'> => {
    const { parts, modality, fromMs, toMs } = what;
    const has = (part: StorePart): boolean => parts.includes(part);
    const span = { fromUs: fromMs * US_PER_MS, toUs: toMs * US_PER_MS };
    const modalities = modality === null ? MODALITIES : [modality];
    const gone = { readings: 0, windows: 0, models: 0, decisions: 0, entries: 0 };
    // Whatever ends this early, the next opening writes the pages anew.
    setMark(db, 'unscrubbed', '');
    if (has('learned')) {
      for (const one of modalities) gone.windows += windows.run(modalityCode(one), span.fromUs, span.toUs).changes;
      // What was counted and trained can't be taken apart by date.
      if (isEndless(what)) {
        for (const one of modalities) gone.models += models.run(modalityCode(one)).changes;
        forget(modalities.flatMap((one): readonly string[] => LEARNED_FACTS[one]));
        if (modality === null) forget(OWNERS_FACTS);
      }
    }
    if (has('history')) {
      const streams: readonly StreamName[] = modality === null ? ['trust', ...MODALITIES] : [modality];
      gone.readings += series.erase(streams, span);
      if (modality === null) {
        gone.decisions += log.erase({ fromMs, toMs, kinds: ['decision'] });
        log.erase({ fromMs, toMs, kinds: ['evidence'] });
        verdicts.run(fromMs, toMs);
      }
    }
    if (modality === null && has('machine')) {
      gone.readings += series.erase(['host', 'own'], span);
      if (isEndless(what)) forget(MACHINE_FACTS);
      else keepAnomaliesOutside(what, get, set);
    }
    if (modality === null && has('log')) gone.entries += log.erase({ fromMs, toMs, kinds: OTHER_ENTRIES });
    series.eraseEvents(span, (event) => isOf(event, what));
    return gone;
  });

  return (what) => {
    access.flush();
    const gone = access.guard(() => erase.immediate(what));
    // What `keepAnomaliesOutside` has set.
    access.flush();
    access.guard(series.reload);
    return { ...gone, unfinished: unfinished(db, access) };
  };
}

/** The rows are gone whatever comes of this: on a full disk there is no room for the pages that are written anew. */
function unfinished(db: Database, { guard }: StoreAccess): string | null {
  try {
    guard(() => scrub(db));
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind === 'damaged') throw error;
    return error.message;
  }
  return readMark(db, 'unscrubbed') === null ? null : 'Another program was reading the database.';
}

function isOf(event: RawEvent, { parts, modality }: Erasure): boolean {
  if (event.kind === 'metric') return modality === null && parts.includes('machine');
  if (modality !== null && event.modality !== modality) return false;
  return parts.includes(event.kind === 'feature' ? 'learned' : 'history');
}

/** They lie in one fact, each with its moment. */
function keepAnomaliesOutside({ fromMs, toMs }: Erasure, get: ErasureParts['get'], set: ErasureParts['set']): void {
  const kept: unknown = JSON.parse(get(ANOMALIES) ?? '[]');
  if (!Array.isArray(kept)) return;
  const outside = kept.filter(({ atMs }: { readonly atMs: number }) => atMs < fromMs || atMs > toMs);
  if (outside.length < kept.length) set(ANOMALIES, JSON.stringify(outside));
}
