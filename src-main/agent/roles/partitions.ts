// Who uses which machine in, the partition that everything of them lies in out, and the names that it has in Redis. The number of a partition
// is its keys' hash tag: in a cluster all of a partition lies in one slot, and a script may touch all of it at once.
import { createHash } from 'node:crypto';

/** Whose input it is. The installation tells two machines of the same name apart. */
export interface SubjectFacts {
  readonly id: string;
  readonly host: string;
  readonly user: string;
}

/** Of a fleet that has not named another number: enough for as many scorers, and few enough to be asked one by one. */
export const PARTITIONS = 16;
/** Of the digest: two of a million subjects meet with a chance of 2^-89. */
const ID_BYTES = 16;

/** 22 characters that tell nothing of whose they are. */
export const subjectId = ({ id, host, user }: SubjectFacts): string =>
  createHash('sha256')
    .update(JSON.stringify([id, host, user]))
    .digest()
    .subarray(0, ID_BYTES)
    .toString('base64url');

/** @param subject as `subjectId` makes it, evenly spread already. */
export const partitionOf = (subject: string, partitions: number): number =>
  Buffer.from(subject, 'base64url').readUInt32BE(0) % partitions;

export interface PartitionKeys {
  /** Stream: what collectors have written and nobody has scored yet. */
  readonly entries: string;
  /** Hash, by subject: the last entry that was taken from its collector. */
  readonly taken: string;
  /** Hash: entries that had to go unscored (`lost`) or could not be opened (`refused`). */
  readonly counts: string;
  /** Who scores it at the moment, and the newest token that was ever given for it. */
  readonly lease: string;
  readonly fence: string;
  /** Hash, by subject: what is known after its last scored entry. */
  readonly subjects: string;
  /** Stream: what was scored last. */
  readonly scores: string;
  /** Hash, by modality: the models of a subject. */
  readonly models: (subject: string) => string;
  /** List: windows that a subject's models are learned from. */
  readonly windows: (subject: string, modality: string) => string;
}

export function partitionKeys(partition: number): PartitionKeys {
  const key = (name: string): string => `seclyzer:{${partition}}:${name}`;
  return {
    ...{ entries: key('in'), taken: key('taken'), counts: key('counts'), lease: key('lease'), fence: key('fence') },
    ...{ subjects: key('subjects'), scores: key('scores') },
    models: (subject) => key(`models:${subject}`),
    windows: (subject, modality) => key(`windows:${subject}:${modality}`),
  };
}

/** How many partitions there are, sealed with the fleet's key: who has another key can't open it. */
export const FLEET_KEY = 'seclyzer:fleet';
/** Sorted set: the scorers there are, by when they were seen last. */
export const SCORERS_KEY = 'seclyzer:scorers';
/** The consumer group of every `in`. */
export const GROUP = 'scorers';
