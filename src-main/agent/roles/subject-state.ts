// All that a scorer has to know of a subject to go on with the next entry: small, a value, and sealed where it lies in Redis.
import * as v from 'valibot';
import { STATES, type State } from '../../../src-preload/contract.ts';
import { STARTING } from '../decide/state-machine.ts';
import { unknownTrust } from '../fuse/trust-filter.ts';
import type { Settings } from '../settings.ts';
import type { Cipher, SealContext } from '../store/cipher.ts';
import { BEGINNING, positionText, type Position } from './position.ts';

/** What is scored away from the machine: typing by its features, the mouse, and the order of applications. */
export const CENTRAL = ['keystroke', 'mouse', 'app'] as const;
export type CentralModality = (typeof CENTRAL)[number];

export interface Learned {
  /** Windows or switches kept to learn from, and the events in them; counted on when the oldest go. */
  readonly windows: number;
  readonly events: number;
  /** Events that the next training waits for. */
  readonly need: number;
  /** Of the model in force; 0 where there is none. */
  readonly version: number;
}

export interface SubjectState {
  /** The last entry that was scored. */
  readonly at: Position;
  /** End of its hop, microseconds since the Unix epoch; null before the first. */
  readonly lastUs: number | null;
  readonly trust: { readonly logit: number; readonly sd: number };
  readonly machine: { readonly state: State; readonly recent: readonly State[] };
  /** Fresh events of windows that held too little: they count with the next. */
  readonly carried: Readonly<Record<'keystroke' | 'mouse', number>>;
  readonly learned: Readonly<Record<CentralModality, Learned>>;
  /** Entries that never came. */
  readonly missed: number;
}

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const learned = v.object({ windows: count, events: count, need: count, version: count });
const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    at: v.object({ run: count, seq: count }),
    lastUs: v.nullable(finite),
    trust: v.object({ logit: finite, sd: finite }),
    machine: v.object({ state: v.picklist(STATES), recent: v.array(v.picklist(STATES)) }),
    carried: v.object({ keystroke: count, mouse: count }),
    learned: v.object({ keystroke: learned, mouse: learned, app: learned }),
    missed: count,
  }),
);

export function newSubject({ fusion, modalities }: Pick<Settings, 'fusion' | 'modalities'>): SubjectState {
  const { logit, sd } = unknownTrust(fusion);
  const nothing = (modality: CentralModality): Learned => ({
    ...{ windows: 0, events: 0, need: modalities[modality].enrol, version: 0 },
  });
  return {
    ...{ at: BEGINNING, lastUs: null, trust: { logit, sd }, machine: STARTING, missed: 0 },
    carried: { keystroke: 0, mouse: 0 },
    learned: { keystroke: nothing('keystroke'), mouse: nothing('mouse'), app: nothing('app') },
  };
}

const context = (subject: string, at: Position): SealContext => ['subject', subject, positionText(at)];

export const sealState = (cipher: Cipher, subject: string, state: SubjectState): Buffer =>
  cipher.seal(Buffer.from(JSON.stringify(state)), context(subject, state.at));

/** @param at what stands beside it in plain. @throws Error, SealBroken among them, where it is not the state of that subject there. */
export function openState(cipher: Cipher, subject: string, at: Position, sealed: Uint8Array): SubjectState {
  return v.parse(schema, cipher.open(sealed, context(subject, at)).toString('utf8'));
}
