// Decisions and audit entries in, what of them is sealed in the audit log out, and back. A value that could not be read again is refused
// when it is added.
import type { AuditEntry, Decision } from '../../../../src-preload/contract.ts';
import type { Cipher, SealContext } from '../cipher.ts';
import { finite, finiteOrNull } from '../rows.ts';

/** evidence: what the decision after it was made from. */
export type LogKind = AuditEntry['kind'] | 'decision' | 'evidence';

/** An entry as it lies in the file; body null where it was erased. */
export interface EntryRow {
  readonly seq: number;
  readonly at_ms: number;
  readonly kind: LogKind;
  readonly digest: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
  readonly code: Buffer;
  readonly body: Buffer | null;
}

/** What waits to be written: at_ms, kind and what will be sealed. */
export type UnlinkedRow = readonly [atMs: number, kind: LogKind, plain: Buffer];

export const bodyContext = (seq: number, atMs: number, kind: string): SealContext => ['entry.body', seq, atMs, kind];

export function decisionEntry({ atMs, from, to, trust, points, reason }: Decision): UnlinkedRow {
  for (const [modality, moved] of Object.entries(points)) finite(moved, `points.${modality}`);
  const body = { from, to, trust: finiteOrNull(trust, 'decision.trust'), points, reason };
  return [finite(atMs, 'decision.atMs'), 'decision', Buffer.from(JSON.stringify(body))];
}

export const auditEntryRow = ({ atMs, kind, text }: AuditEntry): UnlinkedRow => [
  finite(atMs, 'audit.atMs'),
  kind,
  Buffer.from(text),
];

type OpenRow = Pick<EntryRow, 'seq' | 'at_ms' | 'kind'> & { readonly body: Buffer };

export const plainOf = (cipher: Cipher, { seq, at_ms, kind, body }: OpenRow): Buffer =>
  cipher.open(body, bodyContext(seq, at_ms, kind));

export function decisionOf(cipher: Cipher, row: OpenRow): Decision {
  const { from, to, trust, points, reason } = JSON.parse(plainOf(cipher, row).toString()) as Omit<Decision, 'atMs'>;
  return { atMs: row.at_ms, from, to, trust, points, reason };
}

export const auditOf = (cipher: Cipher, row: OpenRow): AuditEntry => ({
  atMs: row.at_ms,
  kind: row.kind as AuditEntry['kind'],
  text: plainOf(cipher, row).toString(),
});
