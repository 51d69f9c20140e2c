// What the owner wants gone and where it lies in; the same places without it out, and how much of it went. The same whether an agent runs on
// the folder, which then has forgotten it before, or none does.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deleted, Deletion } from '../../../src-preload/contract.ts';
import { folderBytes } from '../budget/folder-size.ts';
import { modelsFolder } from '../infer/model-files.ts';
import type { GuardErased } from '../guard/guard-records.ts';
import { OUTLET_FOLDERS } from '../publish/outlets/outlet-folders.ts';
import type { Cipher } from '../store/cipher.ts';
import { STORE_PARTS, type StorePart } from '../store/erasure.ts';
import { removeOverwritten } from '../store/overwritten-file.ts';
import type { Store } from '../store/store.ts';
import { deletionSentence, isWhole } from './deletion-words.ts';
import { periodOf } from './export-desk.ts';

export interface Holdings {
  readonly dataDir: string;
  readonly cipher: Cipher;
  readonly store: Pick<Store, 'erase'>;
  /** null where there is no log guard. */
  readonly guard: { readonly erase: (fromMs: number, toMs: number) => GuardErased | Promise<GuardErased> } | null;
}

/** @throws StoreError or the error of the file system where something could not be deleted; what was deleted before stays deleted. */
export async function eraseData(what: Deletion, { dataDir, cipher, store, guard }: Holdings): Promise<Deleted> {
  const { modality } = what;
  const { fromMs, toMs } = periodOf(what);
  const parts = what.parts.filter((part): part is StorePart => part !== 'guard');
  const before = folderBytes(dataDir);
  const inStore = store.erase({ parts: STORE_PARTS.filter((part) => parts.includes(part)), modality, fromMs, toMs });
  const inGuard = what.parts.includes('guard') && guard !== null ? await guard.erase(fromMs, toMs) : NO_ATTACKS;
  if (parts.includes('learned') && what.fromMs === null && what.toMs === null)
    await modelsFolder(dataDir, cipher).remove((name) => modality === null || name.startsWith(`${modality}-`));
  if (isWhole(what)) await removeSetAside(dataDir);
  // What waits for the database is sealed by the second, of all modalities: where a part of it is to go, all of it does.
  if (parts.includes('history') || parts.includes('learned'))
    for (const folder of OUTLET_FOLDERS) await removeFiles(join(dataDir, folder));
  const gone = {
    ...inStore,
    ...{ incidents: inGuard.incidents, alerts: inGuard.alerts },
    unfinished: inStore.unfinished ?? inGuard.unfinished,
    freedBytes: before - folderBytes(dataDir),
  };
  return { sentence: deletionSentence(what, gone), ...gone };
}

const NO_ATTACKS: GuardErased = { incidents: 0, alerts: 0, unfinished: null };

async function removeFiles(folder: string): Promise<void> {
  for (const name of existsSync(folder) ? await readdir(folder) : []) await removeOverwritten(join(folder, name));
}

/** Databases that were found damaged once: what is in them can't be read, so of a part of it nobody knows where it lies. */
async function removeSetAside(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir))
    if (/^(seclyzer|guard)\.db\.damaged-/.test(name)) await removeOverwritten(join(dataDir, name));
}
