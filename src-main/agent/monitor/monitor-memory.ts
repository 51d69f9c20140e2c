// What the monitor has learned enters, text for the store leaves, and back: known ranges and habits by the time of day, and the newest
// anomalies. Without them every restart would make the ordinary unheard of.
import * as v from 'valibot';
import { anomaly, type Anomaly } from '../../../src-preload/contract.ts';
import type { FamilyMemory } from './family-watch.ts';

export type FamilyMemories = Readonly<Record<string, FamilyMemory>>;

/** Of a store, both sealed there. */
export interface MemoryStore {
  readonly get: (key: string) => string | null;
  readonly set: (key: string, value: string) => void;
}

const LEARNED = 'monitor-learned';
const ANOMALIES = 'monitor-anomalies';
const KEPT_ANOMALIES = 50;

const range = v.object({ seen: v.number(), low: v.number(), high: v.number() });
const metric = v.object({
  ranges: v.object({ values: range, steps: range, spans: v.array(range) }),
  /** Float32, little-endian, base64. */
  season: v.nullable(v.string()),
});
const learned = v.record(v.string(), v.record(v.string(), metric));

export const saveLearned = (store: MemoryStore, memories: FamilyMemories): void =>
  store.set(LEARNED, learnedText(memories));

export const loadLearned = (store: MemoryStore): FamilyMemories => learnedOf(store.get(LEARNED));

function learnedText(memories: FamilyMemories): string {
  return JSON.stringify(memories, (_, value: unknown) =>
    value instanceof Float32Array ? bytesOf(value).toString('base64') : value,
  );
}

/** What is missing or of another version is learned anew. */
function learnedOf(text: string | null): FamilyMemories {
  const parsed = v.safeParse(learned, parseJson(text));
  if (!parsed.success) return {};
  const decoded = (of: v.InferOutput<typeof learned>[string]): FamilyMemory =>
    Object.fromEntries(
      Object.entries(of).map(([key, { ranges, season }]) => [
        key,
        { ranges, season: season === null ? null : floatsOf(season) },
      ]),
    );
  return Object.fromEntries(Object.entries(parsed.output).map(([name, of]) => [name, decoded(of)]));
}

/** Newest first. */
export const saveAnomalies = (store: MemoryStore, anomalies: readonly Anomaly[]): void =>
  store.set(ANOMALIES, JSON.stringify(anomalies.slice(0, KEPT_ANOMALIES)));

export function loadAnomalies(store: MemoryStore): Anomaly[] {
  const parsed = v.safeParse(v.array(anomaly), parseJson(store.get(ANOMALIES)));
  return parsed.success ? parsed.output : [];
}

function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    // Not written by this version: as good as nothing.
    return null;
  }
}

const bytesOf = (floats: Float32Array): Buffer => Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);

function floatsOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  const floats = new Float32Array(Math.floor(bytes.length / Float32Array.BYTES_PER_ELEMENT));
  new Uint8Array(floats.buffer).set(bytes.subarray(0, floats.byteLength));
  return floats;
}
