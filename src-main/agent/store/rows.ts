// What enters: the records of store.ts. What leaves: rows for SQLite, and the way back. A value that a table could not take is
// refused here, when it is added, so that it can never spoil the transaction that it would share with others.
import { MODALITIES, STATES } from '../../../src-preload/contract.ts';
import type { Decision, Modality, State, TrustPoint } from '../../../src-preload/contract.ts';
import { StoreError } from './store-error.ts';
import type { StoredModel, StoredScore, StoredWindow } from './store.ts';

export type Cell = number | string | null | Buffer;
export type Row = readonly Cell[];

// Codes instead of words: scores and trust points are by far the most numerous rows. A code once released never changes.
const MODALITY_CODE = { keystroke: 1, mouse: 2, app: 3 } as const satisfies Record<Modality, number>;
const STATE_CODE = { LEARNING: 0, NORMAL: 1, MONITORING: 2, RESTRICTED: 3, LOCKDOWN: 4 } as const satisfies Record<
  State,
  number
>;
const MODALITY_OF = new Map<number, Modality>(MODALITIES.map((modality) => [MODALITY_CODE[modality], modality]));
const STATE_OF = new Map<number, State>(STATES.map((state) => [STATE_CODE[state], state]));

export const modalityCode = (modality: Modality): number => MODALITY_CODE[modality];

function known<T>(names: ReadonlyMap<number, T>, code: number, what: string): T {
  const name = names.get(code);
  if (name === undefined)
    throw new StoreError('damaged', `The database holds ${code} as a ${what}, which does not exist.`);
  return name;
}

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new RangeError(`${what} must be a finite number, not ${value}`);
  return value;
}

function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, not ${value}`);
  return value;
}

const finiteOrNull = (value: number | null, what: string): number | null =>
  value === null ? null : finite(value, what);

export interface WindowRow {
  readonly modality: number;
  readonly ts: number;
  readonly events: number;
  readonly new_events: number;
  readonly vector: Buffer;
}

/** Copies the vector: the caller may go on to fill its array with the next window. */
export const windowRow = (window: StoredWindow): Row => [
  modalityCode(window.modality),
  whole(window.ts, 'window.ts'),
  whole(window.events, 'window.events'),
  whole(window.newEvents, 'window.newEvents'),
  Buffer.from(new Uint8Array(window.vector.buffer, window.vector.byteOffset, window.vector.byteLength)),
];

export function windowOf(row: WindowRow): StoredWindow {
  const vector = new Float32Array(row.vector.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(vector.buffer).set(row.vector);
  const modality = known(MODALITY_OF, row.modality, 'modality');
  return { ts: row.ts, modality, events: row.events, newEvents: row.new_events, vector };
}

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

export const scoreOf = (row: ScoreRow): StoredScore => ({
  ...row,
  modality: known(MODALITY_OF, row.modality, 'modality'),
});

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
  STATE_CODE[point.state],
];

export const trustOf = ({ at_ms, state, ...band }: TrustRow): TrustPoint => ({
  atMs: at_ms,
  ...band,
  state: known(STATE_OF, state, 'state'),
});

export interface DecisionRow {
  readonly at_ms: number;
  readonly from_state: number;
  readonly to_state: number;
  readonly trust: number | null;
  readonly points: string;
  readonly reason: string;
}

export const decisionRow = (decision: Decision): Row => [
  finite(decision.atMs, 'decision.atMs'),
  STATE_CODE[decision.from],
  STATE_CODE[decision.to],
  finiteOrNull(decision.trust, 'decision.trust'),
  JSON.stringify(decision.points, (key, value: unknown) =>
    typeof value === 'number' ? finite(value, `points.${key}`) : value,
  ),
  decision.reason,
];

export const decisionOf = (row: DecisionRow): Decision => ({
  atMs: row.at_ms,
  from: known(STATE_OF, row.from_state, 'state'),
  to: known(STATE_OF, row.to_state, 'state'),
  trust: row.trust,
  points: JSON.parse(row.points) as Record<string, number>,
  reason: row.reason,
});

export interface ModelRow {
  readonly name: string;
  readonly version: number;
  readonly modality: number;
  readonly created_ms: number;
  readonly file: string;
  readonly sha256: string;
  readonly card: string;
}

export const modelRow = (model: StoredModel): Row => [
  model.name,
  whole(model.version, 'model.version'),
  modalityCode(model.modality),
  finite(model.createdMs, 'model.createdMs'),
  model.file,
  model.sha256,
  model.card,
];

export const modelOf = ({ created_ms, modality, ...rest }: ModelRow): StoredModel => ({
  ...rest,
  modality: known(MODALITY_OF, modality, 'modality'),
  createdMs: created_ms,
});
