// The fleet in words: how many there are and how they stand, what each costs, why the list is not of now. In: what the viewer tells. Out: signs
// and sentences.
import { RISKS } from '../../src-preload/contract.ts';
import type { FleetRow, FleetRowView, RedisStanding } from '../../src-preload/fleet.ts';
import { clockTime, counted, dayAndTime, duration, measure, quantity, score } from '../format.ts';
import { RISK_SIGNS, STATE_SIGNS } from '../words.ts';
import type { Sign } from '../words.ts';
import type { Fleet } from './fleet-state.ts';
import { isOver, needOf, NEEDS_A_LOOK, worstOpen } from './need.ts';

const SILENT: Sign = { word: 'Not heard of', shape: 'slash', tone: 'quiet' };
const BLIND: Sign = { word: 'Sees nothing', shape: 'slash', tone: 'watch' };
const PAUSED: Sign = { word: 'Paused', shape: 'slash', tone: 'watch' };
const CALM: Sign = { word: 'No alerts', shape: 'check', tone: 'quiet' };
const UNWATCHED: Sign = { word: 'Log not read', shape: 'slash', tone: 'quiet' };
const WITHIN: Sign = { word: 'Within budget', shape: 'check', tone: 'quiet' };
const LESS: Sign = { word: 'Gives up', shape: 'half', tone: 'watch' };
const OVER: Sign = { word: 'Over budget', shape: 'triangle', tone: 'alarm' };
const MEASURING: Sign = { word: 'Measuring', shape: 'open', tone: 'quiet' };

/** `12 hosts, 3 need a look, 1 not heard of`. */
export function headSentence(rows: Iterable<FleetRow>): string {
  const all = [...rows];
  if (all.length === 0) return 'No hosts';
  const needy = all.filter((row) => needOf(row) >= NEEDS_A_LOOK).length;
  const silent = all.filter((row) => row.silent).length;
  const needs = needy === 0 ? 'none needs a look' : needy === 1 ? '1 needs a look' : `${quantity(needy)} need a look`;
  return `${counted(all.length, 'host')}, ${needs}${silent === 0 ? '' : `, ${quantity(silent)} not heard of`}`;
}

const HALF_DAY_MS = 12 * 3_600_000;
/** `11:02`, and with its day where that is longer ago. */
export const sinceText = (atMs: number, nowMs: number): string =>
  nowMs - atMs < HALF_DAY_MS ? clockTime(atMs) : dayAndTime(atMs);

export function stateSign({ silent, view }: Pick<FleetRow, 'silent' | 'view'>): Sign {
  if (silent || view === null) return SILENT;
  if (view.paused) return PAUSED;
  // What it was before it saw nothing any more says nothing of now.
  return view.blind && needOf({ silent, view }) <= NEEDS_A_LOOK ? BLIND : STATE_SIGNS[view.state];
}

/** Of the row, by how soon somebody should look. */
export const needTone = (row: FleetRow): Sign['tone'] => {
  const need = needOf(row);
  return need > NEEDS_A_LOOK ? 'alarm' : need === NEEDS_A_LOOK ? 'watch' : 'quiet';
};

/** What else is to be known of how it stands. */
export function stateNote({ silent, view }: FleetRow, nowMs: number): string {
  if (view === null) return '';
  if (silent)
    return `was ${STATE_SIGNS[view.state].word.toLowerCase()}${view.trust === null ? '' : `, at ${score(view.trust)}`}`;
  if (view.paused) return 'nothing is watched';
  if (view.blind) return 'no keyboard or mouse';
  if (view.screen === 'locked') return 'screen locked';
  return `since ${sinceText(view.sinceMs, nowMs)}`;
}

export function alertSign(view: FleetRowView): Sign {
  if (view.open === null) return UNWATCHED;
  const worst = worstOpen(view);
  if (worst === null) return CALM;
  const { word, ...sign } = RISK_SIGNS[worst];
  return { ...sign, word: counted(view.open[worst], `${word.toLowerCase()} alert`) };
}

/** What is open besides the worst, and what was unusual of the machine. */
export function alertNote({ open, anomalies }: FleetRowView): string {
  const worst = worstOpen({ open });
  const others = open === null ? 0 : RISKS.reduce((sum, risk) => sum + (risk === worst ? 0 : open[risk]), 0);
  const parts = [others > 0 ? `${quantity(others)} more` : '', anomalies > 0 ? `${quantity(anomalies)} unusual` : ''];
  return parts.filter((part) => part !== '').join(', ');
}

export function budgetFleetSign(view: FleetRowView): Sign {
  if (view.budget === null) return MEASURING;
  if (isOver(view)) return OVER;
  return view.governor.some(({ step }) => step > 0) ? LESS : WITHIN;
}

export const budgetNote = ({ budget }: FleetRowView): string =>
  budget === null ? '' : `${measure(budget.memoryMiB.used)} MiB, ${measure(budget.cpuPercent.used)} %`;

/** Why the list is not of now, and what to do; null: it is. */
export function standingSentence(fleet: Pick<Fleet, 'link' | 'refusal' | 'head'>, nowMs: number): string | null {
  const { link, refusal, head } = fleet;
  if (refusal !== null) return refusal;
  if (link === 'down') return `No line to the viewer; trying again.${ageSentence(head?.redis ?? null, nowMs)}`;
  if (head === null || head.redis.state === 'connected') return null;
  return `${redisSentence(head.redis)}${ageSentence(head.redis, nowMs)}`;
}

export function redisSentence({ state, reason, fix }: RedisStanding): string {
  if (state === 'connecting') return 'Connecting to Redis.';
  const why = reason === null ? '' : `: ${reason.replace(/\.$/, '')}`;
  return `Redis unavailable${why}. ${fix ?? 'It is tried again by itself.'}`;
}

const ageSentence = (redis: RedisStanding | null, nowMs: number): string =>
  redis === null || redis.readMs === null
    ? ''
    : ` The list is as it was ${duration(Math.max(0, nowMs - redis.readMs))} ago.`;
