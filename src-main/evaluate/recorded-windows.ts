// A protocol's recordings in, feature windows cut as the agent cuts them out (30 s, every 5 s with something new in it).
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readRecording } from '../agent/collect/recording.ts';
import type { OwnerWindow } from '../agent/learn/negatives.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { VectorPath } from '../agent/vector-path.ts';
import { eventWindow } from '../agent/windows.ts';

const files = v.record(v.string(), v.array(v.string()));
const protocolSchema = v.object({
  name: v.string(),
  modality: v.picklist(['keystroke', 'mouse']),
  enrol: files,
  genuine: files,
});
export type Protocol = v.InferOutput<typeof protocolSchema> & { readonly folder: string };

export interface CutWindow extends OwnerWindow {
  readonly ts: number;
}

/** @throws Error when the file is missing or no protocol. */
export async function readProtocol(file: string): Promise<Protocol> {
  const parsed = v.safeParse(protocolSchema, JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is no protocol: ${parsed.issues[0].message}`);
  return { ...parsed.output, folder: path.dirname(file) };
}

/**
 * @param hopUs distance of two windows' ends; the window's length gives windows that share nothing.
 * @returns vectors with NaN for what a window could not give.
 */
export async function windowsOf<E extends { readonly ts: number }>(
  file: string,
  modality: VectorPath<E>,
  hopUs: number,
): Promise<CutWindow[]> {
  const { windowUs, modalities } = DEFAULT_SETTINGS;
  const window = eventWindow<E>(windowUs);
  const cut: CutWindow[] = [];
  let endUs: number | null = null;
  const close = (atUs: number): void => {
    const events = window.until(atUs);
    if (events.length === 0 || (events.at(-1)?.ts ?? 0) <= atUs - hopUs) return;
    const { vector, missing, count } = modality.measure(events);
    if (count < modalities[modality.modality].minEvents) return;
    cut.push({ ts: atUs, vector: vector.map((x, i) => (missing[i] === 1 ? Number.NaN : x)), events: count });
  };
  for await (const item of readRecording(file)) {
    const event = 'event' in item ? modality.mine(item.event) : null;
    if (event === null) continue;
    endUs ??= event.ts + windowUs;
    for (; event.ts > endUs; endUs += hopUs) close(endUs);
    window.push(event);
  }
  return cut;
}
