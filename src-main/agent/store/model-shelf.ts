// What enters: the database, its queue and the cipher. What leaves: the models of store.ts, a few versions of each, and the way back to
// an earlier one.
import type { Modality } from '../../../src-preload/contract.ts';
import type { Cipher } from './cipher.ts';
import type { Database } from './driver.ts';
import { modalityCode } from './rows.ts';
import type { Cell } from './rows.ts';
import { basisOf, factOf, factRow, modelOf, modelRow, versionOf } from './sealed-rows.ts';
import type { BasisRow, ModelRow, VersionRow } from './sealed-rows.ts';
import type { StoreAccess } from './store-access.ts';
import type { Store } from './store.ts';

/** Further back nobody goes, and each version of typing costs some 100 KB. */
const VERSIONS_KEPT = 5;

const PLAIN = 'profile, name, version, modality, created_ms, file, sha256, last_window';

export type ModelShelf = Pick<
  Store,
  'addModel' | 'nextVersion' | 'versions' | 'basis' | 'goBack' | 'clearModels' | 'models'
>;

export function createModelShelf(db: Database, cipher: Cipher, { add, flush, afterFlush }: StoreAccess): ModelShelf {
  const write = {
    model: db.prepare<Cell[]>(
      `INSERT OR REPLACE INTO model (${PLAIN}, card, about, basis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    // With fewer versions the inner query finds NULL, and a comparison with NULL deletes nothing.
    dropOld: db.prepare<Cell[]>(
      `DELETE FROM model WHERE profile = ? AND name = ? AND version <=
         (SELECT version FROM model WHERE profile = ? AND name = ? ORDER BY version DESC LIMIT 1 OFFSET ${VERSIONS_KEPT})`,
    ),
    dropLater: db.prepare<Cell[]>('DELETE FROM model WHERE profile = ? AND name = ? AND version > ?'),
    dropLaterWindows: db.prepare<Cell[]>('DELETE FROM "window" WHERE modality = ? AND profile = ? AND id > ?'),
    drop: db.prepare<Cell[]>('DELETE FROM model WHERE modality = ?'),
    dropOf: db.prepare<Cell[]>('DELETE FROM model WHERE modality = ? AND profile = ?'),
    fact: db.prepare<Cell[]>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)'),
  };
  const read = {
    // With max(), SQLite takes the other columns from the row of the maximum (lang_select.html, "bare columns").
    models: db.prepare<[], ModelRow>(
      `SELECT ${PLAIN.replace('version', 'max(version) AS version')}, card, about FROM model GROUP BY name, profile`,
    ),
    versions: db.prepare<[number, string], VersionRow>(
      `SELECT ${PLAIN}, about FROM model WHERE profile = ? AND name = ? ORDER BY version DESC`,
    ),
    basis: db.prepare<[number, string, number], BasisRow>(
      `SELECT ${PLAIN}, basis FROM model WHERE profile = ? AND name = ? AND version = ?`,
    ),
    lastWindow: db
      .prepare<[number, number], number>('SELECT coalesce(max(id), 0) FROM "window" WHERE modality = ? AND profile = ?')
      .pluck(),
    fact: db.prepare<[string], Buffer>('SELECT value FROM meta WHERE key = ?').pluck(),
  };

  const highestKey = (profile: number, name: string): string => `last-version ${profile} ${name}`;
  /** The highest number that was ever gone back from: a number names one version for good. */
  const goneBackFrom = (profile: number, name: string): number => {
    const key = highestKey(profile, name);
    const kept = read.fact.get(key);
    return kept === undefined ? 0 : Number(factOf(cipher, key, kept));
  };
  const newest = (profile: number, name: string): number => read.versions.get(profile, name)?.version ?? 0;
  const nextVersion = (profile: number, name: string): number =>
    afterFlush(() => 1 + Math.max(newest(profile, name), goneBackFrom(profile, name)));

  return {
    addModel: (model, basis) => {
      const { modality, profile, name } = model;
      const lastWindow = afterFlush(() => read.lastWindow.get(modalityCode(modality), profile) ?? 0);
      add(write.model, modelRow(cipher, model, lastWindow, basis ?? null));
      add(write.dropOld, [profile, name, profile, name]);
    },
    nextVersion,
    versions: (profile, name) =>
      afterFlush(() => read.versions.all(profile, name).map((row) => versionOf(cipher, row))),
    basis: (profile, name, version) =>
      afterFlush(() => {
        const row = read.basis.get(profile, name, version);
        return row === undefined ? null : basisOf(cipher, row);
      }),
    goBack: (profile, name, version) => {
      const row = afterFlush(() => read.basis.get(profile, name, version));
      if (row === undefined) throw new RangeError(`there is no version ${version} of ${name}`);
      const highest = nextVersion(profile, name) - 1;
      const key = highestKey(profile, name);
      add(write.fact, factRow(cipher, key, String(highest)));
      add(write.dropLater, [profile, name, version]);
      add(write.dropLaterWindows, [row.modality, profile, row.last_window]);
      // At once: what somebody asked to forget must not come back after a crash.
      flush();
    },
    clearModels: (modality: Modality, profile) => {
      const code = modalityCode(modality);
      if (profile === undefined) add(write.drop, [code]);
      else add(write.dropOf, [code, profile]);
      flush();
    },
    models: () => afterFlush(() => read.models.all().map((row) => modelOf(cipher, row))),
  };
}
