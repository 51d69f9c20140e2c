// The model of one modality of a subject in, sealed bytes for Redis out, and back: plain models with their cards, or a chain of applications.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import * as v from 'valibot';
import { checkCard, type ModelCard } from '../infer/model-card.ts';
import type { MarkovModel } from '../learn/markov-model.ts';
import type { Cipher, SealContext } from '../store/cipher.ts';
import type { CentralModality } from './subject-state.ts';

export interface PackedMember {
  readonly card: ModelCard;
  /** As learn/plain-model.ts has them. */
  readonly bytes: Uint8Array;
}

/** Typing and the mouse have members, applications a chain. */
export interface PackedModel {
  readonly members: readonly PackedMember[];
  readonly chain: MarkovModel | null;
}

const MOST_BYTES = 16 * 2 ** 20;
const LENGTH_BYTES = 4;
const finite = v.pipe(v.number(), v.finite());
const logNormal = v.object({ mean: finite, variance: finite });
const chainSchema = v.object({
  transitions: finite,
  apps: v.array(
    v.object({
      name: v.string(),
      arrivals: finite,
      departures: finite,
      next: v.array(v.tuple([finite, finite])),
      dwell: logNormal,
    }),
  ),
  hours: v.pipe(v.array(finite), v.length(24)),
  dwell: logNormal,
});
const headSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ cards: v.array(v.unknown()), sizes: v.array(finite), chain: v.nullable(chainSchema) }),
);

/** The version is sealed along: an earlier model is not taken for the one in force. */
const context = (subject: string, modality: CentralModality, version: number): SealContext => [
  'model',
  subject,
  modality,
  version,
];

export function sealModel(
  cipher: Cipher,
  subject: string,
  modality: CentralModality,
  version: number,
  { members, chain }: PackedModel,
): Buffer {
  const cards = members.map(({ card }) => card);
  const head = Buffer.from(JSON.stringify({ cards, sizes: members.map(({ bytes }) => bytes.length), chain }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  const whole = Buffer.concat([length, head, ...members.map(({ bytes }) => bytes)]);
  return cipher.seal(zstdCompressSync(whole), context(subject, modality, version));
}

/** @throws Error, SealBroken among them, where it is not the model of that subject, modality and version. */
export function openModel(
  cipher: Cipher,
  subject: string,
  modality: CentralModality,
  version: number,
  sealed: Uint8Array,
): PackedModel {
  const packed = cipher.open(sealed, context(subject, modality, version));
  const whole = zstdDecompressSync(packed, { maxOutputLength: MOST_BYTES });
  let at = LENGTH_BYTES + whole.readUInt32LE(0);
  const head = v.parse(headSchema, whole.subarray(LENGTH_BYTES, at).toString('utf8'));
  const members = head.cards.map((card, i) => {
    const bytes = whole.subarray(at, (at += head.sizes[i] ?? 0));
    return { card: checkCard(card, modality), bytes };
  });
  return { members, chain: head.chain };
}
