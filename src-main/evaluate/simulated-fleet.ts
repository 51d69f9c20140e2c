// Simulated users, each replaying a recorded person, in; their models in Redis, their entries, and the scores that one process alone comes to out.
import type { Modality } from '../../src-preload/contract.ts';
import type { Entry } from '../agent/roles/entry.ts';
import { sealModel } from '../agent/roles/packed-model.ts';
import { partitionKeys, partitionOf, subjectId } from '../agent/roles/partitions.ts';
import { positionText, type Position } from '../agent/roles/position.ts';
import type { Priors } from '../agent/roles/priors.ts';
import type { RedisArgument, RedisCalls } from '../agent/roles/redis-calls.ts';
import { prepareEntry, scoreEntry } from '../agent/roles/score-entry.ts';
import { scoreMessage } from '../agent/roles/score-message.ts';
import { createSubjectModels } from '../agent/roles/subject-models.ts';
import { CENTRAL, newSubject, sealState, type Learned, type SubjectState } from '../agent/roles/subject-state.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { Cipher } from '../agent/store/cipher.ts';
import type { TrackScore } from '../agent/track.ts';
import type { SimulatedPerson } from './simulated-person.ts';

export interface SimulatedUser {
  readonly subject: string;
  readonly partition: number;
  /** Whose models he has, and whose input comes: every tenth is somebody else's. */
  readonly owner: SimulatedPerson;
  /** His entries of the run, each with its number. */
  readonly entries: readonly Entry[];
}

const IMPOSTORS = 10;
export const RUN = 1;

export function simulateUsers(
  people: readonly SimulatedPerson[],
  count: number,
  entriesEach: number,
  partitions: number,
): readonly SimulatedUser[] {
  return Array.from({ length: count }, (_, i) => {
    const names = { host: `desk-${i}`, user: `simulated-${i}`, id: `00000000-${i.toString(16).padStart(4, '0')}` };
    const owner = people[i % people.length];
    const typist = i % IMPOSTORS === IMPOSTORS - 1 ? people[(i + 1) % people.length] : owner;
    if (owner === undefined || typist === undefined) throw new Error('nobody is there to be simulated');
    const subject = subjectId(names);
    const entries = replay(typist.entries, entriesEach).map((entry) => ({ ...entry, ...names }));
    return { subject, partition: partitionOf(subject, partitions), owner, entries };
  });
}

/** Over and over, and time goes on. */
function replay(entries: readonly Entry[], count: number): readonly Entry[] {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a recording holds no window');
  const roundUs = last.ts - first.ts + 5e6;
  return Array.from({ length: count }, (_, i) => {
    const entry = entries[i % entries.length] ?? first;
    return { ...entry, ts: entry.ts + Math.floor(i / entries.length) * roundUs };
  });
}

/** Known before the run begins. Nothing is trained during it, so that whoever scores, and when, makes no difference. */
function knownOf({ owner }: SimulatedUser): SubjectState {
  const nobody = newSubject(DEFAULT_SETTINGS);
  const learned = (modality: (typeof CENTRAL)[number]): Learned => ({
    ...{ windows: 100, events: 2000, need: Number.MAX_SAFE_INTEGER, version: owner.models[modality] === null ? 0 : 1 },
  });
  return {
    ...nobody,
    learned: { keystroke: learned('keystroke'), mouse: learned('mouse'), app: learned('app') },
  };
}

/** What is known of each and his models, sealed as scorers seal them. */
export async function plant({ send }: RedisCalls, cipher: Cipher, users: readonly SimulatedUser[]): Promise<void> {
  for (const user of users) {
    const { subject, partition } = user;
    const keys = partitionKeys(partition);
    const state = knownOf(user);
    const place = Buffer.from(`${positionText(state.at)} `);
    await send(['HSET', keys.subjects, subject, Buffer.concat([place, sealState(cipher, subject, state)])]);
    const models = sealedModels(user, cipher);
    if (models.length > 0) await send(['HSET', keys.models(subject), ...models.flat()]);
  }
}

const sealedModels = ({ subject, owner }: SimulatedUser, cipher: Cipher): (readonly [string, Buffer])[] =>
  CENTRAL.flatMap((modality) => {
    const model = owner.models[modality];
    return model === null ? [] : [[modality, sealModel(cipher, subject, modality, 1, model)] as const];
  });

/** What would be published of a user if one process alone scored him, in order. */
export async function referenceOf(user: SimulatedUser, cipher: Cipher, priors: Priors): Promise<readonly string[]> {
  const { subject, partition } = user;
  const sealed = new Map(sealedModels(user, cipher));
  const calls: RedisCalls = { send: async (args: readonly RedisArgument[]) => sealed.get(String(args[2])) ?? null };
  const models = createSubjectModels({ calls, cipher, priors, settings: DEFAULT_SETTINGS, most: CENTRAL.length });
  let state = knownOf(user);
  const messages: string[] = [];
  for (const [i, entry] of user.entries.entries()) {
    const at: Position = { run: RUN, seq: i + 1 };
    const prepared = prepareEntry(state, entry, DEFAULT_SETTINGS);
    const said: Map<Modality, TrackScore> = await models.score({ partition, subject, state }, prepared);
    const scored = scoreEntry(state, { at, entry, prepared }, said, DEFAULT_SETTINGS);
    state = scored.state;
    messages.push(scoreMessage(scored.score, entry, subject, at));
  }
  return messages;
}
