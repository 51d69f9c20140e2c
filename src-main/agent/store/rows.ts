// What enters: scores and trust points. What leaves: rows of their streams, and the way back; sealed-rows.ts does it for the other records
// of store.ts. A value that a table could not take is refused when it is added, so that it can never spoil the transaction that
// it would share with others.
import { MODALITIES, STATES } from '../../../src-preload/contract.ts';
import type { Modality, State, TrustPoint } from '../../../src-preload/contract.ts';
import { StoreError } from './store-error.ts';
import type { StoredScore } from './store.ts';

export type Cell = number | string | null | Buffer;
export type Row = readonly Cell[];

// Codes instead of words: they are numbers in the time series. A code once released never changes.
const MODALITY_CODE = { keystroke: 1, mouse: 2, app: 3, linguistic: 4 } as const satisfies Record<Modality, number>;
const STATE_CODE = { LEARNING: 0, NORMAL: 1, MONITORING: 2, RESTRICTED: 3, LOCKDOWN: 4 } as const satisfies Record<
  State,
  number
>;
const MODALITY_OF = new Map<number, Modality>(MODALITIES.map((modality) => [MODALITY_CODE[modality], modality]));
const STATE_OF = new Map<number, State>(STATES.map((state) => [STATE_CODE[state], state]));

export const modalityCode = (modality: Modality): number => MODALITY_CODE[modality];
const stateCode = (state: State): number => STATE_CODE[state];
export const modalityOf = (code: number): Modality => named(MODALITY_OF, code, 'modality');
export const stateOf = (code: number): State => named(STATE_OF, code, 'state');

function named<T>(names: ReadonlyMap<number, T>, code: number, what: string): T {
  const name = names.get(code);
  if (name === undefined)
    throw new StoreError('damaged', `The database holds ${code} as a ${what}, which does not exist.`);
  return name;
}

export function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new RangeError(`${what} must be a finite number, not ${value}`);
  return value;
}

export function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, not ${value}`);
  return value;
}

export const finiteOrNull = (value: number | null, what: string): number | null =>
  value === null ? null : finite(value, what);

/** Whole microseconds, as ticks are filed. */
const microseconds = (ms: number, what: string): number => Math.round(finite(ms, what) * 1000);

/** NaN stands for what is not known. */
export const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

export interface StreamRow {
  readonly us: number;
  /** In the order of the stream's fields. */
  readonly values: Float64Array;
}

export const trustRow = ({ atMs, trust, low, high, state }: TrustPoint): StreamRow => ({
  us: microseconds(atMs, 'trust.atMs'),
  values: Float64Array.of(
    finiteOrNull(trust, 'trust.trust') ?? NaN,
    finiteOrNull(low, 'trust.low') ?? NaN,
    finiteOrNull(high, 'trust.high') ?? NaN,
    stateCode(state),
  ),
});

export const trustOf = (us: number, [trust, low, high, state]: readonly number[]): TrustPoint => ({
  atMs: us / 1000,
  ...{ trust: known(trust ?? NaN), low: known(low ?? NaN), high: known(high ?? NaN), state: stateOf(state ?? NaN) },
});

export const scoreRow = ({ ts, raw, llr, points }: StoredScore): StreamRow => ({
  us: whole(ts, 'score.ts'),
  values: Float64Array.of(finite(raw, 'score.raw'), finite(llr, 'score.llr'), finite(points, 'score.points')),
});

export const scoreOf = (modality: Modality, us: number, [raw, llr, points]: readonly number[]): StoredScore => ({
  ...{ ts: us, modality, raw: raw ?? NaN, llr: llr ?? NaN, points: points ?? NaN },
});
