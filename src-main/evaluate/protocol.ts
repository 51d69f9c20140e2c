// A protocol.json in, what it asks for out: who enrols with which recordings, which recordings are scored against whom, and how
// decision windows are cut. Recordings are read through the collector's reader, so that what it refuses is refused here too.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readRecording } from '../agent/collect/recording.ts';
import type { InputEvent } from '../agent/events.ts';
import { PAUSE_US } from '../agent/features/typed-text.ts';
import { whyUnreadable } from '../agent/thrown.ts';

const positive = v.pipe(v.number(), v.gtValue(0));
const sizes = v.pipe(v.array(positive), v.minLength(1));
const acrossFiles = v.optional(v.boolean(), false);
const windowSchema = v.variant('unit', [
  v.object({
    unit: v.literal('keystrokes'),
    sizes: v.pipe(v.array(v.pipe(positive, v.integer())), v.minLength(1)),
    /** No latency is built across a longer gap. */
    max_gap_s: v.optional(positive, Infinity),
    across_files: acrossFiles,
  }),
  v.object({
    unit: v.literal('words'),
    sizes: v.pipe(v.array(v.pipe(positive, v.integer())), v.minLength(1)),
    /** What was written is cut at a longer gap. */
    max_gap_s: v.optional(positive, Infinity),
    across_files: acrossFiles,
  }),
  v.object({
    unit: v.literal('active_seconds'),
    sizes,
    /** Gaps count for at most this. */
    idle_cap_s: v.optional(positive, Infinity),
    min_events: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
    across_files: acrossFiles,
  }),
]);
export type WindowRule = v.InferOutput<typeof windowSchema>;

const files = v.record(v.string(), v.array(v.pipe(v.string(), v.minLength(1))));
const protocolSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1)),
  modality: v.picklist(['keystroke', 'mouse', 'linguistic']),
  enrol: files,
  genuine: files,
  impostor: v.union([v.literal('others'), v.record(v.string(), v.array(v.tuple([v.string(), v.string()])))]),
  window: windowSchema,
});
export type Protocol = v.InferOutput<typeof protocolSchema> & {
  /** The folder that its file names are relative to. */
  readonly folder: string;
};

/** @throws Error naming the file and what is wrong with it. */
export async function readProtocol(file: string): Promise<Protocol> {
  const parsed = v.safeParse(protocolSchema, await jsonOf(file));
  if (!parsed.success) throw new Error(`${file} is no protocol: ${describe(parsed.issues[0])}`);
  const wrong = contradictionIn(parsed.output);
  if (wrong !== null) throw new Error(`${file} is no protocol: ${wrong}`);
  return { ...parsed.output, folder: path.dirname(path.resolve(file)) };
}

async function jsonOf(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the protocol ${file}: ${whyUnreadable(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no protocol: it is not JSON`, { cause: error });
  }
}

function describe(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue);
  return where === null ? issue.message : `"${where}": ${issue.message}`;
}

function contradictionIn(protocol: v.InferOutput<typeof protocolSchema>): string | null {
  const subjects = Object.keys(protocol.enrol);
  if (subjects.length === 0) return 'nobody enrols';
  const empty = subjects.find((subject) => protocol.enrol[subject]?.length === 0);
  if (empty !== undefined) return `${empty} enrols without a recording`;
  const known = new Set(subjects);
  const strangers = [protocol.genuine, protocol.impostor === 'others' ? {} : protocol.impostor];
  const unknown = strangers.flatMap((lists) => Object.keys(lists)).find((subject) => !known.has(subject));
  if (unknown !== undefined) return `${unknown} is to be scored but does not enrol`;
  return UNITS[protocol.modality] === protocol.window.unit
    ? null
    : `windows of ${protocol.window.unit} do not fit the modality ${protocol.modality}`;
}

const UNITS = {
  keystroke: 'keystrokes',
  mouse: 'active_seconds',
  linguistic: 'words',
} as const satisfies Record<Protocol['modality'], WindowRule['unit']>;

/** Words in a window; the product judges stretches of the longest. Recordings of given sentences seldom hold more of one person. */
const WRITING_SIZES = [20, 40, 60];

/** The same recordings, judged by what is written instead of how. @throws Error for recordings of the mouse */
export function asWriting(protocol: Protocol): Protocol {
  const { window } = protocol;
  if (window.unit === 'active_seconds') throw new Error(`nothing is written in the recordings of ${protocol.name}`);
  const rule = { unit: 'words' as const, max_gap_s: PAUSE_US / 1e6, across_files: window.across_files };
  return { ...protocol, modality: 'linguistic', window: { ...rule, sizes: WRITING_SIZES } };
}

/** The protocol in a file, or the same as writing. @throws Error as both of them do */
export const protocolFor = async (file: string, writing: boolean): Promise<Protocol> =>
  writing ? asWriting(await readProtocol(file)) : await readProtocol(file);

/** Path of a recording of the protocol. */
export const recordingPath = (protocol: Protocol, file: string): string => path.join(protocol.folder, file);

/** All events of one recording, or those of one modality. @throws Error for a file that is missing or unreadable. */
export async function readEvents(file: string, modality?: Protocol['modality']): Promise<InputEvent[]> {
  // What is written comes from the keys.
  const type = modality === 'linguistic' ? 'keystroke' : modality;
  const events: InputEvent[] = [];
  for await (const item of readRecording(file)) {
    if ('event' in item && (type === undefined || item.event.type === type)) events.push(item.event);
  }
  return events;
}

/** One person's recordings, each a sequence of events. */
export interface Person {
  readonly id: string;
  readonly enrol: readonly (readonly InputEvent[])[];
  /** Later ones. */
  readonly genuine: readonly (readonly InputEvent[])[];
}

/** @param ids subjects of the protocol. Only events of its modality are kept. */
export async function readPeople(protocol: Protocol, ids: readonly string[]): Promise<Person[]> {
  const read = async (files: readonly string[] = []): Promise<InputEvent[][]> => {
    const recordings: InputEvent[][] = [];
    for (const file of files) recordings.push(await readEvents(recordingPath(protocol, file), protocol.modality));
    return recordings;
  };
  const people: Person[] = [];
  for (const id of ids) {
    people.push({ id, enrol: await read(protocol.enrol[id]), genuine: await read(protocol.genuine[id]) });
  }
  return people;
}
