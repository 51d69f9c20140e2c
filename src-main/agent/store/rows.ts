// What enters: scores and trust points. What leaves: rows for SQLite, and the way back; sealed-rows.ts does it for the other records
// of store.ts. A value that a table could not take is refused when it is added, so that it can never spoil the transaction that
// it would share with others.
import { MODALITIES, STATES } from '../../../src-preload/contract.ts';
import type { Modality, State, TrustPoint } from '../../../src-preload/contract.ts';
import { StoreError } from './store-error.ts';
import type { StoredScore } from './store.ts';

export type Cell = number | string | null | Buffer;
export type Row = readonly Cell[];

// Codes instead of words: scores and trust points are by far the most numerous rows. A code once released never changes.
const MODALITY_CODE = { keystroke: 1, mouse: 2, app: 3, linguistic: 4 } as const satisfies Record<Modality, number>;
const STATE_CODE = { LEARNING: 0, NORMAL: 1, MONITORING: 2, RESTRICTED: 3, LOCKDOWN: 4 } as const satisfies Record<
  State,
  number
>;
const MODALITY_OF = new Map<number, Modality>(MODALITIES.map((modality) => [MODALITY_CODE[modality], modality]));
const STATE_OF = new Map<number, State>(STATES.map((state) => [STATE_CODE[state], state]));

export const modalityCode = (modality: Modality): number => MODALITY_CODE[modality];
export const stateCode = (state: State): number => STATE_CODE[state];
export const modalityOf = (code: number): Modality => known(MODALITY_OF, code, 'modality');
export const stateOf = (code: number): State => known(STATE_OF, code, 'state');

function known<T>(names: ReadonlyMap<number, T>, code: number, what: string): T {
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

export interface ScoreRow {
  readonly ts: number;
  readonly modality: number;
  readonly raw: number;
  readonly llr: number;
  readonly points: number;
}

export const scoreRow = (score: StoredScore): Row => [
  whole(score.ts, 'score.ts'),
  modalityCode(score.modality),
  finite(score.raw, 'score.raw'),
  finite(score.llr, 'score.llr'),
  finite(score.points, 'score.points'),
];

export const scoreOf = (row: ScoreRow): StoredScore => ({ ...row, modality: modalityOf(row.modality) });

export interface TrustRow {
  readonly at_ms: number;
  readonly trust: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly state: number;
}

export const trustRow = (point: TrustPoint): Row => [
  finite(point.atMs, 'trust.atMs'),
  finiteOrNull(point.trust, 'trust.trust'),
  finiteOrNull(point.low, 'trust.low'),
  finiteOrNull(point.high, 'trust.high'),
  stateCode(point.state),
];

export const trustOf = ({ at_ms, state, ...band }: TrustRow): TrustPoint => ({
  atMs: at_ms,
  ...band,
  state: stateOf(state),
});
