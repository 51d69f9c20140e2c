// What is kept of the owner, in the running agent: how much of it is what, all of it for an export, and what is to be deleted, which
// goes out of the memory as well as off the disk. In: his wishes, each behind a re-authentication. Out: what was done.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DATA_PARTS,
  type Deleted,
  type Deletion,
  type KeptData,
  type UserSettings,
} from '../../../src-preload/contract.ts';
import type { Audit } from '../audit.ts';
import { folderBytes } from '../budget/folder-size.ts';
import type { DrillDesk } from '../drill/drill.ts';
import type { Guard } from '../guard/guard.ts';
import { GUARD_FILE } from '../guard/open-guard-store.ts';
import type { Journal } from '../journal.ts';
import type { Monitor } from '../monitor/monitor.ts';
import type { Pipeline } from '../pipeline.ts';
import type { LearningDesk } from '../profiles/learning-desk.ts';
import type { Protection } from '../protection.ts';
import type { Cipher } from '../store/cipher.ts';
import type { Store } from '../store/store.ts';
import type { Track } from '../track.ts';
import { eraseData } from './erase-data.ts';
import { createExportDesk, periodOf, type ExportDesk } from './export-desk.ts';
import { exportText } from './export-text.ts';

export interface DataDesk {
  readonly kept: () => KeptData;
  /** Rejects with a readable reason. */
  readonly remove: (what: Deletion) => Promise<Deleted>;
  readonly exports: ExportDesk;
}

export interface DataDeskParts {
  readonly dataDir: string;
  readonly version: string;
  readonly store: Store;
  readonly cipher: Cipher;
  readonly settings: () => UserSettings;
  readonly pipeline: Pick<Pipeline, 'reset' | 'settled' | 'interrupt' | 'point'>;
  readonly tracks: readonly Track[];
  readonly guard: Pick<Guard, 'erase' | 'exportRows' | 'oldestMs'>;
  readonly monitor: Pick<Monitor, 'forget'>;
  readonly drill: Pick<DrillDesk, 'refusal'>;
  readonly protection: Pick<Protection, 'doubt' | 'refusal'>;
  readonly journal: Pick<Journal, 'restart'>;
  readonly learning: Pick<LearningDesk, 'reread'>;
  readonly audit: Audit;
  /** The present on the clock of the events. */
  readonly nowMs: () => number;
  /** What is shown may be another now. */
  readonly changed: () => void;
}

export function createDataDesk(parts: DataDeskParts): DataDesk {
  const { dataDir, version, store, cipher, settings, pipeline, tracks, guard, monitor, audit, nowMs } = parts;
  const { drill, protection, journal, learning } = parts;

  // As for learning anew: what is known is the owner's, so he shows first that it is him.
  const refusal = (): string | null => {
    const isKnown = pipeline.point(nowMs()).trust !== null;
    return drill.refusal() ?? (isKnown ? protection.refusal() : protection.doubt());
  };
  const doubt = (): string | null => drill.refusal() ?? protection.doubt();

  /** What is in memory would be written down again. */
  const forgetLearned = async ({ modality, fromMs, toMs }: Deletion): Promise<void> => {
    pipeline.interrupt();
    if (fromMs !== null || toMs !== null) return;
    if (modality === null) await pipeline.reset();
    else {
      await pipeline.settled();
      for (const track of tracks) if (track.modality === modality) await track.reset();
    }
  };
  const guardBytes = (): number =>
    ['', '-wal', '-shm'].reduce(
      (sum, end) => sum + (statSync(join(dataDir, GUARD_FILE + end), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );

  return {
    kept: () => {
      const sizes = store.keptSizes();
      return {
        parts: DATA_PARTS.map((part) => ({
          part,
          ...(part === 'guard' ? { bytes: guardBytes(), sinceMs: guard.oldestMs() } : sizes[part]),
        })),
        totalBytes: folderBytes(dataDir),
        refusal: refusal(),
        exportRefusal: doubt(),
      };
    },
    remove: async (what) => {
      const refused = refusal();
      if (refused !== null) throw new Error(refused);
      if (what.parts.includes('learned')) await forgetLearned(what);
      const gone = await eraseData(what, { dataDir, cipher, store, guard });
      const { fromMs, toMs } = periodOf(what);
      if (what.parts.includes('machine')) monitor.forget(fromMs, toMs);
      if (what.parts.includes('learned')) journal.restart(pipeline.point(nowMs()));
      learning.reread();
      parts.changed();
      audit('deletion', gone.sentence);
      store.flush();
      return gone;
    },
    exports: createExportDesk({
      text: (period) =>
        exportText({ store, guard: guard.exportRows, settings: settings(), version, nowMs: Date.now() }, period),
      refusal: doubt,
      exported: () => audit('export', 'Everything that is kept was exported by its owner.'),
      nowMs: Date.now,
    }),
  };
}
