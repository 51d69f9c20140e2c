// Rows in, those that fit the words in the order that was chosen out.
import type { FleetRow } from '../../src-preload/fleet.ts';
import { STATE_SIGNS } from '../words.ts';
import { needOf, worstOpen } from './need.ts';

export const FLEET_ORDERS = ['worst', 'trust', 'name', 'silent'] as const;
export type FleetOrder = (typeof FLEET_ORDERS)[number];

/** A row moves only when its trust has moved so far: a list that never rests can't be read. */
const TRUST_STEP = 10;
const NO_TRUST = 101;
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const byName = (a: FleetRow, b: FleetRow): number =>
  names.compare(a.host ?? a.id, b.host ?? b.id) || names.compare(a.user ?? '', b.user ?? '') || (a.id < b.id ? -1 : 1);
const trustStep = ({ view }: FleetRow): number => Math.floor((view?.trust ?? NO_TRUST) / TRUST_STEP);
/** Silent ones last. */
const bySilence = (a: FleetRow, b: FleetRow): number => Number(a.silent) - Number(b.silent);
/** Of silent ones the one that was heard of last comes first. */
const byHeard = (a: FleetRow, b: FleetRow): number => (a.silent && b.silent ? b.heardMs - a.heardMs : 0);

const COMPARE = {
  worst: (a, b) =>
    bySilence(a, b) || byHeard(a, b) || needOf(b) - needOf(a) || trustStep(a) - trustStep(b) || byName(a, b),
  trust: (a, b) => bySilence(a, b) || byHeard(a, b) || trustStep(a) - trustStep(b) || byName(a, b),
  name: byName,
  silent: (a, b) => bySilence(b, a) || byHeard(a, b) || byName(a, b),
} satisfies Record<FleetOrder, (a: FleetRow, b: FleetRow) => number>;

export const inFleetOrder = (rows: Iterable<FleetRow>, order: FleetOrder): readonly FleetRow[] =>
  [...rows].sort(COMPARE[order]);

/** What of a row can be looked for. */
function wordsOf({ host, user, silent, view }: FleetRow): string {
  const states =
    view === null
      ? ''
      : [
          ...[STATE_SIGNS[view.state].word, view.role, view.source, worstOpen(view) ?? ''],
          ...[view.paused ? 'paused' : '', view.screen === 'locked' ? 'screen locked' : ''],
        ].join(' ');
  return `${host ?? ''} ${user ?? ''} ${silent ? 'not heard of' : states}`.toLowerCase();
}

/** Each of the words must be found somewhere; of none, everything fits. */
export function fittingRows(rows: Iterable<FleetRow>, words: string): readonly FleetRow[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [...rows];
  return [...rows].filter((row) => {
    const text = wordsOf(row);
    return wanted.every((word) => text.includes(word));
  });
}

/** The order of before with what has gone left out and what is new at its end: while somebody reads or walks the list, nothing moves. */
export function heldOrder(before: readonly string[], now: readonly FleetRow[]): readonly FleetRow[] {
  const left = new Map(now.map((row) => [row.id, row]));
  const held = before.flatMap((id) => {
    const row = left.get(id);
    left.delete(id);
    return row === undefined ? [] : [row];
  });
  return [...held, ...left.values()];
}
