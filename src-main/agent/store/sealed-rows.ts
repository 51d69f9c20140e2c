// What enters: the records of store.ts that tell of their owner, and a cipher. What leaves: rows for SQLite whose telling part is
// sealed, and the way back. The columns that stay in plain are part of the seal's context: none of them can be changed, and no
// sealed part moved to another row, without breaking it.
import type { AuditEntry, Decision } from '../../../src-preload/contract.ts';
import type { Cipher, SealContext } from './cipher.ts';
import { finite, finiteOrNull, modalityCode, modalityOf, stateCode, stateOf, whole } from './rows.ts';
import type { Row } from './rows.ts';
import type { StoredModel, StoredWindow } from './store.ts';

const sealText = (cipher: Cipher, text: string, context: SealContext): Buffer =>
  cipher.seal(Buffer.from(text), context);
const openText = (cipher: Cipher, sealed: Buffer, context: SealContext): string =>
  cipher.open(sealed, context).toString();

export interface WindowRow {
  readonly modality: number;
  readonly ts: number;
  readonly events: number;
  readonly new_events: number;
  readonly vector: Buffer;
}

export function windowRow(cipher: Cipher, window: StoredWindow): Row {
  const { buffer, byteOffset, byteLength } = window.vector;
  const plain = [
    modalityCode(window.modality),
    whole(window.ts, 'window.ts'),
    whole(window.events, 'window.events'),
    whole(window.newEvents, 'window.newEvents'),
  ];
  // Sealed now, not when it is written: the caller may go on to fill its array with the next window.
  return [...plain, cipher.seal(new Uint8Array(buffer, byteOffset, byteLength), ['window.vector', ...plain])];
}

export function windowOf(cipher: Cipher, { modality, ts, events, new_events, vector }: WindowRow): StoredWindow {
  const bytes = cipher.open(vector, ['window.vector', modality, ts, events, new_events]);
  const values = new Float32Array(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(values.buffer).set(bytes);
  return { ts, modality: modalityOf(modality), events, newEvents: new_events, vector: values };
}

export interface DecisionRow {
  readonly at_ms: number;
  readonly from_state: number;
  readonly to_state: number;
  readonly trust: number | null;
  readonly body: Buffer;
}

export function decisionRow(cipher: Cipher, { atMs, from, to, trust, points, reason }: Decision): Row {
  for (const [modality, moved] of Object.entries(points)) finite(moved, `points.${modality}`);
  const plain = [finite(atMs, 'decision.atMs'), stateCode(from), stateCode(to), finiteOrNull(trust, 'decision.trust')];
  return [...plain, sealText(cipher, JSON.stringify({ points, reason }), ['decision.body', ...plain])];
}

export function decisionOf(cipher: Cipher, row: DecisionRow): Decision {
  const { at_ms, from_state, to_state, trust, body } = row;
  const text = openText(cipher, body, ['decision.body', at_ms, from_state, to_state, trust]);
  const { points, reason } = JSON.parse(text) as Pick<Decision, 'points' | 'reason'>;
  return { atMs: at_ms, from: stateOf(from_state), to: stateOf(to_state), trust, points, reason };
}

export interface AuditRow {
  readonly at_ms: number;
  readonly kind: AuditEntry['kind'];
  readonly text: Buffer;
}

export function auditRow(cipher: Cipher, { atMs, kind, text }: AuditEntry): Row {
  return [finite(atMs, 'audit.atMs'), kind, sealText(cipher, text, ['audit.text', atMs, kind])];
}

export const auditOf = (cipher: Cipher, { at_ms, kind, text }: AuditRow): AuditEntry => ({
  atMs: at_ms,
  kind,
  text: openText(cipher, text, ['audit.text', at_ms, kind]),
});

export interface ModelRow {
  readonly name: string;
  readonly version: number;
  readonly modality: number;
  readonly created_ms: number;
  readonly file: string;
  readonly sha256: string;
  readonly card: Buffer;
}

export function modelRow(cipher: Cipher, model: StoredModel): Row {
  const plain = [
    model.name,
    whole(model.version, 'model.version'),
    modalityCode(model.modality),
    finite(model.createdMs, 'model.createdMs'),
    model.file,
    model.sha256,
  ];
  return [...plain, sealText(cipher, model.card, ['model.card', ...plain])];
}

export function modelOf(cipher: Cipher, row: ModelRow): StoredModel {
  const { name, version, modality, created_ms, file, sha256 } = row;
  const card = openText(cipher, row.card, ['model.card', name, version, modality, created_ms, file, sha256]);
  return { modality: modalityOf(modality), name, version, createdMs: created_ms, file, sha256, card };
}

export const factRow = (cipher: Cipher, key: string, value: string): Row => [
  key,
  sealText(cipher, value, ['meta.value', key]),
];
export const factOf = (cipher: Cipher, key: string, value: Buffer): string =>
  openText(cipher, value, ['meta.value', key]);
