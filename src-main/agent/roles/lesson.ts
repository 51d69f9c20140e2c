// What a subject's models are learned from, one window or switch a record, sealed; and back, in the order of time and each once, whatever
// somebody has done to the list.
import * as v from 'valibot';
import type { AppTransition } from '../features/index.ts';
import { filled } from '../learn/negatives.ts';
import type { Prior } from '../learn/prior.ts';
import type { Cipher, SealContext } from '../store/cipher.ts';
import { packValues, unpackValues, WIDTHS, type WindowModality } from './packed-window.ts';
import type { Lesson } from './score-entry.ts';

const HEAD_BYTES = 16;
const context = (subject: string, modality: string): SealContext => ['lesson', subject, modality];

export function sealLesson(cipher: Cipher, subject: string, lesson: Lesson): Buffer {
  return cipher.seal(packed(lesson), context(subject, lesson.modality));
}

function packed(lesson: Lesson): Buffer {
  if (lesson.modality === 'app') return Buffer.from(JSON.stringify([lesson.ts, lesson.switched]));
  const { window, newEvents } = lesson.used;
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeDoubleLE(lesson.ts, 0);
  head.writeUInt32LE(window.count, 8);
  head.writeUInt32LE(newEvents, 12);
  return Buffer.concat([head, packValues(window.values)]);
}

/** As training takes it. */
export interface LearnedWindow {
  readonly ts: number;
  readonly events: number;
  readonly newEvents: number;
  readonly vector: Float32Array;
}

/** @throws Error, SealBroken among them, for a record that no scorer of the fleet has made of this subject. */
export function openWindows(
  cipher: Cipher,
  subject: string,
  modality: WindowModality,
  sealed: readonly Uint8Array[],
  prior: Prior,
): readonly LearnedWindow[] {
  const all = sealed.map((one) => {
    const bytes = cipher.open(one, context(subject, modality));
    const { values } = unpackValues(bytes.subarray(HEAD_BYTES), WIDTHS[modality]);
    return {
      ts: bytes.readDoubleLE(0),
      events: bytes.readUInt32LE(8),
      newEvents: bytes.readUInt32LE(12),
      vector: filled(values, prior),
    };
  });
  return [...new Map(all.map((window) => [window.ts, window])).values()].toSorted((a, b) => a.ts - b.ts);
}

const switchSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.tuple([v.number(), v.object({ from: v.string(), to: v.string(), dwellMs: v.number(), hour: v.number() })]),
);

/** @throws Error as `openWindows`. */
export function openSwitches(cipher: Cipher, subject: string, sealed: readonly Uint8Array[]): readonly AppTransition[] {
  const texts = sealed.map((one) => cipher.open(one, context(subject, 'app')).toString('utf8'));
  return [...new Set(texts)]
    .map((text) => v.parse(switchSchema, text))
    .toSorted(([a], [b]) => a - b)
    .map(([, switched]) => switched);
}
