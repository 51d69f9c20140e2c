// What enters: the records of store.ts that tell of their owner, and a cipher. What leaves: rows for SQLite whose telling part is
// sealed, and the way back. The columns that stay in plain are part of the seal's context: none of them can be changed, and no
// sealed part moved to another row, without breaking it.
import type { Alarm } from '../../../src-preload/contract.ts';
import type { Cipher, SealContext } from './cipher.ts';
import { finite, modalityCode, modalityOf, whole } from './rows.ts';
import type { Row } from './rows.ts';
import type { StoredModel, StoredVersion, StoredWindow } from './store.ts';

const sealText = (cipher: Cipher, text: string, context: SealContext): Buffer =>
  cipher.seal(Buffer.from(text), context);
const openText = (cipher: Cipher, sealed: Buffer, context: SealContext): string =>
  cipher.open(sealed, context).toString();

export interface WindowRow {
  readonly modality: number;
  readonly profile: number;
  readonly ts: number;
  readonly events: number;
  readonly new_events: number;
  readonly vector: Buffer;
}

export function windowRow(cipher: Cipher, window: StoredWindow): Row {
  const { buffer, byteOffset, byteLength } = window.vector;
  const plain = [
    modalityCode(window.modality),
    whole(window.profile, 'window.profile'),
    whole(window.ts, 'window.ts'),
    whole(window.events, 'window.events'),
    whole(window.newEvents, 'window.newEvents'),
  ];
  // Sealed now, not when it is written: the caller may go on to fill its array with the next window.
  return [...plain, cipher.seal(new Uint8Array(buffer, byteOffset, byteLength), ['window.vector', ...plain])];
}

export function windowOf(cipher: Cipher, row: WindowRow): StoredWindow {
  const { modality, profile, ts, events, new_events, vector } = row;
  const bytes = cipher.open(vector, ['window.vector', modality, profile, ts, events, new_events]);
  const values = new Float32Array(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(values.buffer).set(bytes);
  return { ts, modality: modalityOf(modality), profile, events, newEvents: new_events, vector: values };
}

/** What of a version lies in plain; it is part of the seal of all the rest. */
interface PlainVersion {
  readonly profile: number;
  readonly name: string;
  readonly version: number;
  readonly modality: number;
  readonly created_ms: number;
  readonly file: string;
  readonly sha256: string;
  readonly last_window: number;
}

export interface VersionRow extends PlainVersion {
  readonly about: Buffer;
}

export interface ModelRow extends VersionRow {
  readonly card: Buffer;
}

export interface BasisRow extends PlainVersion {
  readonly basis: Buffer | null;
}

const contextOf = (part: 'card' | 'about' | 'basis', row: PlainVersion): SealContext => {
  const { profile, name, version, modality, created_ms, file, sha256, last_window } = row;
  return [`model.${part}`, profile, name, version, modality, created_ms, file, sha256, last_window];
};

/** @param lastWindow id of the newest window of its profile and modality. */
export function modelRow(cipher: Cipher, model: StoredModel, lastWindow: number, basis: Uint8Array | null): Row {
  const { profile, name, version, modality, createdMs, file, sha256, card, why, events, accuracy } = model;
  const plain: PlainVersion = {
    profile: whole(profile, 'model.profile'),
    name,
    version: whole(version, 'model.version'),
    modality: modalityCode(modality),
    created_ms: finite(createdMs, 'model.createdMs'),
    ...{ file, sha256, last_window: lastWindow },
  };
  return [
    ...contextOf('card', plain).slice(1),
    sealText(cipher, card, contextOf('card', plain)),
    sealText(cipher, JSON.stringify({ why, events, accuracy }), contextOf('about', plain)),
    basis === null ? null : cipher.seal(basis, contextOf('basis', plain)),
  ];
}

export function versionOf(cipher: Cipher, row: VersionRow): StoredVersion {
  const { profile, name, version, modality, created_ms } = row;
  const about = JSON.parse(openText(cipher, row.about, contextOf('about', row))) as Pick<
    StoredVersion,
    'why' | 'events' | 'accuracy'
  >;
  return { modality: modalityOf(modality), profile, name, version, createdMs: created_ms, ...about };
}

export const modelOf = (cipher: Cipher, row: ModelRow): StoredModel => ({
  ...versionOf(cipher, row),
  file: row.file,
  sha256: row.sha256,
  card: openText(cipher, row.card, contextOf('card', row)),
});

export const basisOf = (cipher: Cipher, row: BasisRow): Uint8Array | null =>
  row.basis === null ? null : cipher.open(row.basis, contextOf('basis', row));

type Verdict = NonNullable<Alarm['verdict']>;

export const verdictRow = (cipher: Cipher, atMs: number, verdict: Verdict): Row => [
  finite(atMs, 'verdict.atMs'),
  sealText(cipher, verdict, ['verdict.verdict', atMs]),
];

export const verdictOf = (cipher: Cipher, row: { readonly at_ms: number; readonly verdict: Buffer }): Verdict =>
  openText(cipher, row.verdict, ['verdict.verdict', row.at_ms]) as Verdict;

export const factRow = (cipher: Cipher, key: string, value: string): Row => [
  key,
  sealText(cipher, value, ['meta.value', key]),
];
export const factOf = (cipher: Cipher, key: string, value: Buffer): string =>
  openText(cipher, value, ['meta.value', key]);
