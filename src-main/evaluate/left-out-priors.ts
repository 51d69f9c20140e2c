// Whether the shipped priors know the people under test, and if so the same priors made anew without them.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DEVELOPMENT_PEOPLE } from './development-people.ts';
import { PRIORS, type PriorKind } from './priors.ts';
import { readPeople, readProtocol, type Person, type Protocol } from './protocol.ts';

export interface PriorJob {
  /** In models/. */
  readonly file: string;
  /** Subjects of the protocol under test whom it may be made from. */
  readonly people: readonly string[];
}

/** Halves with fewer people than this make no population. */
const MIN_HALF = 8;

/** Priors that know somebody of the protocol. */
export function priorsKnowing({ name, modality, enrol }: Protocol): readonly PriorKind[] {
  const known = new Set(DEVELOPMENT_PEOPLE[name] ?? []);
  if (!Object.keys(enrol).some((subject) => known.has(subject))) return [];
  return PRIORS.filter((prior) => prior.modalities.includes(modality) && prior.sources.includes(name));
}

/** Whether half of the subjects are enough to make a prior from. */
export const canLeaveOut = ({ enrol }: Protocol): boolean => Object.keys(enrol).length >= 2 * MIN_HALF;

/** @returns the names of the other sources that are missing beside the protocol's folder. */
export const missingSources = (protocol: Protocol, { sources }: PriorKind): readonly string[] =>
  sources.filter((source) => source !== protocol.name && !existsSync(besides(protocol, source)));

const besides = ({ folder }: Protocol, source: string): string => path.join(folder, '..', source, 'protocol.json');

/** @returns the text of the file, made from half of the protocol's people and all of the other sources that lie beside it. */
export async function buildPrior({ file, people }: PriorJob, protocol: Protocol): Promise<string> {
  const kind = PRIORS.find((prior) => prior.file === file);
  if (kind === undefined) throw new Error(`there is no prior ${file}`);
  const missing = missingSources(protocol, kind);
  const sets = new Map<string, readonly Person[]>();
  for (const source of kind.sources.filter((one) => !missing.includes(one))) {
    const set = source === protocol.name ? protocol : await readProtocol(besides(protocol, source));
    sets.set(source, await readPeople(set, source === protocol.name ? people : Object.keys(set.enrol)));
  }
  return kind.build(sets);
}
