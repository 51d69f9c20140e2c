// The data folder enters; what lies in it leaves, by what it is for.
import type { StoragePart } from '../../../src-preload/contract.ts';
import { folderFiles } from './folder-size.ts';

type Part = StoragePart['part'];

const PARTS: readonly Omit<StoragePart, 'usedMiB'>[] = [
  {
    part: 'history',
    name: 'History and learning',
    about: 'Trust, decisions, figures of the machine, and what is learned from.',
  },
  { part: 'models', name: 'Models', about: 'Models that lie in files of their own.' },
  { part: 'guard', name: 'Log guard', about: 'Alerts, incidents and habits from the log.' },
  {
    part: 'other',
    name: 'Everything else',
    about: 'Keys, locks, and databases that were set aside because they were damaged.',
  },
];
const BYTES_PER_MIB = 2 ** 20;

/** By the first part of a path in the data folder. A database brings its log and its index, `seclyzer.db-wal` and `-shm`. */
function partOf(top: string): Part {
  if (/^seclyzer\.db(-wal|-shm|-journal)?$/.test(top)) return 'history';
  if (top === 'models') return 'models';
  return /^guard(\.db(-wal|-shm|-journal)?)?$/.test(top) ? 'guard' : 'other';
}

export function storageParts(dataDir: string): StoragePart[] {
  const bytes = new Map<Part, number>();
  for (const { top, size } of folderFiles(dataDir)) {
    const part = partOf(top);
    bytes.set(part, (bytes.get(part) ?? 0) + size);
  }
  return PARTS.map((one) => ({ ...one, usedMiB: (bytes.get(one.part) ?? 0) / BYTES_PER_MIB }));
}
